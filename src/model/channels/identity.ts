import type { IdentityRule, MutableRule } from './spec.ts';

function stripPrefixes(entry: string, strip: readonly (readonly string[])[] | undefined): string {
  let text = entry.trim();
  for (const group of strip ?? []) {
    const lower = text.toLowerCase();
    const prefix = group.find((p) => lower.startsWith(p));
    if (prefix) text = text.slice(prefix.length).trim();
  }
  return text;
}

/** One spelling for one sender. */
export function normalizeIdentity(entry: string, rule: IdentityRule): string {
  let text = stripPrefixes(entry, rule.strip);
  if (rule.mention) text = text.replace(/^<@!?(\d+)>$/, '$1');
  if (rule.phone) {
    const digits = text.replace(/[^\d+]/g, '');
    text = digits && !digits.startsWith('+') ? `+${digits}` : digits;
  }
  return rule.lower ? text.toLowerCase() : text;
}

/** True for a name, address or tag that its owner may change; blanks and `*` never are. */
export function isMutableEntry(entry: string, rule: MutableRule): boolean {
  const raw = entry.trim();
  if (raw === '' || raw === '*') return false;
  const text = stripPrefixes(raw, rule.strip);
  if (text === '*' || text === '') return false;
  return rule.stable ? !rule.stable.test(text) : (rule.mutable?.test(text) ?? false);
}
