import type { Catalogue, Rule } from '../core/rule.ts';
import { withoutArguments } from '../core/rule.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import { markdown } from './escape.ts';

/** The levels of SARIF for ours. */
export const SARIF_LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  warn: 'warning',
  info: 'note',
};

/** Scores by which GitHub sorts security alerts: above 9 critical, from 4 medium, below 4 low. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { critical: '9.5', warn: '6.0', info: '2.0' };

const PRECISION = { high: 'high', medium: 'medium', low: 'low' } as const;

/** Every check as a rule, whether it fired or not. */
export function sarifRules(catalogue: Catalogue): object[] {
  return catalogue.rules.map((rule, index) => {
    const worst = worstOf(rule);
    const [title, why, remedy] = [rule.title, rule.why, rule.remedy].map(withoutArguments) as [string, string, string];
    const relationships = taxonReferences(catalogue, index).map((target) => ({ target, kinds: ['relevant'] }));
    return {
      id: rule.id,
      name: pascal(rule.id),
      shortDescription: { text: title },
      fullDescription: { text: why },
      help: {
        text: `${why}\n\nNext: ${remedy}`,
        markdown: `**Why it matters.** ${prose(why)}\n\n**What to do.** ${prose(remedy)}`,
      },
      defaultConfiguration: { level: SARIF_LEVEL[worst] },
      ...(relationships.length > 0 ? { relationships } : {}),
      properties: {
        'security-severity': SECURITY_SEVERITY[worst],
        precision: PRECISION[rule.confidence],
        tags: [...new Set(['security', rule.id.split('.')[0]!, ...rule.taxa.map(tagOf)])],
        since: rule.since,
      },
    };
  });
}

/** The taxonomies with those of their entries that a check names. */
export function sarifTaxonomies({ rules, taxonomies }: Catalogue): object[] {
  return taxonomies.map((t) => {
    const taxa = new Map(rules.flatMap((r) => r.taxa.filter((x) => x.taxonomy === t.name).map((x) => [x.id, x.name])));
    return {
      name: t.name,
      ...(t.version === undefined ? {} : { version: t.version }),
      organization: t.organization,
      shortDescription: { text: t.title },
      informationUri: t.uri,
      isComprehensive: false,
      taxa: [...taxa]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([id, name]) => ({ id, shortDescription: { text: name } })),
    };
  });
}

/** References from a rule to the entries it is related to. */
export function taxonReferences({ rules, taxonomies }: Catalogue, ruleIndex: number): object[] {
  return rules[ruleIndex]!.taxa.map(({ taxonomy, id }) => ({
    id,
    toolComponent: { name: taxonomy, index: taxonomies.findIndex((t) => t.name === taxonomy) },
  }));
}

function worstOf(rule: Rule): Severity {
  const all = Object.values(rule.variants).map((v) => v.severity);
  return SEVERITIES.find((s) => all.includes(s)) ?? 'info';
}

/** GitHub files `external/cwe/cwe-306` under the weakness. */
function tagOf({ taxonomy, id }: { readonly taxonomy: string; readonly id: string }): string {
  return taxonomy === 'CWE' ? `external/cwe/${id.toLowerCase()}` : `external/${taxonomy.toLowerCase()}/${id}`;
}

function pascal(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** Our own words: what stands in backticks stays code. */
function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : markdown(part)))
    .join('');
}
