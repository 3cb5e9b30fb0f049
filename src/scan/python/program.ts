import { classifyPath, showPath } from '../data/sensitive-paths.ts';
import type { RawFinding, RawStep } from '../findings.ts';
import type { SinkEvent } from '../flow/events.ts';
import {
  HOLE,
  join,
  NEVER,
  newTaint,
  PACKAGE,
  stepTaints,
  stringsOf,
  type Taint,
  type TaintKind,
  tainted,
  type Value,
  withTaints,
} from '../flow/value.ts';
import type { JudgeContext } from '../judge/context.ts';
import { labelsOf } from '../flow/compound.ts';
import { type PyValue, plain } from './value.ts';

/** What a program did so far: the files it wrote, and what is to be judged at the end. */
export class Program {
  /** The file whose code is followed now. */
  file: string;
  readonly judge: JudgeContext;
  readonly events: SinkEvent[] = [];
  readonly findings: RawFinding[] = [];
  readonly files = new Map<string, Value>();
  /** The socket that standard input and output were put on. */
  socket: PyValue | undefined;
  /** True once something was encrypted. */
  encrypts = false;
  /** Expressions looked at; the limit bounds the work. */
  steps = 0;
  /** Calls inside of calls. */
  depth = 0;

  /** Scans a text that the program runs as code. */
  readonly scanInner: (text: string) => readonly RawFinding[];
  /** The text of another file of the package. */
  readonly readSource: (path: string) => string | undefined;

  constructor(
    file: string,
    judge: JudgeContext,
    around: {
      readonly scanInner: (text: string) => readonly RawFinding[];
      readonly read: (path: string) => string | undefined;
    },
  ) {
    this.file = file;
    this.judge = judge;
    this.readSource = around.read;
    this.scanInner = around.scanInner;
  }

  taint(kind: TaintKind, detail: string, pos: number, what: string): Taint {
    return newTaint(kind, detail, this.file, pos, what);
  }

  labelled(kind: TaintKind, detail: string, pos: number, what: string): PyValue {
    return plain(tainted([this.taint(kind, detail, pos, what)]));
  }

  step(pos: number, what: string): RawStep {
    return { file: this.file, pos, what };
  }

  report(
    rule: string,
    severity: RawFinding['severity'],
    message: string,
    steps: readonly RawStep[],
    confidence: RawFinding['confidence'] = 'high',
  ): void {
    this.findings.push({ rule, severity, confidence, message, steps });
  }

  send(pos: number, api: string, url: Value, body: Value, headers: Value = NEVER): void {
    this.events.push({ kind: 'network', file: this.file, pos, api, url, headers, body });
  }

  write(pos: number, api: string, path: Value, data: Value, append = false): void {
    for (const text of stringsOf(path))
      if (text !== HOLE) this.files.set(text, join(this.files.get(text) ?? NEVER, data));
    this.events.push({ kind: 'write', file: this.file, pos, api, how: append ? 'append' : 'write', path, data });
  }

  run(
    pos: number,
    api: string,
    command: Value,
    args: Value,
    argList: readonly Value[] | undefined,
    shell: boolean,
  ): void {
    this.events.push({ kind: 'command', file: this.file, pos, api, shell, command, args, argList });
  }

  code(pos: number, api: string, code: Value, how: 'eval' | 'load' | 'unpickle'): void {
    this.events.push({ kind: 'code', file: this.file, pos, api, code, how });
  }

  /** One more place on the way of a value. */
  through(value: PyValue, pos: number, what: string): PyValue {
    const labels = labelsOf(value);
    return labels.length === 0
      ? value
      : { ...value, value: { ...value.value, taints: stepTaints(labels, this.file, pos, what) } };
  }

  /** What a file holds: what was written to it, or what its path says. */
  read(path: Value, pos: number): Value {
    let out: Value = NEVER;
    for (const text of stringsOf(path)) out = join(out, this.files.get(text) ?? tainted(this.contentOf(text, pos)));
    return withTaints(
      out,
      path.taints.filter((t) => t.kind === 'network'),
    );
  }

  contentOf(raw: string, pos: number): readonly Taint[] {
    const path = raw.replace(/\*+/g, HOLE);
    const found = classifyPath(path);
    const shown = showPath(raw);
    if (found.kind === 'package') return [];
    if (found.kind === 'credential')
      return [this.taint('credential-file', found.what, pos, `reads ${found.what} (${shown})`)];
    if (found.kind === 'session')
      return [this.taint('session-store', found.what, pos, `reads ${found.what} (${shown})`)];
    if (found.kind === 'home') return [this.taint('home-file', shown, pos, `reads ${shown}`)];
    return path === HOLE || path === '' || path.startsWith(PACKAGE)
      ? []
      : [this.taint('file', shown, pos, `reads ${shown}`)];
  }
}
