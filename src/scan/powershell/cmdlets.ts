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
import { runText, scanOther } from './code.ts';
import { construct, downloadedFrom } from './net-objects.ts';
import { commandName } from './names.ts';
import type { Runner } from './runner.ts';
import { fileKey } from './session.ts';
import { registry, SYSTEM_COMMANDS } from './system.ts';
import { flat, labelsOf } from '../flow/compound.ts';
import { NOTHING, type PsValue, plain, UNKNOWN } from './value.ts';
import { type Arguments, type Call, type Cmdlet, option, reportDropped } from './call.ts';
import { expression, powershell } from './powershell-command.ts';

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
    out.push(
      args.line.includes(`--${args.written.get(name) ?? name}`) ? `--${name}` : `-${args.written.get(name) ?? name}`,
    );
    if (value.value.consts[0] !== true) out.push(...stringsOf(value.value).slice(0, 1).map(quote));
  }
  for (const value of args.rest) out.push(quote(stringsOf(value.value)[0] ?? HOLE));
  return out;
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

const newItem: Cmdlet = (call) => {
  const { runner, name, args, pos } = call;
  const path = option(args, 'path', 0);
  if (/^(?:HK[A-Z]{2}:|Registry::)/i.test(stringsOf(path?.value ?? OPEN)[0] ?? '')) return registry(call);
  const value = option(args, 'value');
  const isFile = /file|symboliclink/i.test(stringsOf(option(args, 'itemtype')?.value ?? OPEN)[0] ?? '');
  if (path && (value || isFile)) runner.session.write(pos, name, flat(path), value ? flat(value) : NEVER);
  return path ?? NOTHING;
};

const joinPath: Cmdlet = ({ args, input }) => {
  const parts = [
    option(args, 'path', 0) ?? input,
    option(args, 'childpath', input ? 0 : 1),
    ...args.rest.slice(2),
  ].filter((p) => p !== undefined);
  return plain(concatenate(parts.flatMap((p, i) => (i === 0 ? [flat(p)] : [constant('/'), flat(p)]))));
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

const MAX_ITEMS = 400;

/** A short list is gone through, so that texts put together from parts are seen. */
const each: Cmdlet = ({ runner, args, input }) => {
  const blocks = [...args.rest, ...args.named.values()].filter((v) => v.block !== undefined);
  const block = blocks.at(-1);
  const session = runner.session;
  // What a command lists is gone through once, as one of the things listed.
  const list = input?.items ?? (input && input.value.consts.length > 0 ? [input] : undefined);
  if (list && block?.block !== undefined && list.length <= MAX_ITEMS && session.depth < 3) {
    session.depth++;
    const items = list.map((item) => {
      session.variables.set('_', item);
      session.variables.set('psitem', item);
      return runner.nested(runner.text, block.block);
    });
    session.depth--;
    session.variables.delete('_');
    session.variables.delete('psitem');
    return { value: tainted(items.flatMap((i) => labelsOf(i))), items, built: true };
  }
  const labels = [...(input ? labelsOf(input) : []), ...blocks.flatMap((b) => labelsOf(b))];
  return { value: withTaints(OPEN, labels), built: true };
};

/** A process that is started through the management of Windows. */
const wmi: Cmdlet = ({ runner, args, pos }) => {
  const given = option(args, 'argumentlist') ?? option(args, 'arguments');
  const line = given?.fields?.get('commandline') ?? given?.items?.[0] ?? given;
  return line ? runText(runner, line, pos, 'started through WMI', 'command') : UNKNOWN;
};

/** A name that is looked up can carry data. */
const lookup: Cmdlet = ({ runner, name, args, pos }) => {
  const asked = option(args, 'name', 0);
  const labels = labelsOf(asked).filter((t) => t.kind !== 'network' && t.kind !== 'param');
  if (asked && labels.length > 0) runner.session.send(pos, name, flat(asked), tainted(labels));
  return UNKNOWN;
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
  'join-path': joinPath,
  'resolve-path': ({ args, input }) => option(args, 'path', 0) ?? input ?? UNKNOWN,
  'split-path': ({ args, input }) => option(args, 'path', 0) ?? input ?? UNKNOWN,
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
  'invoke-wmimethod': wmi,
  'invoke-cimmethod': wmi,
  'resolve-dnsname': lookup,
  nslookup: lookup,
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
