import type { Check } from '../core/check.ts';
import type { Model } from '../model/model.ts';

/** Does an id, or an id pattern with `<name>` parts, begin with the words of a selector? `channels.telegram` matches `channels.<provider>.dm.open`. */
export function selectorMatches(selector: string, checkId: string): boolean {
  const want = selector.split('.');
  const have = checkId.split('.');
  if (want.length > have.length) return false;
  return want.every((word, i) => word === have[i] || /^<\w+>$/.test(have[i]!) || word === '*');
}

/** The checks that `--only` and `--skip` leave. A selector is an id or the leading words of one. */
export function selectChecks(
  checks: readonly Check<Model>[],
  only: readonly string[],
  skip: readonly string[],
): readonly Check<Model>[] {
  return checks.filter(
    (c) =>
      (only.length === 0 || only.some((s) => selectorMatches(s, c.id))) &&
      // A selector that names one filled-in id must not drop the whole family: findings are filtered again by id.
      !skip.some((s) => selectorMatches(s, c.id) && !c.id.includes('<')),
  );
}

/** The same selection applied to a concrete finding id. */
export function idSelected(checkId: string, only: readonly string[], skip: readonly string[]): boolean {
  return (
    (only.length === 0 || only.some((s) => selectorMatches(s, checkId))) &&
    !skip.some((s) => selectorMatches(s, checkId))
  );
}
