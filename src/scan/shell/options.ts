import { stringsOf, type Value } from '../flow/value.ts';

/** Arguments split into options with values, flags and the rest. */
export interface Arguments {
  readonly flags: ReadonlySet<string>;
  readonly options: ReadonlyMap<string, readonly Value[]>;
  readonly rest: readonly Value[];
}

/**
 * Splits arguments. `withValue` lists the options that take one, long and short (`-o`, `--output`); short ones may be
 * joined (`-fsSLo file`).
 */
export function splitArguments(args: readonly Value[], withValue: ReadonlySet<string>): Arguments {
  const flags = new Set<string>();
  const options = new Map<string, Value[]>();
  const rest: Value[] = [];
  const add = (name: string, value: Value | undefined): void => {
    if (!value) return;
    const list = options.get(name);
    if (list) list.push(value);
    else options.set(name, [value]);
  };
  for (let i = 0; i < args.length; i++) {
    const text = stringsOf(args[i]!)[0] ?? '';
    if (text === '--') {
      rest.push(...args.slice(i + 1));
      break;
    }
    const equals = /^(--[\w-]+)=(.*)$/s.exec(text);
    if (equals) add(equals[1]!, { ...args[i]!, consts: [equals[2]!] });
    else if (text.startsWith('--')) {
      if (withValue.has(text)) add(text, args[++i]);
      else flags.add(text);
    } else if (/^-[\w#]/.test(text)) {
      for (let k = 1; k < text.length; k++) {
        const name = `-${text[k]}`;
        if (!withValue.has(name)) {
          flags.add(name);
          continue;
        }
        if (k + 1 < text.length) add(name, { ...args[i]!, consts: [text.slice(k + 1)] });
        else add(name, args[++i]);
        break;
      }
    } else rest.push(args[i]!);
  }
  return { flags, options, rest };
}

/** All values of any of the names. */
export function valuesOf(args: Arguments, names: readonly string[]): readonly Value[] {
  return names.flatMap((name) => args.options.get(name) ?? []);
}

/** True when any of the flags is set. */
export function hasFlag(args: Arguments, names: readonly string[]): boolean {
  return names.some((name) => args.flags.has(name));
}
