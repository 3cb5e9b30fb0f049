import { commandOutput } from './outputs.ts';
import { bytesToText, decodeBase64, decodeHex } from '../encodings.ts';
import {
  concatenate,
  constant,
  constants,
  HOLE,
  join,
  joinAll,
  NEVER,
  OPEN,
  stringsOf,
  tainted,
  type Value,
  wholeStrings,
  withTaints,
} from '../flow/value.ts';
import { PLUGIN_ENTRY } from '../data/sensitive-paths.ts';
import { splitArguments } from './options.ts';
import { CRON_JOBS } from './system-programs.ts';
import type { Shell } from './shell.ts';

type Program = (shell: Shell, args: readonly Value[], input: Value, pos: number, name: string) => Value;

function isOption(value: Value): boolean {
  // A single `-` is standard input or output.
  return /^-./s.test(stringsOf(value)[0] ?? '');
}

/** Prints its arguments. */
const echo: Program = (shell, args, _input, pos) => {
  const escapes = args.some((a) => /^-\w*e/.test(stringsOf(a)[0] ?? ''));
  const shown = args.filter((a) => !/^-[neE]+$/.test(stringsOf(a)[0] ?? ''));
  const text = concatenate(shown.flatMap((a, i) => (i === 0 ? [a] : [constant(' '), a])));
  return escapes ? unescaped(shell, text, pos) : text;
};

const printf: Program = (shell, args, _input, pos) => {
  if (args.length === 0) return OPEN;
  const values = args.slice(1);
  const format = args[0]!;
  const text = stringsOf(format)[0] ?? '';
  const pieces = text.split(/%[-\d.]*[sbdxq]/);
  const parts = pieces.flatMap((piece, i) =>
    i < pieces.length - 1 ? [constant(piece), values[i] ?? NEVER] : [constant(piece)],
  );
  const filled = concatenate(
    parts.filter((p) => p !== NEVER),
    shell.labels(args),
  );
  return unescaped(shell, filled, pos);
};

/** `\x41` and `\101` in printed text. */
function unescaped(shell: Shell, value: Value, pos: number): Value {
  let hidden = false;
  const consts = value.consts.map((c) => {
    const text = String(c);
    const count = text.match(/\\(?:x[0-9a-fA-F]{2}|0?[0-7]{3})/g)?.length ?? 0;
    if (count >= 6) hidden = true;
    return text
      .replace(/\\x([0-9a-fA-F]{2})/g, (_, h: string) => String.fromCharCode(Number.parseInt(h, 16)))
      .replace(/\\0?([0-7]{3})/g, (_, o: string) => String.fromCharCode(Number.parseInt(o, 8) & 0xff))
      .replaceAll('\\n', '\n')
      .replaceAll('\\t', '\t');
  });
  const out = { ...value, consts };
  return hidden ? withTaints(out, [shell.taint('decoded', 'escapes', pos, 'prints a text hidden by escapes')]) : out;
}

/** Reads files, or passes its input on. */
const cat: Program = (shell, args, input, pos) => {
  const files = args.filter((a) => !isOption(a));
  if (files.length === 0 || files.every((f) => stringsOf(f).includes('-'))) return input;
  return joinAll(files.map((f) => (f.taints.some((t) => t.kind === 'network') ? f : shell.readFile(f, pos))));
};

/** `read name`: the variable holds a line of the input. */
const read: Program = (shell, args, input, pos) => {
  const split = splitArguments(args, new Set(['-d', '-n', '-p', '-t', '-u', '-N', '-i']));
  for (const name of split.rest.flatMap((a) => stringsOf(a))) {
    if (/^\w+$/.test(name))
      shell.setVariable(
        name,
        input === NEVER ? OPEN : shell.through({ ...input, open: true }, pos, `read into ${name}`),
      );
  }
  return NEVER;
};

/** True for a filter of `jq` that sets the settings of one plugin, by its name, and nothing else. */
function setsOnePlugin(filterText: string): boolean {
  return (
    /^\s*\.plugins\.entries(?:\.[\w-]+|\.?\["[\w@/-]+"\])(?:\.(?:enabled|config)\b[\w.]*)?\s*=\s*(?:\{[^|]*\}|true|"[^"|]*")\s*$/.test(
      filterText,
    ) && !/https?:|\.\.\/|[;`]/.test(filterText)
  );
}

/** Filters whose first plain argument is a pattern or script. */
const filter: Program = (shell, args, input, pos, name) => {
  const files = args.filter((a) => !isOption(a)).slice(1);
  if (args.some((a) => /^(?:-\w*i|--in-place)/.test(stringsOf(a)[0] ?? '')) && (name === 'sed' || name === 'yq')) {
    for (const file of files) shell.writeFile(pos, name, file, NEVER, false);
    return NEVER;
  }
  if (name === 'jq' && args.some((a) => wholeStrings(a).some(setsOnePlugin))) {
    const result = joinAll([tainted(input.taints), ...files.map((f) => shell.readFile(f, pos))]);
    return { ...result, apis: [PLUGIN_ENTRY] };
  }
  // Anything but leaving lines out may put some in.
  const leavesOut = /^[ef]?grep$|^rg$/.test(name);
  const kept = leavesOut ? input.taints : input.taints.filter((t) => t.detail !== CRON_JOBS);
  if (files.length === 0) return tainted(kept);
  return joinAll([tainted(kept), ...files.map((f) => shell.readFile(f, pos))]);
};

function decoded(
  shell: Shell,
  value: Value,
  pos: number,
  decode: (text: string) => Uint8Array | undefined,
  what: string,
): Value {
  const texts = wholeStrings(value).map((t) => {
    const bytes = decode(t);
    return bytes ? bytesToText(bytes) : undefined;
  });
  const known = texts.filter((t): t is string => t !== undefined);
  const out = known.length > 0 ? constants(known) : OPEN;
  return withTaints(withTaints(out, value.taints), [shell.taint('decoded', what, pos, 'decodes a hidden text')]);
}

const base64: Program = (shell, args, input, pos) => {
  const split = splitArguments(args, new Set(['-i', '-o', '-w', '-b']));
  const decodes = ['-d', '-D', '--decode'].some((f) => split.flags.has(f));
  const files = split.rest.length > 0 ? joinAll(split.rest.map((f) => shell.readFile(f, pos))) : NEVER;
  const data = join(input, files);
  return decodes
    ? decoded(shell, data, pos, decodeBase64, 'base64')
    : shell.through(tainted(data.taints), pos, 'encoded as base64');
};

const xxd: Program = (shell, args, input, pos) => {
  const texts = args.map((a) => stringsOf(a)[0] ?? '');
  if (!texts.some((t) => /^-\w*r/.test(t)))
    return cat(
      shell,
      args.filter((a) => !isOption(a)),
      input,
      pos,
      'xxd',
    );
  return decoded(shell, input, pos, (t) => decodeHex(t.replaceAll('\\x', '')), 'hexadecimal');
};

const decompress: Program = (shell, args, input, pos, name) => {
  const value = cat(shell, args, input, pos, name);
  return withTaints(tainted(value.taints), [shell.taint('decoded', 'archive', pos, 'unpacks')]);
};

const reverse: Program = (shell, args, input, pos, name) => {
  const value = cat(shell, args, input, pos, name);
  const known = wholeStrings(value).map((t) => [...t].reverse().join(''));
  const out = known.length > 0 ? constants(known) : OPEN;
  return withTaints(withTaints(out, value.taints), [shell.taint('decoded', 'reversed', pos, 'reverses a hidden text')]);
};

/** `tr` can undo a rotation of letters. */
const translate: Program = (shell, args, input, pos) => {
  const rotates =
    /[a-z]-[a-z].*[a-z]-[a-z]/i.test(stringsOf(args.at(-1) ?? NEVER)[0] ?? '') &&
    args.length >= 2 &&
    wholeStrings(input).length > 0;
  return rotates &&
    !stringsOf(args[0]!).some((t) => t.startsWith('-d') || t === '[:lower:]') &&
    /n-za-m/i.test(args.map((a) => stringsOf(a)[0]).join(' '))
    ? withTaints(OPEN, [...input.taints, shell.taint('decoded', 'rotated letters', pos, 'decodes a hidden text')])
    : tainted(input.taints);
};

/** Names of files below a directory. */
const find: Program = (shell, args, _input, pos) => {
  const texts = args.map((a) => stringsOf(a)[0] ?? '');
  const roots = texts.slice(
    0,
    texts.findIndex((t) => t.startsWith('-')) < 0 ? undefined : texts.findIndex((t) => t.startsWith('-')),
  );
  const wanted = texts.flatMap((t, i) => (/^-i?(?:name|path|wholename)$/.test(t) ? [texts[i + 1] ?? ''] : []));
  const paths = roots.flatMap((r) =>
    wanted.length > 0
      ? wanted.map((w) => `${r.replace(/\/$/, '')}/${w.includes('/') ? w : `${HOLE}/${w}`}`)
      : [`${r}/${HOLE}`],
  );
  const names = constants(paths.slice(0, 10).map((p) => p.replaceAll('*', HOLE)));
  const exec = texts.findIndex((t) => t === '-exec' || t === '-execdir');
  if (exec >= 0 && /^(?:cat|base64|tar|zip|head|grep|cp)$/.test(texts[exec + 1] ?? ''))
    return joinAll(stringsOf(names).map((n) => tainted(shell.contentTaints(n, pos))));
  return names;
};

/** Archives hold what they are made of. */
const archive: Program = (shell, args, input, pos, name) => {
  const texts = args.map((a) => stringsOf(a)[0] ?? '');
  const joined = name === 'tar' ? (texts[0] ?? '') : '';
  const creates =
    name === 'tar'
      ? /^-?\w*c/.test(joined) || texts.includes('--create')
      : name === 'zip' || (name === '7z' && texts[0] === 'a');
  const password = texts.some((t) => /^-p./.test(t) || t === '-P' || t.startsWith('--password'));
  const files = args.filter((a, i) => !isOption(a) && !(name === 'tar' && i === 0) && !(name === '7z' && i === 0));
  if (!creates) return unpack(shell, args, input, pos, name, password);
  const holdsName = name === 'tar' ? /f/.test(joined) || texts.includes('-f') : true;
  const target = holdsName ? files[0] : undefined;
  const content = joinAll((holdsName ? files.slice(1) : files).map((f) => shell.readFile(f, pos)));
  const packed = shell.through(tainted(content.taints.filter((t) => t.kind !== 'file')), pos, `packed with ${name}`);
  if (!target || stringsOf(target).includes('-')) return packed;
  for (const path of stringsOf(target)) shell.files.set(path.replace(/^\.\//, ''), packed);
  return NEVER;
};

function unpack(
  shell: Shell,
  args: readonly Value[],
  input: Value,
  pos: number,
  name: string,
  password: boolean,
): Value {
  const files = args.filter((a) => !isOption(a));
  let content = input;
  for (const file of files)
    for (const path of stringsOf(file)) content = join(content, shell.files.get(path.replace(/^\.\//, '')) ?? NEVER);
  if (password && /^(?:unzip|7z|7za|unrar)$/.test(name)) {
    const remote = content.taints.find((t) => t.kind === 'network');
    shell.report(
      {
        rule: 'encrypted-archive',
        severity: remote ? 'critical' : 'warn',
        confidence: 'high',
        message: `Unpacks an archive whose password stands beside it, which only keeps scanners from looking inside${remote ? '; it comes from the network' : ''}.`,
      },
      [shell.step(pos, `unpacked with ${name}`)],
    );
  }
  const remote = content.taints.filter((t) => t.kind === 'network');
  if (remote.length === 0) return content;
  // Everything that is unpacked counts as downloaded.
  const inner = withTaints(tainted(remote), [shell.taint('decoded', 'archive', pos, 'unpacks')]);
  shell.files.set('*', join(shell.files.get('*') ?? NEVER, inner));
  return inner;
}

const known: Program = (shell, args, input, pos, name) => commandOutput(shell, name, args, input, pos);
const pass: Program = (_shell, _args, input) => tainted(input.taints);

const entries: [string, Program][] = [
  ['echo', echo],
  ['read', read],
  ['printf', printf],
  ['base64', base64],
  ['gbase64', base64],
  ['base32', base64],
  ['xxd', xxd],
  ['rev', reverse],
  ['tac', reverse],
  ['tr', translate],
  ['find', find],
  ['tee', pass],
];
for (const name of [
  'cat',
  'head',
  'tail',
  'less',
  'more',
  'strings',
  'nl',
  'bat',
  'sort',
  'uniq',
  'type',
  'gpg',
  'age',
  'paste',
  'od',
  'hexdump',
])
  entries.push([name, cat]);
for (const name of ['grep', 'egrep', 'rg', 'sed', 'awk', 'jq', 'yq', 'cut', 'sqlite3'])
  entries.push([
    name,
    name === 'sqlite3'
      ? (shell, args, input, pos) => cat(shell, args.slice(0, 1), input, pos, 'sqlite3')
      : name === 'cut'
        ? pass
        : filter,
  ]);
for (const name of ['gunzip', 'zcat', 'bunzip2', 'xz', 'unxz', 'zstd', 'bzcat']) entries.push([name, decompress]);
for (const name of ['tar', 'zip', '7z', '7za', 'unzip', 'unrar', 'gzip']) entries.push([name, archive]);
for (const name of [
  'env',
  'printenv',
  'set',
  'export',
  'declare',
  'history',
  'hostname',
  'whoami',
  'id',
  'uname',
  'ifconfig',
  'ip',
  'pbpaste',
  'xclip',
  'xsel',
  'wl-paste',
  'security',
  'secret-tool',
  'pass',
  'op',
  'screencapture',
  'scrot',
  'ps',
  'system_profiler',
  'ioreg',
])
  entries.push([name, known]);

/** Programs that print, read, encode or pack. */
export const TEXT_PROGRAMS: Readonly<Record<string, Program>> = Object.fromEntries(entries);
