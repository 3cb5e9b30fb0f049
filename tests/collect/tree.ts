import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** A file by its text, or anything else by what it is. Modes are octal numbers; a directory ends in `/`. */
export type Entry =
  | string
  | { readonly text?: string; readonly mode?: number; readonly link?: string; readonly fifo?: true };

export const NOBODY = 65534;
export const isRoot = process.geteuid?.() === 0;

/** A fresh directory that others may enter. */
export function scratch(name: string): { readonly dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), `${name}-`));
  chmodSync(dir, 0o755);
  return {
    dir,
    remove: () => {
      openUp(dir);
      // Unlike it removes what no path leads to any more.
      execFileSync('rm', ['-rf', '--', dir]);
    },
  };
}

/** Lays out a tree below `root`: files 0600 and directories 0700, unless said otherwise. Modes are set last. */
export function layOut(root: string, entries: Readonly<Record<string, Entry>>): void {
  const modes: [path: string, mode: number][] = [];
  for (const [name, entry] of Object.entries(entries)) {
    const path = join(root, name);
    const { text = '', mode, link, fifo } = typeof entry === 'string' ? { text: entry } : entry;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (name.endsWith('/')) mkdirSync(path, { recursive: true, mode: 0o700 });
    else if (link !== undefined) symlinkSync(link, path);
    else if (fifo) execFileSync('mkfifo', ['-m', '600', path]);
    else writeFileSync(path, text, { mode: 0o600 });
    if (mode !== undefined) modes.push([path, mode]);
  }
  for (const [path, mode] of modes.reverse()) chmodSync(path, mode);
}

/** Gives everything below and including `path` to a user. */
export function giveTo(uid: number, path: string): void {
  const directory = lstatSync(path).isDirectory();
  if (directory) for (const name of readdirSync(path)) giveTo(uid, join(path, name));
  lchownSync(path, uid, uid);
}

/**
 * Runs TypeScript in a process of its own that is not root, and returns what it gives to `answer`. It may import from
 * `../../src`; `input` is what it is given.
 */
export function asNobody<T>(code: string, input: unknown): T {
  const { outputFiles } = buildSync({
    stdin: { contents: `${PROLOGUE}\n${code}`, resolveDir: dirname(fileURLToPath(import.meta.url)), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
  });
  const out = execFileSync(process.execPath, ['-', JSON.stringify(input)], {
    input: outputFiles[0]!.text,
    cwd: '/',
    timeout: 30_000,
    maxBuffer: 16 * 1024 * 1024,
  });
  return JSON.parse(out.toString('utf8')) as T;
}

const PROLOGUE = `
if (process.geteuid() === 0) { process.setgroups([]); process.setgid(${NOBODY}); process.setuid(${NOBODY}); }
const input: any = JSON.parse(process.argv[2]!);
const answer = (value: unknown) => process.stdout.write(JSON.stringify(value));
`;

/** So that also someone who is not root can remove it. */
function openUp(dir: string): void {
  if (isRoot) return;
  chmodSync(dir, 0o700);
  for (const entry of readdirSync(dir, { withFileTypes: true })) if (entry.isDirectory()) openUp(join(dir, entry.name));
}
