import type { Value } from '../flow/value.ts';
import { reportDownload } from './code.ts';
import type { Runner } from './runner.ts';
import type { PsValue } from './value.ts';

/** The arguments of a command: options by name in lower case, the others in order. */
export interface Arguments {
  readonly named: ReadonlyMap<string, PsValue>;
  /** The names as they are written, by the lower-case ones. */
  readonly written: ReadonlyMap<string, string>;
  readonly rest: readonly PsValue[];
  /** As it is written. */
  readonly line: string;
}

/** One call of a command. */
export interface Call {
  readonly runner: Runner;
  readonly name: string;
  readonly args: Arguments;
  readonly input: PsValue | undefined;
  readonly pos: number;
}

/** What a command puts out. */
export type Cmdlet = (call: Call) => PsValue;

/** An option by its name or a unique beginning of it; else an argument by its place. */
export function option(args: Arguments, name: string, place = -1): PsValue | undefined {
  const exact = args.named.get(name);
  if (exact) return exact;
  for (const [key, value] of args.named) if (key.length >= 2 && name.startsWith(key)) return value;
  return place >= 0 ? args.rest[place] : undefined;
}

/** Reports that a file which the script filled from elsewhere is run. */
export function reportDropped(call: Call, content: Value, how: string): void {
  const remote = content.taints.filter((t) => t.kind === 'network');
  const hidden = content.taints.find(
    (t) => t.kind === 'decoded' && t.detail !== 'compression' && t.detail !== 'archive',
  );
  if (remote.length > 0) reportDownload(call.runner, remote, call.pos, how, false, hidden !== undefined);
  else if (hidden)
    call.runner.session.report('obfuscated-code', 'critical', 'Writes a hidden text to a file and runs it.', [
      call.runner.session.step(call.pos, how),
    ]);
}
