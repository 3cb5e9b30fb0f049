import { execFileSync } from 'node:child_process';
import fs, { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DatabaseImage, readDatabaseImage } from '../../src/collect/sqlite/image.ts';
import {
  askSqlite,
  cleanUp,
  fingerprint,
  firstColumn,
  killed,
  openFile,
  randomFrom,
  sqlite,
  sqliteKeepingWal,
  sqliteStaying,
  tempDir,
} from './sqlite-kit.ts';

afterEach(cleanUp);
let dir: string;
let file: string;
beforeEach(() => {
  dir = tempDir();
  file = path.join(dir, 'db.sqlite');
});

/** Two committed transactions in the log, none in the main file. */
function makeWal(): void {
  sqliteKeepingWal(
    file,
    'CREATE TABLE t(a TEXT);',
    "INSERT INTO t VALUES('one');",
    "BEGIN; INSERT INTO t VALUES('two'); INSERT INTO t VALUES('three'); COMMIT;",
  );
}

/** Fills the log with so many pages that some transactions span several frames. */
const FILL = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
  INSERT INTO t SELECT printf('%05d', i) || hex(randomblob(300)) FROM n;`;

/** Rewrites the checksums of a log, optionally in the other byte order, after `edit` changed it. */
function resum(littleEndian: boolean, edit: (wal: Buffer) => void = () => {}): void {
  const wal = readFileSync(`${file}-wal`);
  edit(wal);
  const pageSize = wal.readUInt32BE(8);
  wal.writeUInt32BE(littleEndian ? 0x377f0682 : 0x377f0683, 0);
  let [a, b] = [0, 0];
  const add = (from: number, to: number) => {
    for (let at = from; at < to; at += 8) {
      a = (a + (littleEndian ? wal.readUInt32LE(at) : wal.readUInt32BE(at)) + b) % 2 ** 32;
      b = (b + (littleEndian ? wal.readUInt32LE(at + 4) : wal.readUInt32BE(at + 4)) + a) % 2 ** 32;
    }
  };
  const put = (at: number) => {
    wal.writeUInt32BE(a, at);
    wal.writeUInt32BE(b, at + 4);
  };
  add(0, 24);
  put(24);
  for (let at = 32; at + 24 + pageSize <= wal.length; at += 24 + pageSize) {
    add(at, at + 8);
    add(at + 24, at + 24 + pageSize);
    put(at + 16);
  }
  writeFileSync(`${file}-wal`, wal);
}

describe('what is committed', () => {
  it('is found when it stands in the write-ahead log only', async () => {
    makeWal();
    const before = fingerprint(dir);
    expect(await firstColumn(file)).toEqual(['one', 'two', 'three']);
    expect(fingerprint(dir)).toEqual(before);
  });

  it('is found in a main file with no log, in WAL mode or not', async () => {
    sqlite(file, 'PRAGMA journal_mode = WAL;', "CREATE TABLE t(a); INSERT INTO t VALUES('x');");
    const plain = path.join(dir, 'plain.sqlite');
    sqlite(plain, "CREATE TABLE t(a); INSERT INTO t VALUES('y');");
    const before = fingerprint(dir);
    expect(before).toHaveLength(2);
    expect(await firstColumn(file)).toEqual(['x']);
    expect(await firstColumn(plain)).toEqual(['y']);
    expect(fingerprint(dir)).toEqual(before);
  });

  it('is found beside an empty log', async () => {
    sqlite(file, "CREATE TABLE t(a); INSERT INTO t VALUES('x');");
    writeFileSync(`${file}-wal`, '');
    expect(await firstColumn(file)).toEqual(['x']);
  });

  it('does not include the tail of a transaction that is under way', async () => {
    makeWal();
    const child = await sqliteStaying(
      file,
      'PRAGMA cache_size = 3; PRAGMA wal_autocheckpoint = 0;',
      `BEGIN; ${FILL} ${FILL}`,
    );
    expect(readFileSync(`${file}-wal`).length).toBeGreaterThan(40_000);
    const before = fingerprint(dir);
    expect(await firstColumn(file)).toEqual(['one', 'two', 'three']);
    expect(fingerprint(dir)).toEqual(before);
    await killed(child);
    expect(await firstColumn(file)).toEqual(['one', 'two', 'three']);
  });

  it('shrinks with the database', async () => {
    sqlite(file, 'CREATE TABLE t(a);', FILL, FILL);
    sqliteKeepingWal(file, "DELETE FROM t; INSERT INTO t VALUES('left'); VACUUM;");
    const image = await readDatabaseImage(file);
    expect(image).toMatchObject({ status: 'ok' });
    expect(image.status === 'ok' && image.bytes.length).toBeLessThan(readFileSync(file).length);
    expect(await firstColumn(file)).toEqual(['left']);
  });

  it.each([512, 1024, 65_536])('is found with pages of %d bytes', async (size) => {
    sqliteKeepingWal(file, 'CREATE TABLE t(a);', FILL);
    rmSync(`${file}-wal`);
    rmSync(file);
    sqlite(file, `PRAGMA page_size = ${size};`, 'CREATE TABLE t(a);', FILL);
    sqliteKeepingWal(file, FILL, "INSERT INTO t VALUES('end');");
    const rows = await firstColumn(file);
    expect(rows).toHaveLength(121);
    expect(rows).toEqual(askSqlite(file, 'SELECT a FROM t;'));
  });

  it('is the same in a log whose checksums have the other byte order', async () => {
    makeWal();
    resum(false);
    expect(askSqlite(file, 'SELECT a FROM t;')).toEqual(['one', 'two', 'three']);
    expect(await firstColumn(file)).toEqual(['one', 'two', 'three']);
  });
});

describe('a log that is not whole', () => {
  it('counts up to the last transaction before a torn frame', async () => {
    makeWal();
    truncateSync(`${file}-wal`, readFileSync(`${file}-wal`).length - 100);
    expect(await firstColumn(file)).toEqual(['one']);
  });

  it('counts up to the last transaction before a wrong checksum', async () => {
    makeWal();
    const wal = readFileSync(`${file}-wal`);
    wal[wal.length - 1]! ^= 1;
    writeFileSync(`${file}-wal`, wal);
    expect(await firstColumn(file)).toEqual(['one']);
  });

  it('does not count frames of an earlier generation behind those of the newest', async () => {
    sqliteKeepingWal(
      file,
      'CREATE TABLE t(a);',
      FILL,
      'DELETE FROM t;',
      '.output /dev/null',
      'PRAGMA wal_checkpoint(RESTART);',
      '.output',
      "INSERT INTO t VALUES('new');",
    );
    expect(readFileSync(`${file}-wal`).length).toBeGreaterThan(30_000);
    expect(await readDatabaseImage(file)).toMatchObject({ status: 'ok', walFrames: 1 });
    expect(await firstColumn(file)).toEqual(['new']);
  });

  it('does not count at all when its header names other salts', async () => {
    sqlite(file, 'CREATE TABLE t(a);');
    sqliteKeepingWal(file, "INSERT INTO t VALUES('x');");
    const wal = readFileSync(`${file}-wal`);
    const frames = Buffer.from(wal.subarray(32));
    resum(true, (bytes) => bytes.writeUInt32BE(12345, 16));
    // The header is now valid; its frames still carry the old salts and sums.
    writeFileSync(`${file}-wal`, Buffer.concat([readFileSync(`${file}-wal`).subarray(0, 32), frames]));
    expect(askSqlite(file, 'SELECT count(*) FROM t;')).toEqual(['0']);
    expect(await readDatabaseImage(file)).toMatchObject({ status: 'ok', walFrames: 0 });
  });

  it('gives what SQLite gives, wherever it is cut or changed', async () => {
    sqlite(file, 'CREATE TABLE t(a);', "INSERT INTO t VALUES('main');");
    sqliteKeepingWal(file, FILL, "INSERT INTO t VALUES('mid');", FILL, "INSERT INTO t VALUES('end');");
    const whole = readFileSync(`${file}-wal`);
    const random = randomFrom(4711);
    const seen = new Set<string>();
    for (let i = 0; i < 30; i++) {
      const wal = Buffer.from(whole);
      const at = Math.floor(random() ** 2 * wal.length);
      wal[at]! ^= 1 << (i % 8);
      writeFileSync(`${file}-wal`, i % 3 === 0 ? whole.subarray(0, at) : wal);
      const expected = askSqlite(file, 'SELECT substr(a, 1, 5) FROM t;');
      const rows = await firstColumn(file);
      expect(rows.map((row) => String(row).slice(0, 5))).toEqual(expected);
      seen.add(String(expected.length));
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it('is no reason to allocate what it declares', async () => {
    makeWal();
    resum(true, (wal) => wal.writeUInt32BE(0xffff_fff0, wal.length - 4096 - 20));
    expect(await readDatabaseImage(file)).toMatchObject({ status: 'too-large' });
  });

  it('with another page size than the database is refused', async () => {
    makeWal();
    const other = path.join(dir, 'other.sqlite');
    sqlite(other, 'PRAGMA page_size = 1024;', 'CREATE TABLE t(a);');
    renameSync(other, file);
    // The log has page 1 with the old size; without it the main file's header stays.
    const small = path.join(dir, 'small.sqlite');
    sqlite(small, 'PRAGMA page_size = 1024;', 'CREATE TABLE t(a);', FILL);
    sqliteKeepingWal(small, "UPDATE t SET a = 'x' WHERE rowid > 55;");
    writeFileSync(`${file}-wal`, readFileSync(`${small}-wal`));
    sqlite(other, 'PRAGMA page_size = 4096;', 'CREATE TABLE t(a);');
    renameSync(other, file);
    resum(true, (wal) => {
      for (let at = 32; at < wal.length; at += 24 + 1024) if (wal.readUInt32BE(at) === 1) wal.writeUInt32BE(9, at);
    });
    expect(await readDatabaseImage(file)).toMatchObject({ status: 'corrupt' });
  });
});

describe('a file that is no database', () => {
  const cases: [name: string, make: () => void, status: string][] = [
    ['nothing', () => {}, 'missing'],
    ['text', () => writeFileSync(file, 'hello '.repeat(100)), 'corrupt'],
    ['a few bytes of a header', () => writeFileSync(file, 'SQLite format 3\0'), 'corrupt'],
    ['a directory', () => mkdirSync(file), 'unreadable'],
    ['a link', () => symlinkSync('/dev/zero', file), 'unreadable'],
    ['a FIFO', () => void execFileSync('mkfifo', [file]), 'unreadable'],
  ];
  it.each(cases)('%s', async (_, make, status) => {
    make();
    const before = fingerprint(dir);
    expect((await readDatabaseImage(file)).status).toBe(status);
    expect(fingerprint(dir)).toEqual(before);
  });

  it('a path through a file, or with a NUL in it', async () => {
    writeFileSync(file, '');
    expect(await readDatabaseImage(path.join(file, 'db'))).toEqual({ status: 'missing' });
    expect((await readDatabaseImage('a\0b')).status).toBe('unreadable');
  });

  it('a socket', async () => {
    const server = net.createServer().listen(file);
    await new Promise((resolve) => server.once('listening', resolve));
    expect((await readDatabaseImage(file)).status).toBe('unreadable');
    await new Promise((resolve) => server.close(resolve));
  });

  it('an empty file is an empty database, whatever the log says', async () => {
    makeWal();
    writeFileSync(file, '');
    expect(await readDatabaseImage(file)).toMatchObject({ status: 'ok', walFrames: 0 });
    expect((await openFile(file)).read('t', ['a'])).toEqual({ end: 'absent', rows: [] });
  });

  it('a header with an impossible page size', async () => {
    sqlite(file, 'CREATE TABLE t(a);');
    const bytes = readFileSync(file);
    bytes.writeUInt16BE(1000, 16);
    writeFileSync(file, bytes);
    expect((await readDatabaseImage(file)).status).toBe('corrupt');
  });

  it('more than the limit, as a hole that costs nothing', async () => {
    sqlite(file, 'CREATE TABLE t(a);');
    truncateSync(file, 2 ** 40);
    expect(await readDatabaseImage(file)).toEqual({
      status: 'too-large',
      error: 'with its write-ahead log it is larger than 256 MiB',
    });
    truncateSync(file, 8192);
    writeFileSync(`${file}-wal`, '');
    truncateSync(`${file}-wal`, 2 ** 40);
    expect((await readDatabaseImage(file)).status).toBe('too-large');
  });
});

describe('what lies beside the database', () => {
  it.each(['-wal', '-journal'])('is refused when %s is no regular file', async (suffix) => {
    sqlite(file, 'CREATE TABLE t(a);');
    for (const make of [
      () => mkdirSync(file + suffix),
      () => symlinkSync('/dev/zero', file + suffix),
      () => execFileSync('mkfifo', [file + suffix]),
    ]) {
      make();
      const image = await readDatabaseImage(file);
      expect(image.status).toBe('unreadable');
      expect(image).toHaveProperty('error', expect.stringMatching(/^its (write-ahead log|rollback journal) is /));
      rmSync(file + suffix, { recursive: true });
    }
    expect((await readDatabaseImage(file)).status).toBe('ok');
  });

  it('tells of a transaction under way in a rollback journal, and of one that was interrupted', async () => {
    sqlite(file, 'CREATE TABLE t(a);', FILL);
    const child = await sqliteStaying(file, 'PRAGMA cache_size = 3;', `BEGIN; ${FILL} UPDATE t SET a = 'x';`);
    const options = { attempts: 2 };
    expect((await readDatabaseImage(file, options)).status).toBe('changing');
    await killed(child);
    const before = fingerprint(dir);
    expect(before).toHaveLength(2);
    expect((await readDatabaseImage(file, options)).status).toBe('changing');
    expect(fingerprint(dir)).toEqual(before);
    // A journal whose header was wiped is what is left of a finished transaction.
    writeFileSync(`${file}-journal`, Buffer.alloc(1024));
    expect((await readDatabaseImage(file, options)).status).toBe('ok');
  });
});

describe('when a writer comes between two reads', () => {
  // What `a` expects of `b` and `c` is true in every committed state. Each is on a page of its own.
  const SETUP = [
    'CREATE TABLE a(seq, b, c); CREATE TABLE b(n); CREATE TABLE c(n);',
    'INSERT INTO a VALUES(0, 0, 0); INSERT INTO b VALUES(0); INSERT INTO c VALUES(0);',
  ];
  const A = 'UPDATE a SET seq = seq + 1;';
  const B = 'BEGIN; UPDATE a SET b = b + 1; UPDATE b SET n = n + 1; COMMIT;';
  const C = 'BEGIN; UPDATE a SET c = c + 1; UPDATE c SET n = n + 1; COMMIT;';
  const TRUTH = 'SELECT a.b = b.n AND a.c = c.n FROM a, b, c; PRAGMA integrity_check;';
  const real = { openSync: fs.openSync, readSync: fs.readSync, fstatSync: fs.fstatSync };
  const patch = (replacement: Partial<typeof real>) => {
    Object.assign(fs, replacement);
    syncBuiltinESMExports();
  };
  afterEach(() => patch(real));

  /** Reads in steps of one page and lets the writer in before the given step, once. */
  async function readWith(step: number, write: () => void): Promise<{ image: DatabaseImage; reached: boolean }> {
    let steps = 0;
    const count = () => {
      if (++steps !== step) return;
      patch({ openSync: real.openSync, readSync: real.readSync });
      write();
      patch(counting);
    };
    const counting = {
      openSync: ((...args: Parameters<typeof fs.openSync>) => {
        count();
        return real.openSync(...args);
      }) as typeof fs.openSync,
      readSync: ((fd: number, buffer: Buffer, offset: number, length: number, position: number) => {
        count();
        return real.readSync(fd, buffer, offset, Math.min(length, 4096), position);
      }) as typeof fs.readSync,
    };
    patch(counting);
    const image = await readDatabaseImage(file);
    patch({ openSync: real.openSync, readSync: real.readSync });
    return { image, reached: steps >= step };
  }

  async function expectOneState(prepare: () => void, write: () => void): Promise<void> {
    for (let step = 1, reached = true; reached; step++) {
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
      prepare();
      const read = await readWith(step, write);
      reached = read.reached;
      expect(read.image.status).toBe('ok');
      const seen = path.join(tempDir(), 'seen.sqlite');
      if (read.image.status === 'ok') writeFileSync(seen, read.image.bytes);
      expect(sqlite(seen, TRUTH)).toBe('1\nok\n');
    }
  }

  it.each([
    ['commits', C],
    ['commits and checkpoints', `${C} PRAGMA wal_checkpoint(PASSIVE);`],
    ['checkpoints and starts the log over', `PRAGMA wal_checkpoint(RESTART); ${A}`],
    ['empties the log', `${C} PRAGMA wal_checkpoint(TRUNCATE);`],
    ['starts over twice', `PRAGMA wal_checkpoint(RESTART); ${C} PRAGMA wal_checkpoint(RESTART); ${A}`],
    ['empties the log around a commit', `PRAGMA wal_checkpoint(TRUNCATE); ${C} PRAGMA wal_checkpoint(TRUNCATE); ${A}`],
  ])('in WAL mode: %s', async (_, lines) => {
    await expectOneState(
      () => {
        sqlite(file, ...SETUP);
        sqliteKeepingWal(file, B);
      },
      () => sqliteKeepingWal(file, lines),
    );
  });

  it('in WAL mode: closes and removes the log, or creates it', async () => {
    await expectOneState(
      () => {
        sqlite(file, ...SETUP);
        sqliteKeepingWal(file, B);
      },
      () => sqlite(file, C),
    );
    await expectOneState(
      () => sqlite(file, 'PRAGMA journal_mode = WAL;', ...SETUP),
      () => sqliteKeepingWal(file, `${B} ${C} PRAGMA wal_checkpoint(PASSIVE); ${A}`),
    );
  });

  it('with a rollback journal, also when the file was written a moment before', async () => {
    await expectOneState(
      () => sqlite(file, ...SETUP, B),
      () => sqlite(file, C),
    );
  });

  it('with a rollback journal, when the clock of the file system is too coarse to date the change', async () => {
    // No two changes have the same date here, so the dates of one file are made to stand still.
    const first = new Map<string, unknown>();
    patch({
      fstatSync: ((fd: number, options: { bigint: true }) => {
        const stat = real.fstatSync(fd, options);
        const key = String(stat.ino);
        if (!first.has(key)) first.set(key, stat);
        return first.get(key);
      }) as typeof fs.fstatSync,
    });
    await expectOneState(
      () => {
        first.clear();
        sqlite(file, ...SETUP);
      },
      () => sqlite(file, C),
    );
  });

  it('puts another database and its log in their place', async () => {
    const other = path.join(tempDir(), 'other.sqlite');
    await expectOneState(
      () => {
        sqlite(file, ...SETUP);
        sqliteKeepingWal(file, A);
        for (const suffix of ['', '-wal', '-shm']) rmSync(other + suffix, { force: true });
        sqlite(other, ...SETUP, B);
        sqliteKeepingWal(other, C);
      },
      () => {
        for (const suffix of ['', '-wal']) renameSync(other + suffix, file + suffix);
      },
    );
  });
});

describe('while another process writes', () => {
  const SETUP = [
    'CREATE TABLE a(n INTEGER); CREATE TABLE pad(x BLOB); CREATE TABLE b(n INTEGER);',
    'INSERT INTO a VALUES(0); INSERT INTO b VALUES(0);',
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO pad SELECT randomblob(900) FROM n;',
  ];
  /** The two counters are on different pages and always equal outside of a transaction. */
  const STEP =
    'BEGIN; UPDATE a SET n = n + 1; UPDATE pad SET x = randomblob(abs(random()) % 1800) WHERE rowid % 7 = abs(random()) % 7; UPDATE b SET n = n + 1; COMMIT;';

  async function hammer(
    mode: string,
    reads: number,
    checkpoint: number,
    pause = '',
  ): Promise<{ statuses: Set<string>; counters: Set<number> }> {
    sqlite(file, `PRAGMA journal_mode = ${mode};`, ...SETUP);
    const script = path.join(tempDir(), 'steps.sql');
    writeFileSync(script, `${STEP}\n${pause}\n`.repeat(2_000));
    const child = await sqliteStaying(
      file,
      `PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = ${checkpoint};`,
      STEP,
    );
    child.stdin?.write(`.read ${script}\n`.repeat(500));
    const statuses = new Set<string>();
    const counters = new Set<number>();
    for (let i = 0; i < reads; i++) {
      await new Promise((resolve) => setTimeout(resolve, i % 7));
      const image = await readDatabaseImage(file);
      statuses.add(image.status);
      if (image.status !== 'ok') continue;
      writeFileSync(path.join(dir, 'seen.sqlite'), image.bytes);
      const [a, b, check] = sqlite(
        path.join(dir, 'seen.sqlite'),
        'SELECT n FROM a; SELECT n FROM b; PRAGMA integrity_check;',
      ).split('\n');
      expect(check).toBe('ok');
      expect(a).toBe(b);
      counters.add(Number(a));
    }
    expect(child.exitCode).toBeNull();
    await killed(child);
    rmSync(path.join(dir, 'seen.sqlite'), { force: true });
    return { statuses, counters };
  }

  it('every image in WAL mode is one committed state', async () => {
    const { statuses, counters } = await hammer('WAL', 50, 1000);
    expect([...statuses]).toEqual(['ok']);
    expect(counters.size).toBeGreaterThan(20);
    const quiet = fingerprint(dir);
    const last = await firstColumn(file, 'a', 'n');
    expect(fingerprint(dir)).toEqual(quiet);
    expect(last.map(String)).toEqual(askSqlite(file, 'SELECT n FROM a;'));
  });

  it('every image is one committed state, or there is none, when each transaction starts the log over', async () => {
    const { statuses, counters } = await hammer('WAL', 30, 20);
    expect(counters.size).toBeGreaterThan(3);
    statuses.delete('changing');
    expect([...statuses]).toEqual(['ok']);
  });

  it('every image with a rollback journal is one committed state, or there is none', async () => {
    const { statuses, counters } = await hammer('DELETE', 30, 0, '.shell sleep 0.01');
    expect(counters.size).toBeGreaterThan(3);
    statuses.delete('changing');
    expect([...statuses]).toEqual(['ok']);
  });
});
