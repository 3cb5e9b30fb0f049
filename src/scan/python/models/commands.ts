import { isShellProgram } from '../../flow/command-output.ts';
import { constant, HOLE, join, NEVER, OPEN, stringsOf, tainted, type Value, withTaints } from '../../flow/value.ts';
import { Shell } from '../../shell/shell.ts';
import { argument, type Call, type Model } from '../call.ts';
import type { Interpreter } from '../interpreter.ts';
import { flat, labelsOf } from '../../flow/compound.ts';
import { NOTHING, type PyValue, plain, UNKNOWN } from '../value.ts';

const MAX_LINE = 4000;

/** What the output of a command holds, by reading the command with the shell rules. */
function outputOf(it: Interpreter, call: Call, lines: readonly string[]): Value {
  let out: Value = NEVER;
  for (const line of lines.slice(0, 3)) {
    if (line === HOLE || line.length > MAX_LINE) continue;
    it.program.steps += 20;
    const shell = new Shell({ file: it.program.file, base: call.pos, scanInline: () => [] });
    const output = shell.runText(line, 0);
    const labels = output.taints.filter((t) => t.kind !== 'file' && t.kind !== 'param');
    out = join(out, tainted(labels));
  }
  const program = lines[0]?.trim().split(/\s/)[0] ?? '';
  return out.taints.length > 0
    ? out
    : tainted([
        it.program.taint(
          'command-output',
          program.replaceAll(HOLE, '…').slice(0, 40),
          call.pos,
          'reads the output of a command',
        ),
      ]);
}

function isTrue(value: PyValue | undefined): boolean {
  return value?.value.consts.some((c) => c === true || c === 1) === true;
}

/** A shell whose input and output are a connection. */
function onSocket(it: Interpreter, call: Call): boolean {
  if (it.program.socket) return true;
  return ['stdin', 'stdout', 'stderr'].some(
    (name) => call.keywords.get(name)?.value.apis.some((a) => a.startsWith('socket()')) === true,
  );
}

function reportReverse(it: Interpreter, call: Call): void {
  const socket = it.program.socket ?? call.keywords.get('stdin') ?? call.keywords.get('stdout');
  const to = stringsOf(socket?.fields?.get('#to')?.value ?? OPEN)[0] ?? HOLE;
  const shown = to === HOLE ? 'another machine' : to.replaceAll(HOLE, '…');
  it.program.report(
    'reverse-shell',
    'critical',
    `Connects a shell to ${shown}: whoever is at the other end types the commands.`,
    [it.program.step(call.pos, `started with ${call.api}`)],
  );
}

/** `subprocess.run(command, shell=…)` and its relatives. */
const run: Model = (it, call) => {
  const command = argument(call, 0, 'args') ?? argument(call, 0, 'cmd') ?? UNKNOWN;
  const always =
    /^(?:os\.(?:system|popen)|commands\.|subprocess\.get(?:status)?output|asyncio\.create_subprocess_shell|asyncio\.subprocess\.create_subprocess_shell)/.test(
      call.api,
    );
  const shell = always || isTrue(call.keywords.get('shell'));
  const separate = /create_subprocess_exec$/.test(call.api);
  const list = separate ? call.args.map((a) => flat(a)) : it.listOf(command);
  const program = list?.[0] ?? flat(command);
  const interactive =
    stringsOf(program).some((p) => isShellProgram(p)) ||
    (list === undefined && stringsOf(program).some((p) => isShellProgram(p.split(/\s/)[0]!)));
  if (interactive && onSocket(it, call)) reportReverse(it, call);
  const rest = list?.slice(1);
  let args: Value = NEVER;
  for (const a of rest ?? []) args = join(args, tainted(a.taints));
  it.program.run(call.pos, call.api, list ? program : flat(command), args, rest, shell);
  const lines = list ? [list.map((a) => stringsOf(a)[0] ?? HOLE).join(' ')] : stringsOf(flat(command));
  const input = call.keywords.get('input');
  if (input && labelsOf(input).length > 0) it.program.run(call.pos, 'stdin', program, flat(input), undefined, false);
  if (input) feed(it, call, lines, input);
  return {
    value: { ...outputOf(it, call, lines), apis: ['process()'] },
    fields: new Map([['#line', plain(constant(lines[0] ?? HOLE))]]),
  };
};

/** What a program does with the text it is given: a list of jobs, a body that is sent. */
function feed(it: Interpreter, call: Call, lines: readonly string[], input: PyValue): void {
  const given = flat(input);
  const known = stringsOf(given).some((t) => t.replaceAll(HOLE, '') !== '');
  if (!known && labelsOf(input).every((t) => t.kind === 'command-output')) return;
  for (const line of lines.slice(0, 3)) {
    const program = line.trim().split(/\s/)[0] ?? '';
    if (program.startsWith(HOLE) || line.length > MAX_LINE || isShellProgram(program)) continue;
    it.program.steps += 20;
    const shell = new Shell({ file: it.program.file, base: call.pos, scanInline: () => [] });
    shell.runText(line, 0, given);
    it.program.findings.push(...shell.findings.filter((f) => f.rule === 'persistence'));
    it.program.events.push(...shell.events.filter((e) => e.kind === 'network'));
  }
}

const communicate: Model = (it, call) => {
  const input = argument(call, 0, 'input');
  if (input && labelsOf(input).length > 0)
    it.program.run(call.pos, 'stdin', constant(HOLE), flat(input), undefined, false);
  if (input) feed(it, call, stringsOf(call.self?.fields?.get('#line')?.value ?? OPEN), input);
  const output = plain(tainted(labelsOf(call.self)));
  return { value: output.value, items: [output, output] };
};

const spawn: Model = (it, call) => {
  const command = argument(call, 0) ?? UNKNOWN;
  const program = command.items ? flat(command.items[0]) : flat(command);
  if (it.program.socket && stringsOf(program).some((p) => isShellProgram(p))) reportReverse(it, call);
  else it.program.run(call.pos, call.api, program, NEVER, [], false);
  return UNKNOWN;
};

/** `os.execv(path, args)`, `os.execl(path, arg0, …)`. */
const execute: Model = (it, call) => {
  const program = flat(argument(call, 0));
  if (it.program.socket && stringsOf(program).some((p) => isShellProgram(p))) reportReverse(it, call);
  else {
    const given = call.args[1]?.items?.slice(1) ?? call.args.slice(2);
    let args: Value = NEVER;
    for (const a of given) args = join(args, flat(a));
    it.program.run(
      call.pos,
      call.api,
      program,
      { ...args, consts: [] },
      given.map((a) => flat(a)),
      false,
    );
  }
  return NOTHING;
};

/** `os.dup2(s.fileno(), 0)`: input and output become the connection. */
const duplicate: Model = (it, call) => {
  const source = call.args[0];
  if (source?.value.apis.some((a) => a.startsWith('socket()'))) it.program.socket = source;
  return NOTHING;
};

const fileno: Model = (_it, call) => ({ value: { ...OPEN, apis: ['socket().fileno()'] }, fields: call.self?.fields });

/** `os.startfile(path)`, `webbrowser.open(url)`. */
const openFile: Model = (it, call) => {
  it.program.run(call.pos, call.api, flat(argument(call, 0)), NEVER, [], false);
  return NOTHING;
};

const load: Model = (it, call) => {
  it.program.code(call.pos, call.api, withTaints(flat(argument(call, 0)), []), 'load');
  return UNKNOWN;
};

function all(model: Model, names: string): Record<string, Model> {
  return Object.fromEntries(names.split(' ').map((n) => [n, model]));
}

/** Everything that starts a program. */
export const COMMAND_MODELS: Readonly<Record<string, Model>> = {
  ...all(
    run,
    'os.system os.popen subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen subprocess.getoutput subprocess.getstatusoutput commands.getoutput commands.getstatusoutput asyncio.create_subprocess_shell asyncio.create_subprocess_exec asyncio.subprocess.create_subprocess_shell',
  ),
  ...all(execute, 'os.execv os.execve os.execvp os.execvpe os.execl os.execlp os.execle os.spawnl os.spawnv'),
  'process().communicate': communicate,
  'pty.spawn': spawn,
  'os.posix_spawn': spawn,
  'pexpect.spawn': spawn,
  'os.dup2': duplicate,
  'socket().fileno': fileno,
  'os.startfile': openFile,
  'runpy.run_path': load,
  'ctypes.CDLL': load,
  'ctypes.cdll.LoadLibrary': load,
};
