import { type CallSite, type Machine, place } from '../../flow/machine.ts';
import { elementsOf } from '../../flow/members.ts';
import { arg, callBack, lastFunction, type Model, type Models, option, send, source } from '../../flow/model.ts';
import { commandOutput, isShellProgram } from '../../flow/command-output.ts';
import { HOLE, join, joinAll, NEVER, object, OPEN, stringsOf, tainted, type Value } from '../../flow/value.ts';
import { copiedByProgram } from './clipboard.ts';
import { flowInto } from './sockets.ts';

interface Started {
  readonly command: Value;
  readonly args: Value;
  readonly argList: readonly Value[] | undefined;
  readonly shell: boolean;
}

/** Records that a program starts; gives what its output may be. */
function start(machine: Machine, site: CallSite, name: string, started: Started): Value {
  machine.emit(
    { kind: 'command', file: site.frame.unit.path, pos: place(site.node), api: name, ...started },
    site.frame,
  );
  return commandOutput(machine, site, started.command, started.argList);
}

/** The child process object: its streams carry the output, its input takes commands. */
function child(machine: Machine, site: CallSite, started: Started, output: Value): Value {
  const obj = machine.object(site.frame, site.node, 'object', 'child_process.ChildProcess');
  const stdin = machine.object(site.frame, `${site.node.start}:stdin`, 'object', 'child.stdin');
  stdin.note(machine.round, 'program', started.command);
  const shell = stringsOf(started.command).some(isShellProgram);
  const out = shell ? tainted([...output.taints, source(machine, site, 'shell-output', '', 'starts a shell')]) : output;
  obj.write(machine.round, 'stdin', object(stdin));
  for (const stream of ['stdout', 'stderr', 'output', 'stdio']) obj.write(machine.round, stream, out);
  return { ...NEVER, objects: [obj], taints: out.taints };
}

/** `exec(command, options?, callback?)`: a shell reads the command. */
const shellModel: Model = (machine, site, name) => {
  const started: Started = { command: arg(site, 0), args: NEVER, argList: undefined, shell: true };
  const output = start(machine, site, name, started);
  callBack(machine, site, lastFunction(site), [OPEN, output, output]);
  copiedByProgram(machine, site, name, arg(site, 0), option(machine, site, arg(site, 1), 'input'));
  return name.endsWith('Sync') ? output : child(machine, site, started, output);
};

/** `spawn(file, args?, options?)`: a shell only with the option `shell`. */
const programModel: Model = (machine, site, name) => {
  const second = arg(site, 1);
  const isList = second.objects.some((o) => o.kind === 'array');
  const options = joinAll([isList ? NEVER : second, arg(site, 2), arg(site, 3)]);
  const shellOption = option(machine, site, options, 'shell');
  const shell = shellOption.consts.some((c) => c === true || (typeof c === 'string' && c !== ''));
  const args = isList || second.open ? elementsOf(machine, second) : NEVER;
  const argList = isList
    ? second.objects.find((o) => o.kind === 'array')?.list(machine.round)
    : site.args.length < 2
      ? []
      : undefined;
  const started: Started = { command: arg(site, 0), args, argList, shell };
  const output = start(machine, site, name, started);
  callBack(machine, site, lastFunction(site), [OPEN, output, output]);
  connected(machine, site, options);
  copiedByProgram(machine, site, name, arg(site, 0), option(machine, site, options, 'input'));
  return name.endsWith('Sync')
    ? { ...output, objects: child(machine, site, started, output).objects }
    : child(machine, site, started, output);
};

/** `stdio: [socket, socket, socket]` joins a program and a connection. */
function connected(machine: Machine, site: CallSite, options: Value): void {
  const stdio = option(machine, site, options, 'stdio');
  const streams = join(stdio, elementsOf(machine, { ...stdio, taints: [] }));
  const shell = stringsOf(arg(site, 0)).some(isShellProgram);
  for (const obj of streams.objects) {
    if (obj.api !== 'net.Socket' || !shell) continue;
    const url = obj.noted(machine.round, 'url');
    const body = tainted([source(machine, site, 'shell-output', '', 'starts a shell on the connection')]);
    send(machine, site, { api: 'net.Socket', url, headers: NEVER, body }, 'stdio');
  }
}

/** `fork` and workers run a module of Node itself. */
const moduleModel: Model = (machine, site, name) => {
  const options = arg(site, name.startsWith('child_process') ? 2 : 1);
  const evaluated = option(machine, site, options, 'eval').consts.includes(true);
  machine.emit(
    {
      kind: 'code',
      file: site.frame.unit.path,
      pos: place(site.node),
      api: name,
      code: arg(site, 0),
      how: evaluated ? 'eval' : 'load',
    },
    site.frame,
  );
  return object(machine.object(site.frame, site.node, 'object', 'worker'));
};

/** `zx`, Bun and execa templates: the text is a command. */
const templateModel: Model = (machine, site, name) => {
  const started: Started = { command: arg(site, 0), args: NEVER, argList: undefined, shell: name !== 'execa.$' };
  return start(machine, site, name, started);
};

/** `Bun.spawn([file, ...args])`, `Deno.run({ cmd })`. */
const listModel: Model = (machine, site, name) => {
  let list = arg(site, 0);
  const cmd = option(machine, site, list, 'cmd');
  if (cmd !== NEVER) list = cmd;
  const known = list.objects.find((o) => o.kind === 'array')?.list(machine.round);
  const all = elementsOf(machine, list);
  const started: Started = { command: known?.[0] ?? all, args: all, argList: known?.slice(1), shell: false };
  return child(machine, site, started, start(machine, site, name, started));
};

const denoCommand: Model = (machine, site, name) => {
  const args = option(machine, site, arg(site, 1), 'args');
  return programModel(machine, { ...site, args: [arg(site, 0), args] }, name);
};

const binding: Model = (machine, site, name) => {
  const which = stringsOf(arg(site, 0));
  machine.emit(
    {
      kind: 'notice',
      file: site.frame.unit.path,
      pos: place(site.node),
      api: name,
      notice: 'native-hook',
      detail: which.includes(HOLE) ? '' : which.join(', '),
    },
    site.frame,
  );
  return OPEN;
};

/** Writing to a terminal emulator is typing into its shell. */
const terminal: Model = (machine, site) => {
  flowInto(machine, site, site.self, arg(site, 0));
  return OPEN;
};

/** Ways to start programs. */
export const COMMAND_MODELS: Models = {
  'child_process.exec': shellModel,
  'child_process.execSync': shellModel,
  'child_process.spawn': programModel,
  'child_process.spawnSync': programModel,
  'child_process.execFile': programModel,
  'child_process.execFileSync': programModel,
  'child_process.fork': moduleModel,
  'child_process.*': shellModel,
  'worker_threads.Worker': moduleModel,
  Worker: moduleModel,
  'cross-spawn': programModel,
  'cross-spawn.sync': programModel,
  'cross-spawn.spawn': programModel,
  execa: programModel,
  'execa.execa': programModel,
  'execa.execaSync': programModel,
  'execa.sync': programModel,
  'execa.execaCommand': shellModel,
  'execa.execaCommandSync': shellModel,
  'execa.command': shellModel,
  'execa.$': templateModel,
  'zx.$': templateModel,
  'Bun.$': templateModel,
  'bun.$': templateModel,
  'Bun.spawn': listModel,
  'Bun.spawnSync': listModel,
  'Deno.run': listModel,
  'Deno.Command': denoCommand,
  'shelljs.exec': shellModel,
  'sudo-prompt.exec': shellModel,
  'node-cmd.run': shellModel,
  'node-cmd.runSync': shellModel,
  'tinyexec.x': programModel,
  'tinyexec.exec': programModel,
  'nano-spawn': programModel,
  'node-pty.spawn': programModel,
  'child_process.ChildProcess.stdin.write': terminal,
  'process.binding': binding,
  'process._linkedBinding': binding,
  'process.dlopen': (machine, site, name) => {
    machine.emit(
      { kind: 'code', file: site.frame.unit.path, pos: place(site.node), api: name, code: arg(site, 1), how: 'load' },
      site.frame,
    );
    return OPEN;
  },
};
