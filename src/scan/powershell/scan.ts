import { embeddedContext } from '../embedded.ts';
import type { RawFinding } from '../findings.ts';
import type { JudgeContext } from '../judge/context.ts';
import { followPowershell } from './follow.ts';

/**
 * Scans PowerShell: a script, a block of Markdown, or a command line that starts PowerShell. Names are read as the shell
 * reads them, in any case, by alias, with back-quotes and carets taken out. It never throws.
 */
export function scanPowershell(
  path: string,
  text: string,
  judge: JudgeContext = embeddedContext(path),
): readonly RawFinding[] {
  return followPowershell(path, text, judge);
}
