import type { Database, SqlValue } from 'sql.js';
import { loadEngine, retireEngine } from './engine.ts';
import { findSchemaProblem } from './schema-bounds.ts';

/** One value of a row. `undefined` stands for a value above the limit, which was not read. */
export type Cell = string | number | Uint8Array | null | undefined;

/** A column to read: its value, or only the size of its value in bytes (null for NULL), so that a secret stays inside. */
export type ColumnRequest = string | { readonly sizeOf: string };

/**
 * The rows of a table in storage order, and how reading ended.
 * - `complete`: these are all
 * - `absent`: there is no ordinary table of that name with all these columns
 * - `stopped`: there are more rows or bytes than allowed, or time ran out
 * - `corrupt`: SQLite found damage; the rows before it are there
 */
export interface TableRows {
  readonly end: 'complete' | 'absent' | 'stopped' | 'corrupt';
  readonly rows: readonly (readonly Cell[])[];
}

export interface ReadLimits {
  /** Rows of one table. */
  readonly maxRows?: number;
  /** Bytes of one value. */
  readonly maxCellBytes?: number;
  /** Bytes of all values read from one database. */
  readonly maxBytes?: number;
  /** Milliseconds from the opening on. */
  readonly maxMs?: number;
}

/** A database that can only be read, table by table. */
export interface ReadableDatabase {
  /** `PRAGMA user_version`. */
  readonly userVersion: number;
  /** Reads an ordinary table. Never throws. */
  read(table: string, columns: readonly ColumnRequest[]): TableRows;
  /** Frees the memory. */
  close(): void;
}

export type OpenedDatabase =
  | { readonly status: 'ok'; readonly database: ReadableDatabase }
  | { readonly status: 'corrupt' | 'unreadable'; readonly error: string };

const MIB = 1024 * 1024;
const DEFAULTS = { maxRows: 100_000, maxCellBytes: 16 * MIB, maxBytes: 64 * MIB, maxMs: 5_000 };
/** Offset of `user_version` in the database header. */
const USER_VERSION_AT = 60;

/**
 * Opens an image with SQLite, in memory. Never rejects.
 *
 * A hostile schema is harmless: only plain columns of ordinary tables are selected, so that no view, trigger, generated
 * column or virtual table ever runs, and nothing but single steps over single rows is asked of SQLite.
 */
export async function openImage(
  image: Uint8Array,
  options: ReadLimits & { readonly wasmPath?: string } = {},
): Promise<OpenedDatabase> {
  const problem = findSchemaProblem(image);
  if (problem !== undefined) return { status: 'corrupt', error: problem };
  const engine = await loadEngine(options.wasmPath);
  if (!engine.ok) return { status: 'unreadable', error: engine.error };
  let database: Database | undefined;
  try {
    database = new engine.sqlite.Database(image);
    // None of the first three touches the file; the last loads the schema.
    database.run('PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA cell_size_check = ON');
    database.exec('SELECT 1 FROM sqlite_schema LIMIT 1');
    const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
    return {
      status: 'ok',
      database: new OpenDatabase(database, image.length ? view.getInt32(USER_VERSION_AT) : 0, {
        ...DEFAULTS,
        ...definedOnly(options),
      }),
    };
  } catch (error) {
    noticeTrap(error);
    closeQuietly(database);
    return { status: 'corrupt', error: 'SQLite finds it damaged' };
  }
}

class OpenDatabase implements ReadableDatabase {
  readonly userVersion: number;
  readonly #database: Database;
  readonly #limits: typeof DEFAULTS;
  readonly #deadline: number;
  #bytesLeft: number;

  constructor(database: Database, userVersion: number, limits: typeof DEFAULTS) {
    this.#database = database;
    this.userVersion = userVersion;
    this.#limits = limits;
    this.#bytesLeft = limits.maxBytes;
    this.#deadline = performance.now() + limits.maxMs;
  }

  read(table: string, columns: readonly ColumnRequest[]): TableRows {
    const rows: Cell[][] = [];
    try {
      if (!this.#has(table, columns.map(nameOf))) return { end: 'absent', rows };
      // NOT INDEXED: an index may be damaged where the table is not.
      const wanted = columns.map((column) => this.#select(column)).join(', ');
      const end = this.#step(`SELECT ${wanted} FROM main.${quote(table)} NOT INDEXED`, columns, rows);
      return { end, rows };
    } catch (error) {
      noticeTrap(error);
      return { end: 'corrupt', rows };
    }
  }

  close(): void {
    closeQuietly(this.#database);
  }

  #step(sql: string, columns: readonly ColumnRequest[], rows: Cell[][]): 'complete' | 'stopped' {
    const statement = this.#database.prepare(sql);
    try {
      while (statement.step()) {
        const enough = rows.length >= this.#limits.maxRows || this.#bytesLeft < 0;
        if (enough || performance.now() > this.#deadline) return 'stopped';
        rows.push(this.#cells(statement.get(), columns));
      }
      return 'complete';
    } finally {
      statement.free();
    }
  }

  /** Every value comes as a pair: its size, and itself when it is not above the limit. */
  #select(column: ColumnRequest): string {
    const name = quote(nameOf(column));
    const size = `octet_length(${name})`;
    return typeof column === 'string'
      ? `${size}, CASE WHEN ${size} <= ${this.#limits.maxCellBytes} THEN ${name} END`
      : `${size}, NULL`;
  }

  #cells(raw: readonly SqlValue[], columns: readonly ColumnRequest[]): Cell[] {
    return columns.map((column, i) => {
      const size = raw[2 * i] as number | null;
      if (typeof column !== 'string' || size === null) return size;
      if (size > this.#limits.maxCellBytes) return undefined;
      this.#bytesLeft -= size;
      return raw[2 * i + 1];
    });
  }

  #has(table: string, columns: readonly string[]): boolean {
    const found = this.#database.exec("SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?", [table]);
    const sql = found[0]?.values[0]?.[0];
    if (typeof sql !== 'string' || !/^CREATE TABLE\s/i.test(sql)) return false;
    // `table_info` leaves out generated and hidden columns.
    const info = this.#database.exec(`PRAGMA main.table_info(${quote(table)})`);
    const names = new Set(info[0]?.values.map((row) => row[1]));
    return columns.every((column) => names.has(column));
  }
}

function nameOf(column: ColumnRequest): string {
  return typeof column === 'string' ? column : column.sizeOf;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** SQLite's own complaints are plain errors; a trap of the WebAssembly is another kind. */
function noticeTrap(error: unknown): void {
  if (error instanceof RangeError || (error instanceof Error && error.name === 'RuntimeError')) {
    retireEngine('the SQLite engine broke on a damaged database before');
  }
}

function closeQuietly(database: Database | undefined): void {
  try {
    database?.close();
  } catch (error) {
    noticeTrap(error);
  }
}

function definedOnly(limits: ReadLimits): Partial<typeof DEFAULTS> {
  return Object.fromEntries(
    Object.keys(DEFAULTS)
      .map((key) => [key, limits[key as keyof ReadLimits]] as const)
      .filter(([, value]) => value !== undefined),
  );
}
