import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import type { FileWrite, ModeChange, Transaction } from '../../src/core/transaction.ts';
import type { Job, Outcome } from './child.ts';

/** Whether what only root can arrange can be arranged. */
export const ROOT = process.getuid?.() === 0;
/** A user that is neither root nor the one who runs the tests. */
export const NOBODY = 65534;

/** How to get a mount table of one's own here; `undefined` where the system does not allow it. */
export const OWN_MOUNTS = [
  ['unshare', '-m'],
  ['unshare', '-rm'],
].find(([program, flag]) => spawnSync(program!, [flag!, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0);

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A scratch directory with a state directory and a place for the journal. */
export interface Home {
  readonly dir: string;
  readonly stateDir: string;
  readonly journalDir: string;
}

export function makeHome(name = 'home', base = os.tmpdir()): Home {
  const dir = fs.realpathSync(fs.mkdtempSync(path.join(base, `fix-${name}-`)));
  const stateDir = path.join(dir, 'state');
  fs.mkdirSync(stateDir, { mode: 0o755 });
  return { dir, stateDir, journalDir: path.join(dir, 'journal') };
}

/** Creates a file with an exact mode and an old modification time that has a nanosecond part on most file systems. */
export function put(file: string, text: string, mode = 0o644): string {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  fs.chmodSync(file, mode);
  fs.utimesSync(file, 1_700_000_000.25, 1_700_000_001.5);
  return file;
}

export function write(file: string, text: string, more: Partial<FileWrite> = {}): FileWrite {
  return {
    kind: 'write',
    path: file,
    expect: { sha256: sha256(fs.readFileSync(file)) },
    bytes: Buffer.from(text),
    ...more,
  };
}

export function chmod(file: string, to: number, more: Partial<ModeChange> = {}): ModeChange {
  const stat = fs.statSync(file);
  return { kind: 'chmod', path: file, from: stat.mode & 0o7777, to, dir: stat.isDirectory(), ...more };
}

export function transaction(home: Home, ...operations: Transaction['operations']): Transaction {
  return { stateDir: home.stateDir, description: 'test', operations };
}

/** Everything below a directory: mode, and for files content and modification time. */
export function snapshot(dir: string): Record<string, string> {
  const seen: Record<string, string> = {};
  const visit = (at: string): void => {
    const stat = fs.lstatSync(at, { bigint: true });
    const name = path.relative(dir, at) || '.';
    const mode = (Number(stat.mode) & 0o7777).toString(8);
    if (stat.isDirectory()) {
      seen[name] = `directory ${mode}`;
      for (const entry of fs.readdirSync(at).sort()) visit(path.join(at, entry));
    } else if (stat.isSymbolicLink()) seen[name] = `link to ${fs.readlinkSync(at)}`;
    else seen[name] = `${mode} ${stat.uid} ${stat.nlink} ${stat.mtimeNs} ${sha256(fs.readFileSync(at))}`;
  };
  visit(dir);
  return seen;
}

/** The same without times and owners: what a transaction means to change. */
export function shape(dir: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(snapshot(dir)).map(([name, text]) => [name, text.replace(/^(\d+) \d+ (\d+) -?\d+ /, '$1 $2 ')]),
  );
}

/** Bundles the child for plain Node; gives its path. */
export async function bundleChild(dir: string): Promise<string> {
  const outfile = path.join(dir, 'child.cjs');
  await esbuild.build({
    entryPoints: [new URL('child.ts', import.meta.url).pathname],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  fs.chmodSync(outfile, 0o644);
  return outfile;
}

export interface Ended extends Partial<Outcome> {
  readonly signal: NodeJS.Signals | null;
  readonly status: number | null;
  readonly stderr: string;
}

export interface ChildOptions {
  readonly uid?: number;
  /** Program and arguments to start Node under. */
  readonly under?: readonly string[];
  /** Sends a signal this many milliseconds after the start, or when standard error shows `verifying`. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly after: number | 'verifying' };
}

/** Runs one job in a process of its own. */
export function runChild(child: string, job: Job, options: ChildOptions = {}): Promise<Ended> {
  // With this variable Node 20 reads a certificate bundle at every start, which takes longer than the job.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const [program, ...args] = [...(options.under ?? []), process.execPath, child];
  return new Promise((resolve, reject) => {
    const run = spawn(program!, args, {
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    });
    let stdout = '';
    let stderr = '';
    let timer: NodeJS.Timeout | undefined;
    const { signal } = options;
    if (typeof signal?.after === 'number') timer = setTimeout(() => run.kill(signal.name), signal.after);
    run.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    run.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
      if (signal?.after === 'verifying' && stderr.includes('verifying')) run.kill(signal.name);
    });
    // A child that is killed early does not read its job.
    run.stdin.on('error', () => {});
    run.stdin.end(JSON.stringify(job, (_key, value) => (isBytes(value) ? Buffer.from(value.data).toString() : value)));
    run.on('error', reject);
    run.on('close', (status, by) => {
      clearTimeout(timer);
      resolve({ ...(stdout === '' ? {} : (JSON.parse(stdout) as Outcome)), status, signal: by, stderr });
    });
  });
}

function isBytes(value: unknown): value is { data: number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
}
