import { snippet } from '../findings.ts';
import {
  concatenate,
  constant,
  HOLE,
  join,
  NEVER,
  OPEN,
  stringsOf,
  tainted,
  type Value,
  wholeStrings,
  withTaints,
} from '../flow/value.ts';
import { inner, reportDownload, runText, scanOther } from './code.ts';
import { construct, downloadedFrom } from './dotnet.ts';
import { encodedCommand } from './encoded.ts';
import { commandName } from './names.ts';
import type { Runner } from './runner.ts';
import { fileKey } from './session.ts';
import { SYSTEM_COMMANDS } from './system.ts';
import { flat, labelsOf, NOTHING, type PsValue, plain, UNKNOWN } from './value.ts';

/** The arguments of a command: options by name in lower case, the others in order. */
export interface Arguments {
  readonly named: ReadonlyMap<string, PsValue>;
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

/** Runs one command by what its name can be. */
export function runCommand(
  runner: Runner,
  target: PsValue,
  pos: number,
  args: Arguments,
  input: PsValue | undefined,
  invoked: boolean,
): PsValue {
  const session = runner.session;
  if (target.block !== undefined) return target;
  if (target.value.apis.includes('object:code')) return runText(runner, target, pos, 'run as a script block');
  const text = wholeStrings(target.value)[0];
  if (text === undefined) {
    const labels = labelsOf(target);
    if (labels.some((t) => t.kind === 'network' || t.kind === 'decoded'))
      return runText(runner, target, pos, 'run as a command', 'command');
    return UNKNOWN;
  }
  const raw = session.aliases.get(text.toLowerCase()) ?? text;
  const name = commandName(raw);
  if (
    invoked &&
    target.built === true &&
    /^(?:invoke-expression|invoke-webrequest|invoke-restmethod|new-object|start-process|powershell|cmd)$/.test(name)
  ) {
    session.report(
      'obfuscated-code',
      'critical',
      `Puts the name of the command ${name} together from pieces, so that it is not seen.`,
      [session.step(pos, `run as ${name}`)],
    );
  }
  if (invoked && (/\s/.test(text) || target.value.taints.length > 0) && !/[\\/]/.test(text))
    return runText(runner, target, pos, 'run as a command');
  const call: Call = { runner, name, args, input, pos };
  const known = Object.hasOwn(COMMANDS, name)
    ? COMMANDS[name]
    : Object.hasOwn(SYSTEM_COMMANDS, name)
      ? SYSTEM_COMMANDS[name]
      : undefined;
  if (known) return known(call);
  return callFunction(call) ?? runProgram(call, raw);
}

/** A function of the script, with the parameters of this call. */
function callFunction(call: Call): PsValue | undefined {
  const { runner, args } = call;
  const session = runner.session;
  const found = session.functions.get(call.name);
  if (!found || session.depth > 4 || session.steps > 60_000) return undefined;
  const before = new Map<string, PsValue | undefined>();
  let place = 0;
  for (const name of found.parameters) {
    before.set(name, session.variables.get(name));
    const value = option(args, name) ?? args.rest[place++];
    if (value) session.variables.set(name, { ...value });
    else session.variables.delete(name);
  }
  session.variables.set('args', { value: tainted(args.rest.flatMap((a) => labelsOf(a))), items: args.rest });
  session.depth++;
  const out = runner.nested(found.text, found.start);
  session.depth--;
  for (const [name, value] of before) {
    if (value) session.variables.set(name, value);
    else session.variables.delete(name);
  }
  return out;
}

/** A program: one that was downloaded is code from the network; others are known to the shell rules. */
function runProgram(call: Call, raw: string): PsValue {
  const { runner, args, pos } = call;
  const content = runner.session.written(constant(raw));
  if (content) reportDropped(call, content, `run as ${snippet(raw)}`);
  if (
    /^(?:curl|wget|bash|sh|wsl|node|bun|deno|npm|npx|pnpm|pip3?|python3?|py|ssh|scp|nc|ncat|git|openclaw|clawdbot|docker|uvx?|gh|aws|perl|ruby)$/.test(
      call.name,
    )
  ) {
    const parts = [call.name === 'py' ? 'python' : call.name, ...words(args)];
    scanOther(runner, parts.join(' '), pos);
  }
  const labels = [...args.rest, ...args.named.values(), ...(call.input ? [call.input] : [])].flatMap((a) =>
    labelsOf(a),
  );
  return plain(tainted(labels));
}

/** Arguments as the words of a command line. */
function words(args: Arguments): readonly string[] {
  const quote = (text: string): string =>
    /^[\w@%+=:,./~\\-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
  const out: string[] = [];
  for (const [name, value] of args.named) {
    out.push(name.length > 1 && args.line.toLowerCase().includes(`--${name}`) ? `--${name}` : `-${name}`);
    if (value.value.consts[0] !== true) out.push(...stringsOf(value.value).slice(0, 1).map(quote));
  }
  for (const value of args.rest) out.push(quote(stringsOf(value.value)[0] ?? HOLE));
  return out;
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

const request: Cmdlet = ({ runner, name, args, input, pos }) => {
  const url = option(args, 'uri', 0) ?? option(args, 'url') ?? option(args, 'source');
  const body = option(args, 'body') ?? option(args, 'form') ?? input;
  const file = option(args, 'infile');
  const data: Value = join(body ? flat(body) : NEVER, file ? runner.session.read(flat(file), pos) : NEVER);
  const headers = option(args, 'headers');
  runner.session.send(pos, name, flat(url), data, headers ? flat(headers) : NEVER);
  const result = downloadedFrom(runner, url, pos);
  const target = option(args, 'outfile') ?? option(args, 'destination', 1);
  if (!target) return plain(result);
  runner.session.write(pos, name, flat(target), result);
  return NOTHING;
};

const expression: Cmdlet = ({ runner, args, input, pos }) =>
  runText(runner, option(args, 'command', 0) ?? input ?? UNKNOWN, pos, 'run with Invoke-Expression');

/** `powershell -EncodedCommand …`, `-Command …`, `-File …`. */
const powershell: Cmdlet = (call) => {
  const { runner, args, pos } = call;
  const session = runner.session;
  let hidden = false;
  for (const [name, value] of args.named) {
    if (name.startsWith('w') && 'windowstyle'.startsWith(name) && /^h/i.test(stringsOf(value.value)[0] ?? ''))
      hidden = true;
    if (name.startsWith('e') && ('encodedcommand'.startsWith(name) || name === 'ec' || name === 'enc'))
      return encodedCommand(call, value, hidden);
  }
  const command = option(args, 'command') ?? (args.named.has('c') ? args.named.get('c') : undefined);
  const file = option(args, 'file');
  if (file) {
    const content = session.written(file.value);
    if (content) reportDropped(call, content, 'run with PowerShell');
    return UNKNOWN;
  }
  const text = [...(command ? [command] : []), ...args.rest];
  if (text.length === 0) return call.input ? runText(runner, call.input, pos, 'piped into PowerShell') : UNKNOWN;
  if (text.every((t) => t.block !== undefined)) return UNKNOWN;
  const joined: PsValue = {
    value: concatenate(text.flatMap((t, i) => (i === 0 ? [flat(t)] : [constant(' '), flat(t)]))),
  };
  // An unquoted command line is read as the arguments of PowerShell: its text stands there as it is.
  const at = args.line.search(/(?:^|\s)-c(?:o\w*)?\s+(?=[^\s"'])/i);
  if (at >= 0)
    return inner(
      runner,
      args.line
        .slice(at)
        .replace(/^\s*-\w+\s+/, '')
        .replace(/^["']|["']$/g, ''),
      pos,
    );
  return runText(runner, joined, pos, 'run with PowerShell');
};

const startProcess: Cmdlet = (call) => {
  const { runner, args, pos } = call;
  const program = option(args, 'filepath', 0);
  if (!program) return UNKNOWN;
  const content = runner.session.written(program.value);
  if (content) {
    reportDropped(call, content, 'run with Start-Process');
    return UNKNOWN;
  }
  const given = option(args, 'argumentlist', 1);
  const list = given ? (given.items ?? [given]) : [];
  const line = concatenate([flat(program), ...list.flatMap((a) => [constant(' '), flat(a)])]);
  for (const arg of list) {
    const dropped = runner.session.written(arg.value) ?? dropIn(call, stringsOf(arg.value)[0] ?? '');
    if (dropped) reportDropped(call, dropped, 'run with Start-Process');
  }
  return runText(runner, { value: line }, pos, 'run with Start-Process', 'command');
};

/** A file the script filled, named inside of a command line. */
function dropIn(call: Call, line: string): Value | undefined {
  const lower = fileKey(line);
  for (const [path, content] of call.runner.session.files) if (path.length > 4 && lower.includes(path)) return content;
  return undefined;
}

const readFile: Cmdlet = ({ runner, args, input, pos }) => {
  const path = option(args, 'path', 0) ?? option(args, 'literalpath') ?? input;
  return path ? plain(runner.session.read(flat(path), pos)) : UNKNOWN;
};

const writeFile: Cmdlet = ({ runner, name, args, input, pos }) => {
  const path = option(args, 'path', 0) ?? option(args, 'filepath') ?? option(args, 'literalpath');
  const value = option(args, 'value') ?? input ?? args.rest[1];
  if (path)
    runner.session.write(
      pos,
      name,
      flat(path),
      value ? flat(value) : NEVER,
      name === 'add-content' || args.named.has('append'),
    );
  return name === 'tee-object' ? (input ?? UNKNOWN) : NOTHING;
};

const listFiles: Cmdlet = ({ runner, args, pos }) => {
  const path = option(args, 'path', 0) ?? option(args, 'literalpath');
  const text = stringsOf(path?.value ?? OPEN)[0] ?? '';
  if (/^env:/i.test(text)) return runner.session.labelled('env-all', '', pos, 'lists the environment');
  if (/^cert:/i.test(text))
    return runner.session.labelled('credential-file', 'certificates with their keys', pos, 'lists certificates');
  return plain(constant(`${text.replace(/\*+$/, '')}/${HOLE}`.replace(/[\\/]+\uE000/, `/${HOLE}`)));
};

const copy: Cmdlet = ({ runner, name, args, input, pos }) => {
  const from = option(args, 'path', 0) ?? option(args, 'literalpath') ?? input;
  const to = option(args, 'destination', 1);
  if (from && to) {
    const content = runner.session.read(flat(from), pos);
    runner.session.write(pos, name, flat(to), { ...content, taints: content.taints.filter((t) => t.kind !== 'file') });
  }
  return NOTHING;
};

const newItem: Cmdlet = ({ runner, name, args, pos }) => {
  const path = option(args, 'path', 0);
  const value = option(args, 'value');
  const isFile = /file|symboliclink/i.test(stringsOf(option(args, 'itemtype')?.value ?? OPEN)[0] ?? '');
  if (path && (value || isFile)) runner.session.write(pos, name, flat(path), value ? flat(value) : NEVER);
  return path ?? NOTHING;
};

/** Archives hold what they are made of. */
const archive: Cmdlet = ({ runner, name, args, input, pos }) => {
  const from = option(args, 'path', 0) ?? option(args, 'literalpath') ?? input;
  const to = option(args, 'destinationpath', 1);
  if (!from || !to) return NOTHING;
  const packed = name === 'compress-archive';
  let content: Value = NEVER;
  for (const item of from.items ?? [from])
    content = join(
      content,
      packed ? runner.session.read(flat(item), pos) : (runner.session.written(item.value) ?? NEVER),
    );
  if (content.taints.length > 0) {
    for (const path of stringsOf(to.value)) {
      runner.session.files.set(fileKey(path), content);
    }
  }
  return NOTHING;
};

const construction: Cmdlet = ({ runner, args, pos }) => {
  const com = option(args, 'comobject');
  if (com) return { value: { ...OPEN, apis: ['object:com'] } };
  const type = stringsOf(option(args, 'typename', 0)?.value ?? OPEN)[0] ?? '';
  const given = option(args, 'argumentlist') ?? (args.named.has('typename') ? args.rest[0] : args.rest[1]);
  const list = given ? (given.items ?? [given]) : [];
  const bracket = /^([\w.]+)\((.*)$/.exec(type);
  return construct(runner, bracket ? bracket[1]! : type, list, pos);
};

const pass: Cmdlet = ({ args, input }) => {
  const values = [...(input ? [input] : []), ...args.rest];
  return values.length === 1
    ? values[0]!
    : { value: tainted(values.flatMap((v) => labelsOf(v))), items: values.length > 0 ? values : undefined };
};

const each: Cmdlet = ({ args, input }) => {
  const blocks = [...args.rest, ...args.named.values()].filter((v) => v.block !== undefined);
  const labels = [...(input ? labelsOf(input) : []), ...blocks.flatMap((b) => labelsOf(b))];
  return { value: withTaints(OPEN, labels), built: true };
};

const setVariable: Cmdlet = ({ runner, args }) => {
  const name = wholeStrings(option(args, 'name', 0)?.value ?? OPEN)[0];
  const value = option(args, 'value', 1);
  if (name !== undefined && value) runner.assign(name, value, false);
  return NOTHING;
};

const setAlias: Cmdlet = ({ runner, args }) => {
  const name = wholeStrings(option(args, 'name', 0)?.value ?? OPEN)[0];
  const target = wholeStrings(option(args, 'value', 1)?.value ?? OPEN)[0];
  if (name !== undefined && target !== undefined) runner.session.aliases.set(name.toLowerCase(), target);
  return NOTHING;
};

const label =
  (kind: 'clipboard' | 'machine' | 'command-output' | 'session-store', detail: string, what: string): Cmdlet =>
  ({ runner, pos }) =>
    runner.session.labelled(kind, detail, pos, what);

const COMMANDS: Readonly<Record<string, Cmdlet>> = {
  'invoke-webrequest': request,
  'invoke-restmethod': request,
  'start-bitstransfer': request,
  'invoke-expression': expression,
  powershell,
  'start-process': startProcess,
  'invoke-item': startProcess,
  'get-content': readFile,
  'import-csv': readFile,
  'import-clixml': readFile,
  'set-content': writeFile,
  'add-content': writeFile,
  'out-file': writeFile,
  'tee-object': writeFile,
  'get-childitem': listFiles,
  'copy-item': copy,
  'move-item': copy,
  'new-item': newItem,
  'compress-archive': archive,
  'expand-archive': archive,
  'new-object': construction,
  'write-output': pass,
  'out-string': pass,
  'convertto-json': pass,
  'convertfrom-json': pass,
  'select-object': pass,
  'where-object': pass,
  'sort-object': pass,
  'join-string': pass,
  'convertto-csv': pass,
  'foreach-object': each,
  'set-variable': setVariable,
  'new-variable': setVariable,
  'set-alias': setAlias,
  'new-alias': setAlias,
  'get-clipboard': label('clipboard', 'the clipboard', 'reads the clipboard'),
  'get-history': label('session-store', 'the shell history', 'reads the shell history'),
  hostname: label('machine', 'host name', 'asks hostname'),
  whoami: label('machine', 'user name', 'asks whoami'),
  ipconfig: label('machine', 'network interfaces', 'asks ipconfig'),
  systeminfo: label('machine', 'host name', 'asks systeminfo'),
  'get-computerinfo': label('machine', 'host name', 'asks for the computer'),
};
