import { isPageSize } from './wal.ts';

/**
 * OpenClaw 2026.9.6 has 105 tables, some 200 indexes and triggers, and under 100 KB of SQL for them, none over 4 KB.
 */
const MAX_OBJECTS = 5_000;
const MAX_OBJECT_BYTES = 64 * 1024;
const MAX_SCHEMA_BYTES = 4 * 1024 * 1024;
const MAX_STATISTICS = 20_000;

/** The tables of ANALYZE, which SQLite reads by itself when it loads a schema, as it creates them. */
const STATISTICS = /^CREATE TABLE sqlite_stat[134]\([a-z,]+\)$/;

/**
 * Why SQLite might take for ever to load the schema of an image; undefined when it cannot. In a b-tree whose inner pages
 * point to the same page more than once, SQLite visits rows without end in a single call that nothing can interrupt.
 * So every page of the trees that it reads by itself must be named once, and what they hold must be of a sane size.
 * The tables that are queried need no such look: their rows are stepped through one by one, and counted.
 */
export function findSchemaProblem(image: Uint8Array): string | undefined {
  // An empty file is an empty database.
  if (image.length === 0) return undefined;
  try {
    const pages = new Pages(image);
    let bytes = 0;
    const statistics: number[] = [];
    const schema = pages.payloads(1, MAX_OBJECTS);
    for (const { size, start } of schema) {
      bytes += size;
      if (size > MAX_OBJECT_BYTES || bytes > MAX_SCHEMA_BYTES) throw new Damage('its schema is too large');
      const [type, name, table, root, sql] = readRecord(pages.payload(size, start));
      if (![name, table].some((text) => /^sqlite_stat/i.test(textOf(text)))) continue;
      if (textOf(type) !== 'table' || !STATISTICS.test(textOf(sql)))
        throw new Damage('its statistics tables are not genuine');
      statistics.push(Number(root));
    }
    for (const root of statistics) {
      for (const { size } of pages.payloads(root, MAX_STATISTICS)) {
        if (size > MAX_OBJECT_BYTES) throw new Damage('its statistics are too large');
      }
    }
    return undefined;
  } catch (error) {
    return error instanceof Damage ? error.message : 'its schema is damaged';
  }
}

class Damage extends Error {}

/** Where a row begins: the size of its record and the offset at which the record starts in the image. */
interface Payload {
  readonly size: number;
  readonly start: number;
}

/** The pages of an image, as described in "B-tree Pages" of SQLite's file format. Reading outside of it throws. */
class Pages {
  readonly #view: DataView;
  readonly #pageSize: number;
  readonly #usable: number;
  readonly #count: number;

  constructor(image: Uint8Array) {
    this.#view = new DataView(image.buffer, image.byteOffset, image.byteLength);
    const declared = this.#view.getUint16(16);
    this.#pageSize = declared === 1 ? 65_536 : declared;
    this.#usable = this.#pageSize - this.#view.getUint8(20);
    this.#count = Math.floor(image.length / this.#pageSize);
    if (!isPageSize(this.#pageSize) || this.#usable < 480) throw new Damage('its header is damaged');
  }

  /** The rows of the tree at a root page, at most `limit`. Each page is visited once. */
  payloads(root: number, limit: number): Payload[] {
    const rows: Payload[] = [];
    const seen = new Set<number>();
    const queue = [root];
    for (let page = queue.pop(); page !== undefined; page = queue.pop()) {
      if (seen.has(page) || page < 1 || page > this.#count) throw new Damage('its schema is damaged');
      seen.add(page);
      const base = (page - 1) * this.#pageSize;
      const header = base + (page === 1 ? 100 : 0);
      const kind = this.#view.getUint8(header);
      const inner = kind === 2 || kind === 5;
      if (!inner && kind !== 10 && kind !== 13) throw new Damage('its schema is damaged');
      const cells = this.#view.getUint16(header + 3);
      if (inner) queue.push(this.#view.getUint32(header + 8));
      for (let i = 0; i < cells; i++) {
        let at = base + this.#view.getUint16(header + (inner ? 12 : 8) + 2 * i);
        if (inner) {
          queue.push(this.#view.getUint32(at));
          at += 4;
        }
        if (kind === 5) continue;
        if (rows.length === limit) throw new Damage('its schema has too many entries');
        const [size, afterSize] = readVarint(this.#view, at);
        const start = kind === 13 ? readVarint(this.#view, afterSize)[1] : afterSize;
        rows.push({ size, start });
      }
    }
    return rows;
  }

  /** The record of a row in a table, collected from its overflow pages. */
  payload(size: number, start: number): DataView {
    const out = new Uint8Array(size);
    const usable = this.#usable;
    const largestLocal = usable - 35;
    const smallestLocal = Math.floor(((usable - 12) * 32) / 255) - 23;
    const fitting = smallestLocal + ((size - smallestLocal) % (usable - 4));
    const local = size <= largestLocal ? size : fitting <= largestLocal ? fitting : smallestLocal;
    out.set(this.#bytes(start, local));
    let next = local < size ? this.#view.getUint32(start + local) : 0;
    for (let at = local; at < size; ) {
      if (next < 1 || next > this.#count) throw new Damage('its schema is damaged');
      const base = (next - 1) * this.#pageSize;
      const length = Math.min(size - at, usable - 4);
      out.set(this.#bytes(base + 4, length), at);
      at += length;
      next = this.#view.getUint32(base);
    }
    return new DataView(out.buffer);
  }

  #bytes(offset: number, length: number): Uint8Array {
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + offset, length);
  }
}

/** The columns of a record: bytes of text, whole numbers up to 32 bits, anything else as undefined. */
function readRecord(record: DataView): (Uint8Array | number | undefined)[] {
  const values: (Uint8Array | number | undefined)[] = [];
  const [headerEnd, afterLength] = readVarint(record, 0);
  let body = headerEnd;
  for (let at = afterLength; at < headerEnd && values.length < 5; ) {
    const [type, next] = readVarint(record, at);
    at = next;
    const length = type >= 12 ? Math.floor((type - 12) / 2) : (INTEGER_BYTES[type] ?? 0);
    values.push(readValue(record, body, type, length));
    body += length;
  }
  return values;
}

const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8, 8];

function readValue(record: DataView, at: number, type: number, length: number): Uint8Array | number | undefined {
  if (type >= 13 && type % 2 === 1) return new Uint8Array(record.buffer, at, length);
  switch (type) {
    case 1:
      return record.getInt8(at);
    case 2:
      return record.getInt16(at);
    case 3:
      return (record.getInt16(at) << 8) | record.getUint8(at + 2);
    case 4:
      return record.getInt32(at);
    case 8:
    case 9:
      return type - 8;
    default:
      return undefined;
  }
}

const LATIN1 = new TextDecoder('latin1');

/** Names and SQL in ASCII, also when they are stored as UTF-16, with a zero for every other byte. */
function textOf(value: Uint8Array | number | undefined): string {
  return value instanceof Uint8Array ? LATIN1.decode(value).replaceAll('\0', '') : '';
}

/** A number of up to nine bytes, seven bits in each but the last, and the offset after it. */
function readVarint(view: DataView, at: number): [value: number, next: number] {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    const byte = view.getUint8(at + i);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, at + i + 1];
  }
  return [value * 256 + view.getUint8(at + 8), at + 9];
}
