/** What is known of a variable when a config text refers to it. */
export type VariableLookup = (name: string) => { readonly value?: string; readonly withheld?: boolean } | undefined;

export interface Substitution {
  readonly text: string;
  readonly names: readonly string[];
  readonly unset: readonly string[];
  readonly withheld: readonly string[];
}

// `$${NAME}` is the escape for a literal `${NAME}`; names are upper case (OpenClaw 2026.3.7).
const REFERENCE = /(\$?)\$\{([A-Z_][A-Z0-9_]*)\}/g;

/** The variable names in a string, escapes excluded. */
export function referencedNames(text: string): string[] {
  if (!text.includes('${')) return [];
  return [...text.matchAll(REFERENCE)].filter((m) => m[1] === '').map((m) => m[2]!);
}

/**
 * Replaces `${NAME}`. An unset or empty variable keeps its literal, as OpenClaw does; a withheld one keeps it too and is
 * named, since its value was not carried along.
 */
export function substitute(text: string, lookup: VariableLookup): Substitution {
  const names: string[] = [];
  const unset: string[] = [];
  const withheld: string[] = [];
  const out = text.replace(REFERENCE, (whole, escaped: string, name: string) => {
    if (escaped) return whole.slice(1);
    names.push(name);
    const found = lookup(name);
    if (found?.withheld) {
      withheld.push(name);
      return whole;
    }
    if (!found?.value) {
      unset.push(name);
      return whole;
    }
    return found.value;
  });
  return { text: out, names, unset, withheld };
}
