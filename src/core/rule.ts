import type { Check } from './check.ts';

/** A published list of weaknesses or threats that checks are related to. */
export interface Taxonomy {
  /** Short name, e.g. `CWE`. */
  readonly name: string;
  readonly version?: string;
  readonly organization: string;
  readonly title: string;
  readonly uri: string;
}

/** An entry of a taxonomy. */
export interface Taxon {
  /** Name of the taxonomy. */
  readonly taxonomy: string;
  /** The id there, e.g. `CWE-306`. */
  readonly id: string;
  readonly name: string;
}

/** What an output needs to know of a check, whether it found something or not. */
export interface Rule extends Omit<Check<never>, 'run'> {
  readonly taxa: readonly Taxon[];
}

/** Every check, and the taxonomies that they name. */
export interface Catalogue {
  readonly rules: readonly Rule[];
  readonly taxonomies: readonly Taxonomy[];
}

/** A text of a check without its arguments: `{provider}` reads as `<provider>`, as in the id. */
export function withoutArguments(template: string): string {
  return template.replace(/\{([a-zA-Z]\w*)\}/g, '<$1>');
}

/**
 * Finds the check behind the id of a finding: `channels.telegram.dm.open` is one of `channels.<provider>.dm.open`. An id
 * that fits several has the one with the most words of its own.
 */
export function checkFinder(ids: readonly string[]): (findingId: string) => string | undefined {
  const exact = new Set(ids);
  const patterns = ids
    .filter((id) => id.includes('<'))
    .map((id) => ({ id, own: id.replace(/<\w+>/g, '').length, pattern: patternOf(id) }))
    .sort((a, b) => b.own - a.own);
  return (findingId) => (exact.has(findingId) ? findingId : patterns.find((p) => p.pattern.test(findingId))?.id);
}

function patternOf(id: string): RegExp {
  const parts = id.split(/<\w+>/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 's');
}
