import { stringsOf } from '../flow/value.ts';
import type { Call } from './call.ts';
import type { PsValue } from './value.ts';

/** All words of a call, options with their dash. */
export function lineOf(call: Call): string {
  const named = [...call.args.named].map(([k, v]) => `-${k} ${text(v)}`);
  return [...named, ...call.args.rest.map((v) => (v.items ?? [v]).map(text).join(' '))].join(' ');
}

/** The first text a value can be. */
export function text(value: PsValue): string {
  return stringsOf(value.value)[0] ?? '';
}
