import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReadResult, readTextFile } from '../../src/collect/read.ts';

const MAX = 1024 * 1024;
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'read-'));
  chmodSync(dir, 0o755);
});
afterAll(() => rmSync(dir, { recursive: true }));

const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le');
const utf16be = (text: string): Buffer => utf16le(text).swap16();

const BOM = [0xef, 0xbb, 0xbf];

describe('text', () => {
  const cases: [name: string, content: Buffer, text: string, bom: boolean, replaced: boolean][] = [
    ['empty', bytes(''), '', false, false],
    ['plain', bytes('{ a: 1 }\n'), '{ a: 1 }\n', false, false],
    ['line ends are kept', bytes('a\r\nb\rc\n'), 'a\r\nb\rc\n', false, false],
    ['byte-order mark', bytes(BOM, '{}'), '{}', true, false],
    ['only a byte-order mark', bytes(BOM), '', true, false],
    ['only the first mark is taken off', bytes(BOM, BOM, '{}'), '\ufeff{}', true, false],
    ['every plane', bytes('ä€😀'), 'ä€😀', false, false],
    ['U+FFFD in the file itself', bytes('a\ufffdb'), 'a\ufffdb', false, false],
    ['Latin-1', bytes('gr', [0xfc], 'n'), 'gr\ufffdn', false, true],
    ['cut in the middle of a character', bytes('a', [0xe2, 0x82]), 'a\ufffd', false, true],
    ['both kinds of U+FFFD', bytes('\ufffd', [0xff]), '\ufffd\ufffd', false, true],
    ['a NUL among text', bytes('{ "a": "\0" }'), '{ "a": "\0" }', false, false],
    ['a multiple of the read size', bytes('x'.repeat(4096)), 'x'.repeat(4096), false, false],
    ['exactly the limit', bytes('x'.repeat(MAX)), 'x'.repeat(MAX), false, false],
  ];
  it.each(cases)('%s', (name, content, text, bom, replaced) => {
    const path = join(dir, `text ${name}`);
    writeFileSync(path, content, { mode: 0o600 });
    const read = readTextFile(path, { maxBytes: MAX });
    expect(read).toMatchObject({ ok: true, text, bom, replaced, stat: { size: content.length, nlink: 1 } });
    expect(read.ok && (read.stat.mode & 0o777).toString(8)).toBe('600');
  });

  it('follows links and counts hard links', () => {
    writeFileSync(join(dir, 'target'), 'here');
    linkSync(join(dir, 'target'), join(dir, 'hard'));
    symlinkSync('target', join(dir, 'soft'));
    expect(readTextFile(join(dir, 'soft'), { maxBytes: MAX })).toMatchObject({
      ok: true,
      text: 'here',
      stat: { nlink: 2 },
    });
  });

  it.runIf(process.platform === 'linux')('reads a file whose size is not known beforehand', () => {
    const read = readTextFile('/proc/self/status', { maxBytes: MAX });
    expect(read).toMatchObject({ ok: true, text: expect.stringContaining('Name:') });
    expect(readTextFile('/proc/self/status', { maxBytes: 20 })).toMatchObject({ ok: false, error: 'too-large' });
  });
});

describe('what is no text', () => {
  const cases: [name: string, content: Buffer, detail: string][] = [
    ['UTF-16 with a mark, little-endian', bytes([0xff, 0xfe], [...utf16le('{}')]), 'UTF-16'],
    ['UTF-16 with a mark, big-endian', bytes([0xfe, 0xff], [...utf16be('{}')]), 'UTF-16'],
    ['UTF-16 without a mark, little-endian', utf16le('{ gateway: {} }'), 'UTF-16'],
    ['UTF-16 without a mark, big-endian', utf16be('{ gateway: {} }'), 'UTF-16'],
    ['UTF-32, little-endian', bytes([0xff, 0xfe, 0, 0], [0x7b, 0, 0, 0]), 'UTF-32'],
    ['UTF-32, big-endian', bytes([0, 0, 0xfe, 0xff], [0, 0, 0, 0x7b]), 'UTF-32'],
  ];
  it.each(cases)('%s', (name, content, detail) => {
    const path = join(dir, `wide ${name}`);
    writeFileSync(path, content);
    expect(readTextFile(path, { maxBytes: MAX })).toEqual({
      ok: false,
      error: 'undecodable',
      detail: expect.stringContaining(detail),
    });
  });
});

describe('what is no file', () => {
  const failure = (path: string): ReadResult => readTextFile(path, { maxBytes: MAX });

  it('a directory, also behind a link', () => {
    mkdirSync(join(dir, 'folder'));
    symlinkSync('folder', join(dir, 'to-folder'));
    expect(failure(join(dir, 'folder'))).toEqual({ ok: false, error: 'not-a-file', detail: 'it is a directory' });
    expect(failure(join(dir, 'to-folder'))).toMatchObject({ error: 'not-a-file' });
  });

  it.skipIf(process.platform === 'win32')('a named pipe that nobody writes to, without waiting', () => {
    execFileSync('mkfifo', [join(dir, 'pipe')]);
    const start = performance.now();
    expect(failure(join(dir, 'pipe'))).toEqual({ ok: false, error: 'not-a-file', detail: 'it is a named pipe' });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it.skipIf(process.platform === 'win32').each(['/dev/zero', '/dev/tty', '/dev/null'])('the device %s', (path) => {
    expect(failure(path)).toEqual({ ok: false, error: 'not-a-file', detail: 'it is a device' });
  });

  it.skipIf(process.platform === 'win32')('a socket', async () => {
    const path = join(dir, 'socket');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    expect(failure(path)).toEqual({ ok: false, error: 'not-a-file', detail: 'it is a socket' });
    await new Promise((resolve) => server.close(resolve));
  });

  it('nothing there', () => {
    symlinkSync('nowhere', join(dir, 'broken'));
    writeFileSync(join(dir, 'plain'), '');
    for (const path of ['absent', 'broken', 'plain/below'])
      expect(failure(join(dir, path))).toMatchObject({ ok: false, error: 'missing' });
  });

  it('names and links that lead nowhere', () => {
    symlinkSync('loop-b', join(dir, 'loop-a'));
    symlinkSync('loop-a', join(dir, 'loop-b'));
    expect(failure(join(dir, 'loop-a'))).toMatchObject({
      error: 'unreadable',
      detail: expect.stringContaining('loop'),
    });
    expect(failure(join(dir, 'x'.repeat(5000)))).toMatchObject({ error: 'unreadable' });
    expect(failure(join(dir, 'a\0b'))).toMatchObject({ error: 'unreadable', detail: expect.stringContaining('NUL') });
  });
});

describe('size', () => {
  it('refuses ten megabytes without reading them', () => {
    const path = join(dir, 'large');
    writeFileSync(path, 'x'.repeat(10 * 1024 * 1024));
    expect(readTextFile(path, { maxBytes: MAX })).toEqual({
      ok: false,
      error: 'too-large',
      detail: `it is larger than ${MAX} bytes`,
    });
    expect(readTextFile(path, { maxBytes: 16 * MAX })).toMatchObject({ ok: true, stat: { size: 10 * MAX } });
  });

  it('refuses a sparse file of many gigabytes', () => {
    const path = join(dir, 'sparse');
    writeFileSync(path, '');
    truncateSync(path, 64 * 1024 ** 3);
    expect(readTextFile(path, { maxBytes: MAX })).toMatchObject({ error: 'too-large' });
  });

  it('refuses one byte more than the limit', () => {
    const path = join(dir, 'one-more');
    writeFileSync(path, 'x'.repeat(101));
    expect(readTextFile(path, { maxBytes: 100 })).toMatchObject({ error: 'too-large' });
  });
});

describe('a file that somebody else writes', () => {
  // Puts two complete texts in place by turns while the reader runs.
  const WRITER = `
    const { renameSync, writeFileSync } = require('node:fs');
    const { parentPort, workerData } = require('node:worker_threads');
    const { path, until } = workerData;
    const texts = ['a'.repeat(200_000), 'b'.repeat(300_000)];
    parentPort.postMessage('ready');
    for (let i = 0; Date.now() < until; i++) {
      writeFileSync(path + '.new', texts[i % 2]);
      renameSync(path + '.new', path);
    }`;

  it('is read whole or reported as changing, never mixed', async () => {
    const path = join(dir, 'busy');
    writeFileSync(path, 'a'.repeat(200_000));
    const until = Date.now() + 500;
    const worker = new Worker(WRITER, { eval: true, workerData: { path, until } });
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    await new Promise((resolve) => worker.once('message', resolve));
    let whole = 0;
    while (Date.now() < until) {
      const read = readTextFile(path, { maxBytes: MAX });
      if (read.ok) {
        whole++;
        expect([200_000, 300_000]).toContain(read.text.length);
        expect(read.text.replaceAll(read.text[0]!, '')).toBe('');
      } else expect(read.error).toBe('changed-while-reading');
    }
    await ended;
    expect(whole).toBeGreaterThan(0);
  });
});

describe.skipIf(process.platform === 'win32')('as a user without rights', () => {
  it('says that permission is missing, for the file and for its directory', () => {
    const script = join(dir, 'reader.cjs');
    buildSync({
      entryPoints: [new URL('../../src/collect/read.ts', import.meta.url).pathname],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: script,
    });
    chmodSync(script, 0o644);
    mkdirSync(join(dir, 'closed'));
    writeFileSync(join(dir, 'closed', 'file'), 'canary-content');
    writeFileSync(join(dir, 'private'), 'canary-content');
    chmodSync(join(dir, 'private'), 0o000);
    chmodSync(join(dir, 'closed'), 0o000);
    const root = process.getuid?.() === 0;
    const output = execFileSync(
      process.execPath,
      [
        '-e',
        `const { readTextFile } = require(process.argv[1]);
         console.log(JSON.stringify(process.argv.slice(2).map((path) => readTextFile(path, { maxBytes: 100 }))));`,
        script,
        join(dir, 'private'),
        join(dir, 'closed', 'file'),
      ],
      { encoding: 'utf8', cwd: '/', env: {}, ...(root && { uid: 65534, gid: 65534 }) },
    );
    chmodSync(join(dir, 'closed'), 0o700);
    const denied = { ok: false, error: 'unreadable', detail: 'permission denied' };
    expect(JSON.parse(output)).toEqual([denied, denied]);
  });
});
