import type { RawFinding } from '../findings.ts';
import { joinTaints, type Taint } from '../flow/value.ts';
import type { JudgeContext } from '../judge/context.ts';
import { judgeEvents } from '../judge/judge.ts';
import { Runner } from './runner.ts';
import { Session } from './session.ts';

/** A longer text is followed up to here. */
const MAX_TEXT = 1_000_000;

/** Follows the values of a PowerShell text, and judges where they end. */
export function followPowershell(file: string, text: string, judge: JudgeContext): readonly RawFinding[] {
  const session = new Session(file, judge);
  new Runner(session, text.slice(0, MAX_TEXT)).statements(undefined);
  const labels = (value: { readonly taints: readonly Taint[] }): readonly Taint[] => joinTaints(value.taints, []);
  const found = [...session.findings, ...judgeEvents(session.events, judge, labels)];
  const seen = new Set<string>();
  return found.filter((f) => {
    const key = `${f.rule}\0${f.steps.at(-1)!.pos}\0${f.message}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}
