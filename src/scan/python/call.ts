import type { Interpreter } from './interpreter.ts';
import type { PyValue } from './value.ts';

/** One call of something that a module provides. */
export interface Call {
  /** The dotted name: `subprocess.run`; `socket.socket().connect` is the method of what `socket.socket` gives. */
  readonly api: string;
  readonly args: readonly PyValue[];
  readonly keywords: ReadonlyMap<string, PyValue>;
  readonly pos: number;
  /** What a method was taken from. */
  readonly self: PyValue | undefined;
}

/** What a call does and gives. */
export type Model = (it: Interpreter, call: Call) => PyValue;

/** An argument by its place or its name. */
export function argument(call: Call, place: number, name = ''): PyValue | undefined {
  return call.keywords.get(name) ?? call.args[place];
}
