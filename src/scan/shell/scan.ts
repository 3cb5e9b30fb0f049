import type { RawFinding } from '../findings.ts';
import type { JudgeContext } from '../judge/context.ts';
import { judgeEvents } from '../judge/judge.ts';
import { parseShell } from './parse.ts';
import { Shell, type ShellContext } from './shell.ts';

/** Findings of a shell text, and whether it was too long to be followed to its end. */
export interface ShellScan {
  readonly findings: readonly RawFinding[];
  readonly cut: boolean;
}

/** Scans shell code: a script, a fenced block, an install script, or a command line found in other code. */
export function scanShell(text: string, context: ShellContext, judge: JudgeContext): ShellScan {
  const shell = new Shell(context);
  shell.run(parseShell(text));
  const judged = judgeEvents(shell.events, judge, (value) => value.taints);
  return { findings: [...shell.findings, ...judged], cut: shell.cut };
}
