import { jsonText } from '../../core/text.ts';
import { idSelected } from '../../engine/select.ts';
import { NO_FINDING } from '../../fix/wishes.ts';
import { EXIT, type Io, UsageError } from '../io.ts';
import { type FixOptions, fixText, runFix } from './audit-fix.ts';

export interface FixApplyOptions extends FixOptions {
  readonly only: readonly string[];
  /** Edits that `paths` proposes. */
  readonly edit: readonly string[];
  readonly unsafe?: boolean;
  readonly json?: boolean;
  readonly color: boolean;
}

/** `fix apply`: the fixes of chosen findings, with `--unsafe` also those that change what works. */
export async function fixApplyCommand(options: FixApplyOptions, io: Io): Promise<number> {
  const { only, edit } = options;
  if (only.length + edit.length === 0)
    throw new UsageError(
      'name the findings to fix: --only <id>, or edits that paths proposes: --edit <id>',
      'All safe fixes at once: openclaw-security audit --fix',
    );
  const selection = { only: only.length > 0 ? only : [NO_FINDING], skip: [], unsafe: options.unsafe === true };
  const run = await runFix(options, edit.length > 0 ? { ...selection, editIds: edit } : selection, io);
  const { summary } = run.planned.plan;
  const known = edit.length > 0 || run.planned.report.findings.some((f) => idSelected(f.checkId, only, []));
  if (!known && summary.keys.length + summary.modes.length === 0)
    throw new UsageError(
      `no finding matches --only ${only.join(', ')}; nothing was changed`,
      'List them with: openclaw-security audit',
    );
  io.out(options.json ? `${jsonText({ fix: run.result, report: run.report }, 2)}\n` : fixText(run, options.color, io));
  return run.result.ok ? EXIT.ok : EXIT.fixFailed;
}
