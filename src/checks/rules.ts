import type { Catalogue } from '../core/rule.ts';
import { CHECKS } from './registry.ts';
import { TAXONOMIES, taxaOf } from './taxonomies.ts';

/** Every check with what it is related to, for outputs that list them all. */
export function catalogue(): Catalogue {
  return {
    rules: CHECKS.map(({ run: _, ...check }) => ({ ...check, taxa: taxaOf(check.id) })),
    taxonomies: TAXONOMIES,
  };
}
