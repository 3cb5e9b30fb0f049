import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readDatabaseImage } from '../../src/collect/sqlite/image.ts';
import { openImage, type ReadableDatabase, type ReadLimits } from '../../src/collect/sqlite/open.ts';

const leftovers: (() => void)[] = [];

/** For `afterEach`: closes, kills and removes what the helpers below opened, started and made. */
export function cleanUp(): void {
  for (const clean of leftovers.splice(0).reverse()) clean();
}

/** A directory that is removed after the test. */
export function tempDir(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'sqlite-'));
  leftovers.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Runs statements with the sqlite3 program and gives what it prints. */
export function sqlite(file: string, ...lines: string[]): string {
  mkdirSync(path.dirname(file), { recursive: true });
  return execFileSync('sqlite3', [file], { input: `${lines.join('\n')}\n`, encoding: 'utf8' });
}

/** Runs statements in WAL mode and leaves the log beside the file, as a process that was killed does. */
export function sqliteKeepingWal(file: string, ...lines: string[]): string {
  return sqlite(
    file,
    '.output /dev/null',
    'PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;',
    '.dbconfig no_ckpt_on_close on',
    '.output',
    ...lines,
  );
}

/** A sqlite3 that stays open; resolves when it has run the lines. It is killed after the test. */
export async function sqliteStaying(file: string, ...lines: string[]): Promise<ChildProcess> {
  const child = spawn('sqlite3', [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  leftovers.push(() => child.kill('SIGKILL'));
  child.stdin.on('error', () => {});
  child.stdin.write(`${lines.join('\n')}\nSELECT 're' || 'ady';\n`);
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += chunk;
    if (printed.includes('ready')) break;
  }
  return child;
}

/** Kills a child and waits until it is gone. */
export async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/** Everything about the entries of a directory that reading must not change; access times aside. */
export function fingerprint(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const file = path.join(dir, name);
      const { ino, mode, size, mtimeNs, ctimeNs } = lstatSync(file, { bigint: true });
      const hash = lstatSync(file).isFile() ? createHash('sha256').update(readFileSync(file)).digest('hex') : '';
      return [name, ino, mode, size, mtimeNs, ctimeNs, hash].join(' ');
    });
}

/** Opens a file the way the collectors do, which must succeed. */
export async function openFile(file: string, limits?: ReadLimits): Promise<ReadableDatabase> {
  const image = await readDatabaseImage(file);
  if (image.status !== 'ok') throw new Error(`image is ${image.status}`);
  const opened = await openImage(image.bytes, limits);
  if (opened.status !== 'ok') throw new Error(`database is ${opened.status}: ${opened.error}`);
  leftovers.push(() => opened.database.close());
  return opened.database;
}

/** The first column of a table, read the way the collectors do. */
export async function firstColumn(file: string, table = 't', column = 'a'): Promise<unknown[]> {
  return (await openFile(file)).read(table, [column]).rows.map(([value]) => value);
}

/** Copies a database and its log, without the index that SQLite keeps in shared memory, and asks the real SQLite. */
export function askSqlite(file: string, sql: string): string[] {
  const copy = path.join(tempDir(), 'copy.sqlite');
  writeFileSync(copy, readFileSync(file));
  writeFileSync(`${copy}-wal`, readFileSync(`${file}-wal`));
  return sqlite(copy, sql).split('\n').filter(Boolean);
}

/** Numbers below 1 from a seed (xorshift32). */
export function randomFrom(seed: number): () => number {
  let x = seed | 0 || 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}
