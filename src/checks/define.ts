import type { Check } from '../core/check.ts';
import type { Model } from '../model/model.ts';

/** Defines a check over the model; the variant names are checked by the compiler. */
export function defineCheck<const V extends string>(check: Check<Model, V>): Check<Model, V> {
  return check;
}
