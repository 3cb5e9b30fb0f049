/** What the first 32 bytes of a write-ahead log say; they change whenever the log starts over. */
export interface WalHeader {
  /** Bytes per page. */
  readonly pageSize: number;
  /** Byte order of the words that checksums are taken over. */
  readonly littleEndianSums: boolean;
  readonly salts: readonly [number, number];
  /** The checksum of the header, with which the sums of the frames begin. */
  readonly sums: Sums;
}

/** Pages that committed transactions left in a write-ahead log. */
export interface CommittedPages {
  /** Offset of the newest content of each page in the log, by 1-based page number. */
  readonly offsets: ReadonlyMap<number, number>;
  /** Size of the database after the last commit, in pages. */
  readonly databasePages: number;
  /** Frames up to and including the last commit. */
  readonly frames: number;
}

type Sums = readonly [number, number];

export const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const MAGIC = 0x377f0682;
const FORMAT = 3_007_000;

/**
 * Reads the header; undefined when SQLite would ignore the whole log: too short, another magic number, an impossible
 * page size or a wrong checksum.
 *
 * The layout is that of "WAL Format" in SQLite's file format description.
 */
export function readWalHeader(wal: Uint8Array): WalHeader | undefined {
  if (wal.length < WAL_HEADER_BYTES) return undefined;
  const view = viewOf(wal);
  const magic = view.getUint32(0);
  if (magic !== MAGIC && magic !== MAGIC + 1) return undefined;
  const pageSize = view.getUint32(8);
  if (!isPageSize(pageSize) || view.getUint32(4) !== FORMAT) return undefined;
  const littleEndianSums = magic === MAGIC;
  const sums = addSums([0, 0], view, 0, 24, littleEndianSums);
  if (sums[0] !== view.getInt32(24) || sums[1] !== view.getInt32(28)) return undefined;
  return { pageSize, littleEndianSums, salts: [view.getUint32(16), view.getUint32(20)], sums };
}

/**
 * The frames that belong to committed transactions, as SQLite's own recovery finds them: from the start, as long as the
 * salts are those of the header and the running checksum holds, up to the last frame that ends a transaction.
 */
export function committedPages(wal: Uint8Array, header: WalHeader): CommittedPages | undefined {
  const { pageSize, littleEndianSums, salts } = header;
  const view = viewOf(wal);
  const offsets = new Map<number, number>();
  let pending: (readonly [page: number, offset: number])[] = [];
  let databasePages = 0;
  let frames = 0;
  let { sums } = header;
  const step = FRAME_HEADER_BYTES + pageSize;
  for (let at = WAL_HEADER_BYTES, n = 1; at + step <= wal.length; at += step, n++) {
    const page = view.getUint32(at);
    if (page === 0 || view.getUint32(at + 8) !== salts[0] || view.getUint32(at + 12) !== salts[1]) break;
    sums = addSums(sums, view, at, 8, littleEndianSums);
    sums = addSums(sums, view, at + FRAME_HEADER_BYTES, pageSize, littleEndianSums);
    if (sums[0] !== view.getInt32(at + 16) || sums[1] !== view.getInt32(at + 20)) break;
    pending.push([page, at + FRAME_HEADER_BYTES]);
    const sizeAfterCommit = view.getUint32(at + 4);
    if (sizeAfterCommit === 0) continue;
    for (const [committed, offset] of pending) offsets.set(committed, offset);
    pending = [];
    databasePages = sizeAfterCommit;
    frames = n;
  }
  return frames === 0 ? undefined : { offsets, databasePages, frames };
}

/** A power of two from 512 to 65,536. */
export function isPageSize(bytes: number): boolean {
  return bytes >= 512 && bytes <= 65_536 && (bytes & (bytes - 1)) === 0;
}

/** Continues a Fibonacci-weighted checksum over `length` bytes, a multiple of eight, with 32-bit signed arithmetic. */
function addSums(sums: Sums, view: DataView, start: number, length: number, littleEndian: boolean): Sums {
  let [a, b] = sums;
  for (let at = start; at < start + length; at += 8) {
    a = (((a + view.getInt32(at, littleEndian)) | 0) + b) | 0;
    b = (((b + view.getInt32(at + 4, littleEndian)) | 0) + a) | 0;
  }
  return [a, b];
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
