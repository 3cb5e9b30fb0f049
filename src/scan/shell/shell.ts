import { isCredentialName } from '../data/credential-names.ts';
import type { SinkEvent } from '../flow/events.ts';
import {
  concatenate,
  constant,
  HOLE,
  join,
  joinAll,
  joinTaints,
  NEVER,
  newTaint,
  OPEN,
  stepTaints,
  stringsOf,
  type Taint,
  type TaintKind,
  tainted,
  type Value,
  wholeStrings,
  withTaints,
} from '../flow/value.ts';
import { classifyPath, showPath } from '../data/sensitive-paths.ts';
import type { RawFinding, RawStep } from '../findings.ts';
import { type Command, parseShell, type Pipeline, type Redirect, type Script, type Word } from './parse.ts';
import { runProgram } from './programs.ts';

/** Languages whose code occurs inside of command lines. */
export type InlineLanguage = 'js' | 'py' | 'powershell';

/** Where a shell text stands, and how code inside of it is scanned. */
export interface ShellContext {
  readonly file: string;
  /** Offset of the text in its file. */
  readonly base: number;
  /** Scans code of another language; its findings are placed at `pos`. */
  readonly scanInline: (language: InlineLanguage, code: string, pos: number) => readonly RawFinding[];
}

const MAX_STEPS = 20_000;
const MAX_INLINE = 6;

/** Follows values through shell text, as far as constants, pipes, variables and files go. Nothing is executed. */
export class Shell {
  readonly context: ShellContext;
  readonly events: SinkEvent[] = [];
  readonly findings: RawFinding[] = [];
  /** Content of files that the text itself wrote. */
  readonly files = new Map<string, Value>();
  /** Directories that were cloned from somewhere. */
  readonly cloned = new Map<string, Value>();
  /** Where `cd` has gone, when that is known. */
  directory = '';
  /** True once a checksum or signature was compared. */
  checked = false;
  private readonly variables = new Map<string, Value>();
  private steps = 0;
  private inlineDepth = 0;
  /** Where commands of an inner text are shown. */
  private fixed: number | undefined;

  constructor(context: ShellContext) {
    this.context = context;
  }

  /** True when the text was longer than what is followed. */
  get cut(): boolean {
    return this.steps > MAX_STEPS;
  }

  run(script: Script, input: Value = NEVER): Value {
    let output: Value = NEVER;
    for (const pipeline of script.pipelines) output = join(output, this.runPipeline(pipeline, input));
    return output;
  }

  private runPipeline(pipeline: Pipeline, input: Value): Value {
    let data = input;
    for (const command of pipeline.commands) data = this.runCommand(command, data);
    return data;
  }

  private runCommand(command: Command, piped: Value): Value {
    if (++this.steps > MAX_STEPS) return OPEN;
    for (const { name, value } of command.assignments) this.setVariable(name, this.expand(value));
    if (command.loop) {
      this.setVariable(command.loop.name, joinAll(command.loop.values.map((w) => this.expand(w))));
      return NEVER;
    }
    const input = this.inputOf(command, piped);
    let output: Value = NEVER;
    if (command.body) output = this.run(command.body, input);
    if (command.words.length > 0) {
      const args = command.words.map((w) => this.expand(w));
      output = join(output, runProgram(this, command, args, input));
    }
    return this.redirectOutput(command, output);
  }

  /** Runs text as shell code in place, e.g. of `eval` or `sh -c`. */
  runText(text: string, pos: number): Value {
    if (this.inlineDepth >= MAX_INLINE || text.length > 100_000) return OPEN;
    const before = this.fixed;
    this.fixed = before ?? pos;
    this.inlineDepth++;
    const output = this.run(parseShell(text));
    this.inlineDepth--;
    this.fixed = before;
    return output;
  }

  setVariable(name: string, value: Value): void {
    this.variables.set(name, join(this.variables.get(name) ?? NEVER, value));
  }

  private inputOf(command: Command, piped: Value): Value {
    let input = piped;
    for (const redirect of command.redirects) {
      if (redirect.operator === '<' || redirect.operator === '<>')
        input = join(input, this.readFile(this.expand(redirect.target), redirect.target.pos));
      else if (redirect.operator === '<<<' || redirect.operator === '<<')
        input = join(input, this.expand(redirect.target));
    }
    return input;
  }

  private redirectOutput(command: Command, output: Value): Value {
    const writes = command.redirects.filter(
      (r: Redirect) =>
        r.operator === '>' || r.operator === '>>' || r.operator === '>|' || r.operator === '>&' || r.operator === '<>',
    );
    let rest = output;
    for (const redirect of writes) {
      const target = this.expand(redirect.target);
      const socket = stringsOf(target)
        .map((t) => /^\/dev\/(?:tcp|udp)\/([^/]+)\/([^/]+)/.exec(t))
        .find((m) => m);
      if (socket) {
        this.send(command.pos, '/dev/tcp', constant(`${socket[1]}:${socket[2]}`), NEVER, output);
        rest = withTaints(output, [
          this.taint('network', `${socket[1]}:${socket[2]}`, command.pos, 'reads from a connection'),
        ]);
        continue;
      }
      if (
        redirect.operator === '>&' ||
        redirect.operator === '<>' ||
        stringsOf(target).every((t) => t === '/dev/null' || /^&?\d$/.test(t))
      )
        continue;
      this.writeFile(command.pos, 'the shell', target, output, redirect.operator === '>>');
      rest = NEVER;
    }
    return rest;
  }

  /** The value of a word: constants, variables and outputs put together. */
  expand(word: Word): Value {
    const parts: Value[] = word.parts.map((part) => {
      if (part.kind === 'text') return constant(part.text);
      if (part.kind === 'variable') return this.variable(part.name, part.fallback, word.pos);
      const output = this.run(part.script);
      return part.asFile ? output : this.trimmed(output);
    });
    const value = parts.length === 1 ? parts[0]! : concatenate(parts);
    // Unquoted words of a list are separate values.
    return value;
  }

  private trimmed(value: Value): Value {
    return value.consts.length > 0 ? { ...value, consts: value.consts.map((c) => String(c).trimEnd()) } : value;
  }

  variable(name: string, fallback: string, pos: number): Value {
    const known = this.variables.get(name);
    if (known) return known;
    const place = PLACES.get(name);
    if (place !== undefined) return constant(place);
    if (/^[1-9@*]$/.test(name)) return tainted([this.taint('param', `$${name}`, pos, `argument $${name}`)]);
    if (fallback !== '' && !fallback.includes('$')) return join(constant(fallback), OPEN);
    if (isCredentialName(name))
      return tainted([this.taint('env-secret', name, pos, `reads ${name} of the environment`)]);
    return OPEN;
  }

  at(pos: number): number {
    return this.context.base + (this.fixed ?? pos);
  }

  step(pos: number, what: string): RawStep {
    return { file: this.context.file, pos: this.at(pos), what };
  }

  taint(kind: TaintKind, detail: string, pos: number, what: string): Taint {
    return newTaint(kind, detail, this.context.file, this.at(pos), what);
  }

  through(value: Value, pos: number, what: string): Value {
    return value.taints.length === 0
      ? value
      : { ...value, taints: stepTaints(value.taints, this.context.file, this.at(pos), what) };
  }

  /** What a file holds: what was written to it, or what its path says. */
  readFile(path: Value, pos: number): Value {
    let out: Value = NEVER;
    for (const text of stringsOf(path)) {
      const socket = /^\/dev\/(?:tcp|udp)\/([^/]+)/.exec(text);
      const written = this.files.get(plainPath(text));
      if (socket) out = join(out, tainted([this.taint('network', socket[1]!, pos, 'reads from a connection')]));
      else if (written) out = join(out, written);
      else out = join(out, tainted(this.contentTaints(text, pos)));
    }
    return out;
  }

  contentTaints(path: string, pos: number): readonly Taint[] {
    const relative = this.directory !== '' && !/^[/~\uE000\uE001$]/.test(path);
    const found = classifyPath((relative ? `${this.directory}/${path}` : path).replaceAll('*', HOLE));
    const shown = showPath(path);
    if (found.kind === 'credential')
      return [this.taint('credential-file', found.what, pos, `reads ${found.what} (${shown})`)];
    if (found.kind === 'session')
      return [this.taint('session-store', found.what, pos, `reads ${found.what} (${shown})`)];
    if (found.kind === 'home') return [this.taint('home-file', shown, pos, `reads ${shown}`)];
    return path === HOLE || path === '' ? [] : [this.taint('file', shown, pos, `reads ${shown}`)];
  }

  writeFile(pos: number, apiName: string, path: Value, data: Value, append: boolean): void {
    for (const text of stringsOf(path)) {
      if (text === HOLE) continue;
      const key = plainPath(text);
      this.files.set(key, join(this.files.get(key) ?? NEVER, data));
    }
    this.events.push({
      kind: 'write',
      file: this.context.file,
      pos: this.at(pos),
      api: apiName,
      how: append ? 'append' : 'write',
      path,
      data,
    });
  }

  send(pos: number, apiName: string, url: Value, headers: Value, body: Value): void {
    this.events.push({ kind: 'network', file: this.context.file, pos: this.at(pos), api: apiName, url, headers, body });
  }

  report(finding: Omit<RawFinding, 'steps'>, steps: readonly RawStep[]): void {
    this.findings.push({ ...finding, steps });
  }

  inline(language: InlineLanguage, code: Value, pos: number): void {
    for (const text of wholeStrings(code).slice(0, 3)) {
      if (text.length <= 100_000 && this.inlineDepth < MAX_INLINE)
        this.findings.push(...this.context.scanInline(language, text, this.at(pos)));
    }
  }

  labels(values: readonly Value[]): readonly Taint[] {
    let out: readonly Taint[] = [];
    for (const value of values) out = joinTaints(out, value.taints);
    return out;
  }
}

const PLACES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    HOME: '~',
    PWD: '.',
    OLDPWD: '.',
    TMPDIR: '/tmp',
    XDG_CONFIG_HOME: '~/.config',
    OPENCLAW_HOME: '~',
    OPENCLAW_STATE_DIR: '~/.openclaw',
    IFS: ' ',
    SHELL: '/bin/sh',
    USERPROFILE: '~',
  }),
);

/** The same file by different spellings. */
export function plainPath(path: string): string {
  return path.replace(/^\.\//, '').replace(/^\$?PWD\//, '');
}

/** The name of a program without its directory. */
export function programName(value: Value): string {
  const text = stringsOf(value)[0] ?? '';
  return text === HOLE ? '' : (text.split('/').at(-1) ?? '').replace(/\.exe$/i, '');
}
