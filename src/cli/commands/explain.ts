import { ALL_CASES } from '../../checks/all-cases.ts';
import { CHECKS } from '../../checks/registry.ts';
import { selectorMatches } from '../../engine/select.ts';
import { renderExplanation } from '../../render/explain.ts';
import { EXIT, type Io, UsageError, wantsColor } from '../io.ts';
import { closest } from '../../core/closest.ts';

/** `explain <checkId>`: also takes a filled-in id such as `channels.telegram.dm.open`. */
export async function explainCommand(id: string, options: { readonly color: boolean }, io: Io): Promise<number> {
  const check =
    CHECKS.find((c) => c.id === id) ??
    CHECKS.find((c) => c.id.split('.').length === id.split('.').length && selectorMatches(id, c.id));
  if (!check) {
    const close = closest(
      id,
      CHECKS.map((c) => c.id),
    );
    throw new UsageError(
      `there is no check "${id}"`,
      close ? `Did you mean ${close}?` : 'List them with: openclaw-security checks',
    );
  }
  const cases = ALL_CASES.find((c) => c.id === check.id);
  const terminal = { columns: io.columns ?? 80, color: wantsColor(io, !options.color) };
  io.out(renderExplanation(check, cases, terminal, id));
  return EXIT.ok;
}
