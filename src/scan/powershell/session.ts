import { isCredentialName } from '../data/credential-names.ts';
import { classifyPath, showPath } from '../data/sensitive-paths.ts';
import type { SinkEvent } from '../flow/events.ts';
import {
  constant,
  HOLE,
  join,
  newTaint,
  NEVER,
  stringsOf,
  type Taint,
  type TaintKind,
  tainted,
  type Value,
} from '../flow/value.ts';
import type { RawFinding, RawStep } from '../findings.ts';
import type { JudgeContext } from '../judge/context.ts';
import { PLACES } from './names.ts';
import { type PsValue, plain, UNKNOWN } from './value.ts';

/** What a script did so far: its variables, the files it wrote, and what is to be judged at the end. */
export class Session {
  readonly file: string;
  readonly judge: JudgeContext;
  readonly events: SinkEvent[] = [];
  readonly findings: RawFinding[] = [];
  readonly files = new Map<string, Value>();
  readonly variables = new Map<string, PsValue>();
  /** Functions by name: where the body starts, and its parameters. */
  readonly functions = new Map<
    string,
    { readonly text: string; readonly start: number; readonly parameters: readonly string[] }
  >();
  readonly aliases = new Map<string, string>();
  /** How often text was read as code inside of code. */
  depth = 0;
  /** Expressions looked at; the limit bounds the work. */
  steps = 0;
  /** Where everything of an inner text is shown. */
  fixed: number | undefined;

  constructor(file: string, judge: JudgeContext) {
    this.file = file;
    this.judge = judge;
  }

  at(pos: number): number {
    return this.fixed ?? pos;
  }

  taint(kind: TaintKind, detail: string, pos: number, what: string): Taint {
    return newTaint(kind, detail, this.file, this.at(pos), what);
  }

  labelled(kind: TaintKind, detail: string, pos: number, what: string): PsValue {
    return plain(tainted([this.taint(kind, detail, pos, what)]));
  }

  step(pos: number, what: string): RawStep {
    return { file: this.file, pos: this.at(pos), what };
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
    this.events.push({ kind: 'network', file: this.file, pos: this.at(pos), api, url, headers, body });
  }

  write(pos: number, api: string, path: Value, data: Value, append = false): void {
    for (const text of stringsOf(path)) {
      if (text === HOLE) continue;
      const key = fileKey(text);
      this.files.set(key, join(this.files.get(key) ?? NEVER, data));
    }
    this.events.push({
      kind: 'write',
      file: this.file,
      pos: this.at(pos),
      api,
      how: append ? 'append' : 'write',
      path,
      data,
    });
  }

  /** What a file holds. */
  read(path: Value, pos: number): Value {
    let out: Value = NEVER;
    for (const text of stringsOf(path))
      out = join(out, this.files.get(fileKey(text)) ?? tainted(this.contentOf(text, pos)));
    return out;
  }

  contentOf(raw: string, pos: number): readonly Taint[] {
    const path = raw.replace(/\*+/g, HOLE);
    const found = classifyPath(path);
    const shown = showPath(raw);
    if (found.kind === 'credential')
      return [this.taint('credential-file', found.what, pos, `reads ${found.what} (${shown})`)];
    if (found.kind === 'session' || /ConsoleHost_history\.txt$/i.test(raw))
      return [this.taint('session-store', 'sessions and histories', pos, `reads sessions and histories (${shown})`)];
    if (found.kind === 'home') return [this.taint('home-file', shown, pos, `reads ${shown}`)];
    return path === HOLE || path === '' ? [] : [this.taint('file', shown, pos, `reads ${shown}`)];
  }

  /** A file the script filled, when the path names one. */
  written(path: Value): Value | undefined {
    for (const text of stringsOf(path)) {
      const found = text === HOLE ? undefined : this.files.get(fileKey(text));
      if (found) return found;
    }
    return undefined;
  }

  variable(raw: string, pos: number): PsValue {
    const name = raw.toLowerCase().replace(/^(?:global|script|local|private|using|variable):/, '');
    const known = this.variables.get(name);
    if (known) return known;
    const place = PLACES.get(name.replace(/^env:/, ''));
    if (place !== undefined && (name.startsWith('env:') || name === 'home' || name === 'pshome' || name === 'profile'))
      return plain(constant(place));
    if (name === 'env:computername' || name === 'env:username')
      return this.labelled('machine', name === 'env:username' ? 'user name' : 'host name', pos, `reads $${raw}`);
    if (name.startsWith('env:')) {
      const variable = raw.slice(raw.indexOf(':') + 1);
      return isCredentialName(variable)
        ? this.labelled('env-secret', variable, pos, `reads ${variable} of the environment`)
        : UNKNOWN;
    }
    if (name === 'true' || name === 'false') return plain(constant(name === 'true'));
    if (name === 'null') return plain(constant(''));
    return UNKNOWN;
  }
}

/** The same file by different spellings. */
export function fileKey(path: string): string {
  return path.toLowerCase().replaceAll('\\', '/').replace(/^\.\//, '');
}
