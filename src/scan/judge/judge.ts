import type { RawFinding } from '../findings.ts';
import type { CodeEvent, CommandEvent, SinkEvent, WriteEvent } from '../flow/events.ts';
import type { Taint, Value } from '../flow/value.ts';
import { judgeCode, judgeNotice } from './code.ts';
import { judgeCommand, judgeSequence } from './commands.ts';
import type { JudgeContext } from './context.ts';
import { judgeNetwork } from './network.ts';
import { judgeDropped, judgeWrite } from './writes.ts';

/** Turns what reached a sink into findings. `labelsOf` gives the labels of a value and all it holds. */
export function judgeEvents(
  events: readonly SinkEvent[],
  context: JudgeContext,
  labelsOf: (value: Value) => readonly Taint[],
): readonly RawFinding[] {
  const out: RawFinding[] = [];
  for (const event of events) {
    switch (event.kind) {
      case 'network':
        out.push(...judgeNetwork(event, context, labelsOf));
        break;
      case 'command':
        out.push(...judgeCommand(event, context, labelsOf));
        break;
      case 'code':
        out.push(...judgeCode(event, context, labelsOf));
        break;
      case 'write':
        out.push(...judgeWrite(event, context, labelsOf));
        break;
      case 'notice':
        out.push(...judgeNotice(event));
        break;
    }
  }
  const of = <K extends SinkEvent['kind']>(kind: K): readonly Extract<SinkEvent, { kind: K }>[] =>
    events.filter((e): e is Extract<SinkEvent, { kind: K }> => e.kind === kind);
  const writes: readonly WriteEvent[] = of('write');
  const commands: readonly CommandEvent[] = of('command');
  const loads: readonly CodeEvent[] = of('code').filter((e) => e.how === 'load');
  out.push(...judgeSequence(commands, context));
  out.push(...judgeDropped(writes, commands, loads, context, labelsOf));
  return out;
}
