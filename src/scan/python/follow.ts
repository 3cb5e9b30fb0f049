import type { RawFinding } from '../findings.ts';
import { joinTaints, type Taint } from '../flow/value.ts';
import type { JudgeContext } from '../judge/context.ts';
import { judgeEvents } from '../judge/judge.ts';
import { Interpreter } from './interpreter.ts';
import { parsePython } from './parse.ts';
import { Program } from './program.ts';

/** A longer text is followed up to here. */
const MAX_TEXT = 1_000_000;
/** Code in texts in code. */
const MAX_DEPTH = 3;

/** Follows the values of a Python text, and judges where they end. */
export function followPython(file: string, text: string, judge: JudgeContext, depth = 0): readonly RawFinding[] {
  const scanInner = (inner: string): readonly RawFinding[] =>
    depth >= MAX_DEPTH ? [] : followPython(file, inner, judge, depth + 1);
  const program = new Program(file, judge, scanInner);
  new Interpreter(program).run(parsePython(text.slice(0, MAX_TEXT)));
  const labels = (value: { readonly taints: readonly Taint[] }): readonly Taint[] => joinTaints(value.taints, []);
  const found = [...program.findings, ...judgeEvents(program.events, judge, labels)];
  const seen = new Set<string>();
  return found.filter((f) => {
    const key = `${f.rule}\0${f.steps.at(-1)!.pos}\0${f.severity}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}
