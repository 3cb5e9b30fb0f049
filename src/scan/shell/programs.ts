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
import { runCode, runFile } from './code.ts';
import { FILE_PROGRAMS } from './file-programs.ts';
import type { Command } from './parse.ts';
import { type InlineLanguage, plainPath, programName, type Shell } from './shell.ts';
import { SYSTEM_PROGRAMS } from './system-programs.ts';
import { TEXT_PROGRAMS } from './text-programs.ts';
import { TRANSFER_PROGRAMS } from './transfer.ts';

type Program = (shell: Shell, args: readonly Value[], input: Value, pos: number, name: string) => Value;

const PROGRAMS: ReadonlyMap<string, Program> = new Map([
  ...Object.entries(TRANSFER_PROGRAMS),
  ...Object.entries(TEXT_PROGRAMS),
  ...Object.entries(FILE_PROGRAMS),
  ...Object.entries(SYSTEM_PROGRAMS),
]);

/** Programs that start the program named after them; the number of own arguments that take a value is small. */
const PREFIXES = new Set([
  'sudo',
  'doas',
  'nohup',
  'command',
  'builtin',
  'exec',
  'nice',
  'setsid',
  'stdbuf',
  'caffeinate',
  'unbuffer',
  'busybox',
  'time',
  'timeout',
  'env',
  'xargs',
  'parallel',
  'watch',
  'then',
  'do',
  'else',
]);
const SHELLS = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'fish', 'su']);
const INTERPRETERS: ReadonlyMap<string, InlineLanguage | 'other'> = new Map<string, InlineLanguage | 'other'>([
  ['node', 'js'],
  ['bun', 'js'],
  ['deno', 'js'],
  ['perl', 'other'],
  ['ruby', 'other'],
  ['php', 'other'],
  ['lua', 'other'],
  ['pwsh', 'powershell'],
  ['powershell', 'powershell'],
]);

/** Runs one simple command; gives what it prints. */
export function runProgram(shell: Shell, command: Command, words: readonly Value[], input: Value): Value {
  let args = words;
  let pos = command.words[0]?.pos ?? command.pos;
  let given = input;
  for (let i = 0; i < 4; i++) {
    const name = programName(args[0] ?? NEVER);
    if (!PREFIXES.has(name)) break;
    const cut = prefixLength(args, name);
    if (cut >= args.length) {
      if (name === 'exec') execRedirect(shell, command, pos);
      break;
    }
    if (name === 'xargs' || name === 'parallel') {
      args = [...args.slice(cut), given];
      given = NEVER;
    } else args = args.slice(cut);
    pos = command.words[Math.min(cut, command.words.length - 1)]?.pos ?? pos;
  }
  const head = args[0] ?? NEVER;
  const name = programName(head);
  const rest = args.slice(1);
  if (name === 'which' || located(words)) return pathOf(rest.at(-1) ?? NEVER);
  if (name === 'eval') return runCode(shell, 'sh', joined(rest), pos, 'run with eval');
  if (name === 'source' || (name === '.' && rest.length > 0)) return sourceFile(shell, command, rest, pos);
  if (SHELLS.has(name)) return runShell(shell, command, name, rest, given, pos);
  const language = /^python[\d.]*$|^pypy3?$|^uv$/.test(name) ? 'py' : INTERPRETERS.get(name);
  if (language) return runInterpreter(shell, command, name, language, rest, given, pos);
  const program = PROGRAMS.get(name);
  if (program) return program(shell, rest, given, pos, name);
  return runOther(shell, head, name, rest, given, pos);
}

/** `command -v name` and `type -P name` print where a program lies. */
function located(words: readonly Value[]): boolean {
  const [first, second] = words.slice(0, 2).map((w) => stringsOf(w)[0] ?? '');
  return (first === 'command' && /^-[vV]$/.test(second ?? '')) || (first === 'type' && /^-[pP]$/.test(second ?? ''));
}

function pathOf(program: Value): Value {
  const names = wholeStrings(program).filter((n) => /^[\w.-]+$/.test(n));
  return names.length === 0 ? OPEN : { ...NEVER, consts: names.map((n) => `/usr/bin/${n}`) };
}

function joined(values: readonly Value[]): Value {
  return values.length === 1 ? values[0]! : concatenate(values.flatMap((v, i) => (i === 0 ? [v] : [constant(' '), v])));
}

function prefixLength(args: readonly Value[], name: string): number {
  let i = 1;
  while (i < args.length) {
    const text = stringsOf(args[i]!)[0] ?? '';
    if (/^-/.test(text)) {
      const takesValue =
        (name === 'sudo' && /^-[ugph]$/.test(text)) ||
        (name === 'xargs' && /^-[InLPdsE]$/.test(text)) ||
        (name === 'nice' && text === '-n') ||
        (name === 'env' && /^-[uCS]$/.test(text));
      i += takesValue ? 2 : 1;
    } else if (name === 'env' && /^[A-Za-z_]\w*=/.test(text)) i++;
    else if (name === 'timeout' && /^\d/.test(text)) i++;
    else break;
  }
  return i;
}

/** `exec 3<>/dev/tcp/host/port`. */
function execRedirect(shell: Shell, command: Command, pos: number): void {
  for (const redirect of command.redirects) {
    const socket = stringsOf(shell.expand(redirect.target))
      .map((t) => /^\/dev\/(?:tcp|udp)\/([^/]+)\/([^/]+)/.exec(t))
      .find((m) => m);
    if (socket) shell.send(pos, '/dev/tcp', constant(`${socket[1]}:${socket[2]}`), NEVER, NEVER);
  }
}

function asFile(command: Command, shell: Shell): Value | undefined {
  for (const word of command.words.slice(1)) {
    if (word.parts.some((p) => p.kind === 'command' && p.asFile)) return shell.expand(word);
  }
  return undefined;
}

function sourceFile(shell: Shell, command: Command, args: readonly Value[], pos: number): Value {
  const process = asFile(command, shell);
  if (process) return runCode(shell, 'sh', process, pos, 'read by the shell with source');
  const content = written(shell, args[0]!);
  if (content) runFile(shell, content, pos, 'read by the shell with source');
  return NEVER;
}

/** The content of a file the text wrote or unpacked before. */
function written(shell: Shell, path: Value): Value | undefined {
  for (const text of stringsOf(path)) {
    const exact = shell.files.get(plainPath(text));
    if (exact) return exact;
    for (const [directory, content] of shell.cloned) if (plainPath(text).startsWith(`${directory}/`)) return content;
    if (/\//.test(text) || /\.(?:sh|py|js|exe|bin|pkg|dmg|app|command)$/.test(text)) {
      const unpacked = shell.files.get('*');
      if (unpacked) return unpacked;
    }
  }
  return undefined;
}

function interactive(texts: readonly string[]): boolean {
  return texts.some((t) => /^-\w*i/.test(t));
}

function toSocket(command: Command, shell: Shell): boolean {
  return command.redirects.some((r) => stringsOf(shell.expand(r.target)).some((t) => /^\/dev\/(?:tcp|udp)\//.test(t)));
}

function runShell(
  shell: Shell,
  command: Command,
  name: string,
  args: readonly Value[],
  input: Value,
  pos: number,
): Value {
  const texts = args.map((a) => stringsOf(a)[0] ?? '');
  const option = texts.findIndex((t) => /^-\w*c$/.test(t));
  if (option >= 0 && args[option + 1]) return runCode(shell, 'sh', args[option + 1]!, pos, `run with ${name} -c`);
  if (interactive(texts) && toSocket(command, shell))
    return tainted([shell.taint('shell-output', '', pos, `starts ${name} on the connection`)]);
  const process = asFile(command, shell);
  if (process) return runCode(shell, 'sh', process, pos, `run with ${name}`);
  const script = args.find((_, i) => !texts[i]!.startsWith('-') && texts[i] !== '');
  if (script && !texts.includes('-s') && name !== 'su') {
    const content = written(shell, script);
    if (content) runFile(shell, content, pos, `run with ${name}`);
    if (script.taints.some((t) => t.kind === 'network')) runCode(shell, 'sh', script, pos, `run with ${name}`);
    return OPEN;
  }
  if (input === NEVER)
    return interactive(texts) ? tainted([shell.taint('shell-output', '', pos, `starts ${name}`)]) : OPEN;
  const output = runCode(shell, 'sh', input, pos, `piped into ${name}`);
  return withTaints(join(output, OPEN), [shell.taint('shell-output', '', pos, `starts ${name}`)]);
}

const CODE_OPTIONS = /^-(?:c|e|E|p|r|Command|EncodedCommand|enc|ec|command|encodedcommand)$|^--(?:eval|print)$|^\/c$/;

function runInterpreter(
  shell: Shell,
  command: Command,
  name: string,
  language: InlineLanguage | 'other',
  args: readonly Value[],
  input: Value,
  pos: number,
): Value {
  const texts = args.map((a) => stringsOf(a)[0] ?? '');
  if (language === 'powershell') {
    const line = joined(args);
    shell.inline('powershell', { ...line, consts: line.consts.map((c) => `powershell ${String(c)}`) }, pos);
  }
  const option = texts.findIndex((t) => CODE_OPTIONS.test(t));
  if (option >= 0 && args[option + 1]) {
    if (language === 'other') reportOneLiner(shell, name, args[option + 1]!, pos);
    return language === 'powershell'
      ? OPEN
      : runCode(shell, language, args[option + 1]!, pos, `run with ${name} ${texts[option]}`);
  }
  const process = asFile(command, shell);
  if (process) return runCode(shell, language, process, pos, `run with ${name}`);
  const script = args.find((_, i) => !texts[i]!.startsWith('-') && texts[i] !== 'run');
  if (script && !(name === 'uv' && texts[0] !== 'run')) {
    const content = written(shell, script);
    if (content) runFile(shell, content, pos, `run with ${name}`);
    const address = wholeStrings(script).find((s) => /^https?:\/\//.test(s));
    if (address)
      runCode(
        shell,
        'other',
        tainted([shell.taint('network', address, pos, `loads ${address}`)]),
        pos,
        `run with ${name}`,
      );
    return OPEN;
  }
  if (name === 'uv' || input === NEVER) return OPEN;
  runCode(shell, language, input, pos, `piped into ${name}`);
  return OPEN;
}

/** Perl, Ruby and PHP are not parsed; what a reverse shell needs is plain in one line. */
function reportOneLiner(shell: Shell, name: string, code: Value, pos: number): void {
  for (const text of wholeStrings(code)) {
    const socket = /Socket|TCPSocket|fsockopen|IO::Socket/.test(text);
    const run = /exec\s*[("{]|system\s*\(|\/bin\/(?:ba)?sh|spawn/.test(text);
    if (socket && run) {
      shell.report(
        {
          rule: 'reverse-shell',
          severity: 'critical',
          confidence: 'high',
          message: `Connects a shell to another machine with a ${name} one-liner.`,
        },
        [shell.step(pos, `run with ${name}`)],
      );
    }
  }
}

/** A program that has no rule: one that was downloaded before is code from the network. */
function runOther(shell: Shell, head: Value, name: string, args: readonly Value[], input: Value, pos: number): Value {
  const remote = head.taints.find((t) => t.kind === 'network');
  if (remote) return runCode(shell, 'sh', head, pos, 'run as a command');
  const content = stringsOf(head).some((t) => t.includes('/')) ? written(shell, head) : installed(shell, name);
  if (content) runFile(shell, content, pos, 'run as a program');
  const opened =
    name === 'open' || name === 'start' || name === 'installer' || name === 'hdiutil' || name === 'msiexec';
  if (opened) {
    for (const arg of args) {
      const file = written(shell, arg);
      if (file) runFile(shell, file, pos, `opened with ${name}`);
    }
  }
  const miner = MINERS.test(name) || args.some((a) => stringsOf(a).some((s) => /^stratum\+?\w*:\/\//.test(s)));
  if (miner && name !== '') {
    shell.report(
      {
        rule: 'crypto-mining',
        severity: 'critical',
        confidence: 'high',
        message: `Runs the cryptocurrency miner ${name}.`,
      },
      [shell.step(pos, 'run as a program')],
    );
  }
  if (head.open && head.taints.some((t) => t.kind === 'decoded'))
    return runCode(shell, 'sh', head, pos, 'run as a command');
  return input === NEVER ? OPEN : tainted(input.taints);
}

const MINERS =
  /^(?:xmrig|minerd|cpuminer|ccminer|nbminer|t-rex|ethminer|lolminer|cgminer|bfgminer|teamredminer|phoenixminer|xmr-stak)/i;

function installed(shell: Shell, name: string): Value | undefined {
  if (name === '' || name === HOLE) return undefined;
  for (const [path, content] of shell.files) {
    if (/(?:^|\/)s?bin\//.test(path) && path.endsWith(`/${name}`)) return content;
  }
  return undefined;
}
