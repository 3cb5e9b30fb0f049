import { constant, HOLE, joinAll, NEVER, OPEN, stringsOf, tainted, type Value } from '../flow/value.ts';
import { splitArguments, valuesOf } from './options.ts';
import { plainPath, type Shell } from './shell.ts';

type Program = (shell: Shell, args: readonly Value[], input: Value, pos: number, name: string) => Value;

/** `tee file`: what passes by is also written. */
const tee: Program = (shell, args, input, pos, name) => {
  const split = splitArguments(args, new Set());
  for (const path of split.rest)
    shell.writeFile(pos, name, path, input, split.flags.has('-a') || split.flags.has('--append'));
  return input;
};

/** `cp`, `mv`, `ln`, `install`: the last argument becomes the others. */
const copy: Program = (shell, args, _input, pos, name) => {
  const split = splitArguments(args, new Set(['-m', '-o', '-g', '-t', '--mode', '--target-directory']));
  const target = valuesOf(split, ['-t', '--target-directory'])[0] ?? split.rest.at(-1);
  const sources = split.rest.slice(0, -1);
  if (!target || sources.length === 0) return OPEN;
  const content = joinAll(sources.map((s) => shell.readFile(s, pos)));
  const kept = { ...content, taints: content.taints.filter((t) => t.kind !== 'file' && t.kind !== 'home-file') };
  let path = target;
  if (stringsOf(target).every((t) => t.endsWith('/'))) {
    const names = sources.flatMap((s) => stringsOf(s).map((t) => t.split('/').at(-1) ?? ''));
    path = { ...target, consts: stringsOf(target).flatMap((t) => names.map((n) => t + n)) };
  }
  shell.writeFile(pos, name, path, kept, false);
  return OPEN;
};

/** `dd of=path`. */
const dd: Program = (shell, args, input, pos) => {
  for (const text of args.flatMap((a) => stringsOf(a))) {
    const target = /^of=(.+)$/.exec(text)?.[1];
    if (target === undefined) continue;
    if (/^\/dev\/(?:sd|hd|nvme|disk|vd|mmcblk)/.test(target)) {
      shell.report(
        {
          rule: 'destructive-delete',
          severity: 'critical',
          confidence: 'high',
          message: `Overwrites the disk ${target}.`,
        },
        [shell.step(pos, 'written with dd')],
      );
    } else shell.writeFile(pos, 'dd', constant(target), input, false);
  }
  return input;
};

const chmod: Program = (shell, args, _input, pos, name) => {
  const texts = args.map((a) => stringsOf(a)[0] ?? '');
  const at = texts.findIndex((t) => !t.startsWith('-') || /^-[rwx]/.test(t));
  const mode = texts[at] ?? '';
  const recursive = texts.some((t) => /^-\w*R/.test(t));
  const paths = args.slice(at + 1);
  const open = /^0?[0-7]?777$|^a\+rwx$|^(?:ugo|a)[+=]rwx|^o\+w/.test(mode);
  const setuid = /^[ug]+\+s$|^0?[4-6][0-7]{3}$/.test(mode);
  for (const path of paths) {
    for (const text of stringsOf(path)) {
      if (setuid)
        shell.report(
          {
            rule: 'unsafe-permissions',
            severity: 'warn',
            confidence: 'high',
            message: `Lets ${shown(text)} run with its owner's rights.`,
          },
          [shell.step(pos, `changed with ${name}`)],
        );
      else if (open) {
        const wide = recursive || /^[/~]/.test(text);
        shell.report(
          {
            rule: 'unsafe-permissions',
            severity: wide ? 'warn' : 'info',
            confidence: 'high',
            message: `Lets every user read and write ${shown(text)}.`,
          },
          [shell.step(pos, `changed with ${name}`)],
        );
      }
    }
  }
  return OPEN;
};

function shown(text: string): string {
  return text.replaceAll(HOLE, '…').slice(0, 60);
}

const WHOLE =
  /^(?:~|\/|\/\*|~\/\*?|~\/\.\*|\/home(?:\/\*?)?|\/Users(?:\/\*?)?|\/root(?:\/\*?)?|\/etc|\/usr|\/var|\/bin|\/lib|\/boot|~\/(?:Documents|Desktop|Pictures|\.openclaw|\.ssh)\/?\*?)$/;

const remove: Program = (shell, args, _input, pos, name) => {
  const split = splitArguments(args, new Set());
  const recursive = name !== 'rm' || split.flags.has('-r') || split.flags.has('-R') || split.flags.has('--recursive');
  if (!recursive) return OPEN;
  for (const path of split.rest) {
    for (const text of stringsOf(path)) {
      if (!WHOLE.test(text) && !(text === `/${HOLE}` && split.flags.has('--no-preserve-root'))) continue;
      shell.report(
        {
          rule: 'destructive-delete',
          severity: 'critical',
          confidence: 'high',
          message: `Deletes ${shown(text)} with everything in it.`,
        },
        [shell.step(pos, `deleted with ${name}`)],
      );
    }
  }
  return OPEN;
};

const format: Program = (shell, args, _input, pos, name) => {
  const device = args.flatMap((a) => stringsOf(a)).find((t) => t.startsWith('/dev/'));
  if (device)
    shell.report(
      {
        rule: 'destructive-delete',
        severity: 'critical',
        confidence: 'high',
        message: `Erases the disk ${shown(device)}.`,
      },
      [shell.step(pos, `erased with ${name}`)],
    );
  return OPEN;
};

const fifo: Program = (shell, args, _input, pos) => {
  for (const path of args.flatMap((a) => stringsOf(a))) {
    // What is typed at the other end comes out of it.
    shell.files.set(plainPath(path), tainted([shell.taint('input', 'a pipe', pos, 'reads from a pipe')]));
  }
  return OPEN;
};

const verify: Program = (shell, args, input) => {
  const texts = args.flatMap((a) => stringsOf(a));
  if (texts.some((t) => /^(?:-c|--check|--verify|verify(?:-blob)?|-V|-Vm|-\w*c)$/.test(t)) || input !== NEVER)
    shell.checked = true;
  return OPEN;
};

/** `cd directory`: paths that follow are meant from there. */
const change: Program = (shell, args) => {
  const target = stringsOf(args.find((a) => !stringsOf(a)[0]?.startsWith('-')) ?? constant('~'))[0] ?? '';
  const absolute = /^[/~]/.test(target);
  if (target.includes(HOLE)) shell.directory = '';
  else if (absolute) shell.directory = target.replace(/\/$/, '');
  else if (shell.directory !== '') shell.directory += `/${target}`;
  return OPEN;
};

/** Programs that change files, and those that compare checksums. */
export const FILE_PROGRAMS: Readonly<Record<string, Program>> = {
  cd: change,
  pushd: change,
  tee,
  cp: copy,
  mv: copy,
  ln: copy,
  install: copy,
  ditto: copy,
  dd,
  chmod,
  rm: remove,
  shred: (shell, args, input, pos, name) => remove(shell, args, input, pos, name),
  mkfs: format,
  'mkfs.ext4': format,
  wipefs: format,
  mkfifo: fifo,
  mknod: fifo,
  sha256sum: verify,
  sha512sum: verify,
  shasum: verify,
  sha1sum: verify,
  md5sum: verify,
  minisign: verify,
  cosign: verify,
  gpgv: verify,
  gpg2: verify,
};
