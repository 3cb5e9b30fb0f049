import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDatabaseImage } from '../../src/collect/sqlite/image.ts';
import { openImage } from '../../src/collect/sqlite/open.ts';
import { readSharedTables } from '../../src/collect/sqlite/tables.ts';
import { makeShared } from './sqlite-fixtures.ts';
import { cleanUp, fingerprint, openFile, randomFrom, sqlite, tempDir } from './sqlite-kit.ts';

afterEach(cleanUp);
let dir: string;
let file: string;
beforeEach(() => {
  dir = tempDir();
  file = path.join(dir, 'db.sqlite');
});

/** Opens bytes that need not be a good database. */
const open = (bytes: Uint8Array) => openImage(bytes);

describe('reading a table', () => {
  it('gives values of every kind, and sizes in place of values', async () => {
    sqlite(
      file,
      'CREATE TABLE t(id INTEGER PRIMARY KEY, a, "b""c");',
      "INSERT INTO t VALUES(7, 'déjà', 1.5), (9, NULL, x'00ff'), (11, -3, '');",
      'PRAGMA user_version = 42;',
    );
    const database = await openFile(file);
    expect(database.userVersion).toBe(42);
    expect(database.read('t', ['id', 'a', { sizeOf: 'a' }, 'b"c'])).toEqual({
      end: 'complete',
      rows: [
        [7, 'déjà', 6, 1.5],
        [9, null, null, new Uint8Array([0, 255])],
        [11, -3, 2, ''],
      ],
    });
  });

  it('reads tables without rowid, in UTF-16, and with columns added later', async () => {
    sqlite(
      file,
      "PRAGMA encoding = 'UTF-16le';",
      'CREATE TABLE t(k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID;',
      "INSERT INTO t VALUES('b', 'ü'), ('a', 'x');",
      "ALTER TABLE t ADD COLUMN w DEFAULT 'later';",
    );
    expect((await openFile(file)).read('t', ['v', 'k', 'w']).rows).toEqual([
      ['x', 'a', 'later'],
      ['ü', 'b', 'later'],
    ]);
  });

  it('stops at its limits', async () => {
    sqlite(
      file,
      "CREATE TABLE t(a); INSERT INTO t VALUES('short'), (printf('%0500d', 1)), ('last'); CREATE TABLE n(i);",
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO n SELECT i FROM n;',
    );
    const cells = (await openFile(file, { maxCellBytes: 100 })).read('t', ['a', { sizeOf: 'a' }]);
    expect(cells).toEqual({
      end: 'complete',
      rows: [
        ['short', 5],
        [undefined, 500],
        ['last', 4],
      ],
    });
    const rows = (await openFile(file, { maxRows: 10 })).read('n', ['i']);
    expect([rows.end, rows.rows.length]).toEqual(['stopped', 10]);
    expect((await openFile(file, { maxRows: 1000 })).read('n', ['i']).end).toBe('complete');
    const late = (await openFile(file, { maxMs: -1 })).read('n', ['i']);
    expect(late).toEqual({ end: 'stopped', rows: [] });
    // The limit in bytes is for the database, not for each table.
    const bytes = await openFile(file, { maxBytes: 400 });
    expect(bytes.read('t', ['a'])).toMatchObject({ end: 'stopped' });
    expect(bytes.read('n', ['i'])).toEqual({ end: 'stopped', rows: [] });
    expect(bytes.read('n', []).end).toBe('corrupt');
  });
});

/** The offset of a page of 512 bytes. */
const at = (page: number) => (page - 1) * 512;

/** Makes a page an inner one with 41 times the same child: twelve levels of them lead to 41^12 visits of a leaf. */
function makeInner(bytes: Buffer, page: number, child: number): void {
  const header = at(page) + (page === 1 ? 100 : 0);
  bytes.fill(0, header, at(page) + 512);
  bytes[header] = 5;
  bytes.writeUInt16BE(40, header + 3);
  bytes.writeUInt16BE(400, header + 5);
  bytes.writeUInt32BE(child, header + 8);
  for (let i = 0; i < 40; i++) bytes.writeUInt16BE(400, header + 12 + 2 * i);
  bytes.writeUInt32BE(child, at(page) + 400);
  bytes[at(page) + 404] = 1;
}

describe('a hostile schema', () => {
  it('is harmless where something else stands in place of a table or a column', async () => {
    sqlite(
      file,
      'CREATE TABLE real(a);',
      'CREATE VIEW v AS SELECT randomblob(1000000000) AS a;',
      'CREATE VIRTUAL TABLE virt USING fts4(a);',
      'CREATE TABLE gen(x, a AS (zeroblob(1000000000)), b AS (x) STORED);',
      'CREATE TRIGGER trig AFTER INSERT ON real BEGIN DELETE FROM real; END;',
      "INSERT INTO gen(x) VALUES('kept');",
    );
    const database = await openFile(file);
    for (const name of ['v', 'virt', 'trig', 'nothing', 'sqlite_schema', '"', "x'; DROP TABLE real; --"]) {
      expect(database.read(name, ['a'])).toEqual({ end: 'absent', rows: [] });
    }
    expect(database.read('gen', ['a']).end).toBe('absent');
    expect(database.read('gen', ['b']).end).toBe('absent');
    expect(database.read('gen', ['x'])).toEqual({ end: 'complete', rows: [['kept']] });
    // A name in double quotes that is no column must not become a text.
    expect(database.read('real', ['nothing']).end).toBe('absent');
  });

  it('is harmless with views that multiply when they are expanded', async () => {
    const views = Array.from(
      { length: 60 },
      (_, i) => `CREATE VIEW v${i + 1} AS SELECT * FROM v${i} AS l, v${i} AS r;`,
    );
    sqlite(file, 'CREATE VIEW v0 AS SELECT 1 AS a;', ...views, "CREATE TABLE t(a); INSERT INTO t VALUES('x');");
    expect((await openFile(file)).read('t', ['a']).rows).toEqual([['x']]);
  });

  it('is refused when it is too large', async () => {
    sqlite(file, `CREATE TABLE t(a DEFAULT '${'x'.repeat(70_000)}');`);
    const image = await readDatabaseImage(file);
    expect(await open(image.status === 'ok' ? image.bytes : Buffer.alloc(0))).toEqual({
      status: 'corrupt',
      error: 'its schema is too large',
    });
    const views = Array.from({ length: 5_100 }, (_, i) => `CREATE VIEW v${i} AS SELECT 1;`);
    sqlite(file, 'DROP TABLE t; BEGIN;', ...views, 'COMMIT;');
    const many = await readDatabaseImage(file);
    expect(await open(many.status === 'ok' ? many.bytes : Buffer.alloc(0))).toEqual({
      status: 'corrupt',
      error: 'its schema has too many entries',
    });
  });

  it('is refused when its pages name each other so that there is no end of rows', async () => {
    sqlite(file, 'PRAGMA page_size = 512;', ...Array.from({ length: 40 }, (_, i) => `CREATE TABLE t${i}(a);`));
    const bytes = readFileSync(file);
    const pages = bytes.length / 512;
    const leaf = Array.from({ length: pages }, (_, i) => i + 1).find(
      (page) => page > 1 && bytes[at(page)] === 13 && bytes.subarray(at(page), at(page) + 512).includes('CREATE TABLE'),
    )!;
    bytes.copy(bytes, at(20), at(leaf), at(leaf) + 512);
    for (let page = 1; page <= 12; page++) makeInner(bytes, page, page === 12 ? 20 : page + 1);
    const started = performance.now();
    expect(await open(bytes)).toEqual({ status: 'corrupt', error: 'its schema is damaged' });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('may hold the statistics of ANALYZE, but not what looks like them', async () => {
    sqlite(file, 'CREATE TABLE t(a); CREATE INDEX i ON t(a);', "INSERT INTO t VALUES('x'); ANALYZE;");
    expect((await openFile(file)).read('t', ['a']).rows).toEqual([['x']]);
    sqlite(
      file,
      '.dbconfig defensive off',
      'PRAGMA writable_schema = ON;',
      "UPDATE sqlite_schema SET sql = 'CREATE TABLE sqlite_stat1(tbl,idx,stat AS (randomblob(1000000000)))' WHERE name = 'sqlite_stat1';",
    );
    const image = await readDatabaseImage(file);
    expect(await open(image.status === 'ok' ? image.bytes : Buffer.alloc(0))).toEqual({
      status: 'corrupt',
      error: 'its statistics tables are not genuine',
    });
  });
});

describe('a hostile table', () => {
  it('whose rows have no end is read up to the limits', async () => {
    const tables = Array.from({ length: 12 }, (_, i) => `CREATE TABLE t${i}(a); INSERT INTO t${i} VALUES('x');`);
    sqlite(file, 'PRAGMA page_size = 512;', ...tables);
    const bytes = readFileSync(file);
    const roots = Array.from({ length: 12 }, (_, i) =>
      Number(sqlite(file, `SELECT rootpage FROM sqlite_schema WHERE name = 't${i}';`)),
    );
    for (let i = 0; i < 11; i++) makeInner(bytes, roots[i]!, roots[i + 1]!);
    writeFileSync(file, bytes);
    const few = (await openFile(file, { maxRows: 50 })).read('t0', ['a']);
    expect([few.end, few.rows.length]).toEqual(['stopped', 50]);
    const started = performance.now();
    expect((await openFile(file, { maxRows: 1e9, maxBytes: 1e9, maxMs: 200 })).read('t0', ['a']).end).toBe('stopped');
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('a damaged database', () => {
  it('is corrupt when its schema cannot be read', async () => {
    sqlite(file, 'CREATE TABLE t(a);');
    const bytes = readFileSync(file);
    bytes.write('CREATE GARBLE', bytes.indexOf('CREATE TABLE'));
    expect(await open(bytes)).toEqual({ status: 'corrupt', error: 'SQLite finds it damaged' });
    expect(await open(bytes.subarray(0, 512))).toMatchObject({ status: 'corrupt' });
    expect(await open(bytes.subarray(0, 60))).toMatchObject({ status: 'corrupt' });
    bytes.fill(0xff, 100);
    expect(await open(bytes)).toMatchObject({ status: 'corrupt' });
  });

  it('is corrupt when it ends in the middle of a page or says it has more', async () => {
    makeShared(file);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, -100));
    expect(await readDatabaseImage(file)).toEqual({ status: 'corrupt', error: 'it ends in the middle of a page' });
    expect(await open(bytes.subarray(0, -4096))).toMatchObject({ status: 'corrupt' });
    const huge = Buffer.from(bytes);
    huge.writeUInt32BE(0xffff_ffff, 28);
    expect(await open(huge)).toMatchObject({ status: 'corrupt' });
  });

  it('keeps the tables that are whole', async () => {
    sqlite(
      file,
      "CREATE TABLE good(a); CREATE TABLE bad(a); INSERT INTO good VALUES('x'); INSERT INTO bad VALUES('y');",
    );
    const bytes = readFileSync(file);
    bytes.fill(0xee, 2 * 4096);
    writeFileSync(file, bytes);
    const database = await openFile(file);
    expect(database.read('bad', ['a']).end).toBe('corrupt');
    expect(database.read('good', ['a'])).toEqual({ end: 'complete', rows: [['x']] });
  });

  it('never crashes or holds up the reader, whatever bytes are changed in main file and log', async () => {
    makeShared(file);
    sqlite(
      file,
      '.dbconfig no_ckpt_on_close on',
      'UPDATE secret_store_entries SET updated_at_ms = 2;',
      "INSERT INTO channel_pairing_allow_entries VALUES('x', 'y', 'z', 1, 1);",
    );
    const main = readFileSync(file);
    const wal = readFileSync(`${file}-wal`);
    expect(wal.length).toBeGreaterThan(4096);
    const random = randomFrom(20_251_125);
    const spoil = (source: Buffer): Buffer => {
      const bytes = Buffer.from(source);
      for (let flips = 1 + random() * 20; flips > 0; flips--) {
        // Page headers and cell pointers are where damage matters most.
        const page = Math.floor((random() * bytes.length) / 4096) * 4096;
        const offset = random() < 0.6 ? page + Math.floor(random() * 200) : Math.floor(random() * bytes.length);
        if (offset < bytes.length) bytes[offset] = Math.floor(random() * 256);
      }
      return bytes;
    };
    const seen = new Set<string>();
    for (let i = 0; i < 300; i++) {
      writeFileSync(file, i % 4 === 0 ? main : spoil(main));
      writeFileSync(`${file}-wal`, i % 3 === 0 ? wal : spoil(wal));
      const before = i % 50 === 0 ? fingerprint(dir) : undefined;
      const started = performance.now();
      const image = await readDatabaseImage(file, { attempts: 1 });
      seen.add(image.status);
      if (image.status === 'ok') {
        const opened = await open(image.bytes);
        if (opened.status === 'ok') {
          seen.add(`tables ${readSharedTables(opened.database, file).facts.status}`);
          opened.database.close();
        } else expect(opened.status).toBe('corrupt');
      }
      expect(performance.now() - started).toBeLessThan(5_000);
      if (before) expect(fingerprint(dir)).toEqual(before);
    }
    expect([...seen].sort()).toEqual(['corrupt', 'ok', 'tables corrupt', 'tables ok']);
    // The engine has survived all of it.
    makeShared(path.join(dir, 'good.sqlite'));
    expect((await openFile(path.join(dir, 'good.sqlite'))).read('schema_meta', ['schema_version']).rows).toEqual([
      [18],
    ]);
  });
});
