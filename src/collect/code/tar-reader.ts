import type { ScanFile } from '../../scan/types.ts';
import type { PackageLimits } from './limits.ts';
import { DESCRIPTIONS, isTelling } from './reading-order.ts';
import type { Shortfall } from './shortfall.ts';
import { contentOf } from './text-content.ts';

const BLOCK = 512;
/** Largest extended header that is read. */
const MAX_HEADER = 1024 * 1024;
/** Odd names are chosen by who made the archive: a million of them are not a million limits. */
const MAX_ODD = 50;

/** What an extended header says of the entry after it. */
interface Extended {
  path?: string;
  linkpath?: string;
  size?: number;
}

/** The entry whose content is being read. */
interface Entry {
  readonly type: string;
  readonly header: Buffer;
  readonly size: number;
  /** Of its content and the padding after it. */
  left: number;
  /** Undefined when the content is not kept. */
  readonly content: Buffer[] | undefined;
}

/** Takes a tar archive apart that arrives in pieces. */
export class TarReader {
  /** True when what arrived is no tar archive. */
  isNone = false;
  readonly #limits: PackageLimits;
  readonly #shortfall: Shortfall;
  /** By path; of two entries with one name the later is what unpacking leaves. */
  readonly #files = new Map<string, ScanFile>();
  #waiting: Buffer = Buffer.alloc(0);
  #entry: Entry | undefined;
  #extended: Extended = {};
  #ended = false;
  #at = 0;
  #odd = 0;
  #keptBytes = 0;

  constructor(limits: PackageLimits, shortfall: Shortfall) {
    this.#limits = limits;
    this.#shortfall = shortfall;
  }

  get files(): readonly ScanFile[] {
    return [...this.#files.values()];
  }

  /** False when the rest does not matter. */
  push(piece: Buffer): boolean {
    let bytes = this.#waiting.length > 0 ? Buffer.concat([this.#waiting, piece]) : piece;
    while (!this.#ended) {
      const used = this.#entry ? this.#takeContent(this.#entry, bytes) : this.#takeHeader(bytes);
      if (used === 0) break;
      this.#at += used;
      bytes = bytes.subarray(used);
    }
    // A copy, so that a few bytes do not keep a whole piece.
    this.#waiting = Buffer.from(bytes);
    return !this.#ended;
  }

  end(): void {
    if (this.#ended) return;
    if (this.#files.size === 0 && !this.#entry) this.isNone = true;
    else if (this.#entry || this.#waiting.length > 0)
      this.#reach('damaged', `at byte ${this.#at}`, 'the archive breaks off; the rest is not read');
  }

  #takeHeader(bytes: Buffer): number {
    if (bytes.length < BLOCK) return 0;
    const header = bytes.subarray(0, BLOCK);
    // Two of them end an archive, and not every program that unpacks one stops there.
    if (header.every((byte) => byte === 0)) return BLOCK;
    if (!hasChecksum(header)) {
      if (this.#files.size === 0) this.isNone = true;
      else this.#reach('damaged', `at byte ${this.#at}`, 'the archive is damaged; the rest is not read');
      this.#ended = true;
      return 0;
    }
    const size = this.#extended.size ?? numberAt(header, 124, 12);
    if (!Number.isSafeInteger(size) || size < 0) {
      this.#reach('damaged', `at byte ${this.#at}`, 'the archive is damaged; the rest is not read');
      this.#ended = true;
      return 0;
    }
    const type = String.fromCharCode(header[156]!);
    const most = 'xLKg'.includes(type) ? MAX_HEADER : this.#limits.fileBytes;
    this.#entry = {
      type,
      header: Buffer.from(header),
      size,
      left: Math.ceil(size / BLOCK) * BLOCK,
      content: size <= most ? [] : undefined,
    };
    if (size === 0) this.#finish(this.#entry);
    return BLOCK;
  }

  #takeContent(entry: Entry, bytes: Buffer): number {
    const used = Math.min(entry.left, bytes.length);
    entry.content?.push(Buffer.from(bytes.subarray(0, used)));
    entry.left -= used;
    if (entry.left === 0) this.#finish(entry);
    return used;
  }

  #finish({ type, header, size, content }: Entry): void {
    this.#entry = undefined;
    const body = content && Buffer.concat(content).subarray(0, size);
    if (type === 'g') return;
    if ('xLK'.includes(type)) {
      if (!body) this.#reach('header', `at byte ${this.#at}`, `a header of more than ${MAX_HEADER} bytes is not read`);
      else if (type === 'x') this.#extended = { ...this.#extended, ...paxRecords(body) };
      else this.#extended[type === 'L' ? 'path' : 'linkpath'] = textAt(body, 0, body.length);
      return;
    }
    if (type !== '5') this.#addFile(type, header, size, body);
    this.#extended = {};
  }

  #addFile(type: string, header: Buffer, size: number, body: Buffer | undefined): void {
    const prefix = textAt(header, 345, 155);
    const short = textAt(header, 0, 100);
    const name = this.#extended.path ?? (isUstar(header) && prefix !== '' ? `${prefix}/${short}` : short);
    const path = this.#inside(name);
    if (path === '') return;
    if (this.#files.size >= this.#limits.files) {
      this.#reach('files', path, `more than ${this.#limits.files} files; the rest is not read`);
      this.#ended = true;
      return;
    }
    if (this.#files.has(path)) this.#reachOdd(path, 'it stands in the archive twice; the later one was read');
    const executable = (numberAt(header, 100, 8) & 0o111) !== 0 && { executable: true };
    this.#files.set(path, { path, ...executable, ...this.#content(type, path, header, size, body) });
  }

  #content(
    type: string,
    path: string,
    header: Buffer,
    bytes: number,
    body: Buffer | undefined,
  ): Omit<ScanFile, 'path'> {
    if (type === '1' || type === '2') return { symlink: this.#extended.linkpath ?? textAt(header, 157, 100) };
    if (type !== '0' && type !== '\0' && type !== '7') return { skipped: 'not-regular' };
    if (!body) return { bytes, skipped: 'too-large' };
    const content = contentOf(path, body.toString('utf8').replace(/^\ufeff/, ''));
    if ('binary' in content) return { bytes, ...content };
    // The order of an archive is that of who made it: what tells nothing gives way first.
    const all = this.#keptBytes + bytes;
    const { keptBytes } = this.#limits;
    const isKept =
      all <= keptBytes / 2 || (all <= keptBytes && (DESCRIPTIONS.includes(path) || isTelling(content.text)));
    if (!isKept) {
      this.#reach('kept', path, `more than ${keptBytes} bytes of text; some is left out`);
      return { bytes, skipped: 'too-many' };
    }
    this.#keptBytes += bytes;
    return { bytes, ...content };
  }

  /** The name without its first directory and without any step that leaves the package. */
  #inside(name: string): string {
    const steps = name.split(/[/\\]+/).filter((step) => step !== '' && step !== '.');
    if (name.startsWith('/') || steps.includes('..')) this.#reachOdd(name, 'its name leads out of the package');
    const kept = steps.filter((step) => step !== '..');
    return (kept.length > 1 ? kept.slice(1) : kept).join('/');
  }

  #reach(bound: string, what: string, reason: string): void {
    this.#shortfall.reach(bound, what, reason);
  }

  #reachOdd(name: string, reason: string): void {
    if (this.#odd++ < MAX_ODD) this.#reach(`${reason} ${name}`, name, reason);
  }
}

function isUstar(header: Buffer): boolean {
  return header.toString('latin1', 257, 262) === 'ustar';
}

/** The sum of the header's bytes, those of the sum itself taken as blanks. */
function hasChecksum(header: Buffer): boolean {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : header[i]!;
  return sum === numberAt(header, 148, 8);
}

/** Octal digits, or a binary number where the first bit is set. NaN when it is neither. */
function numberAt(header: Buffer, at: number, length: number): number {
  if ((header[at]! & 0x80) !== 0) {
    let value = header[at]! & 0x7f;
    for (let i = at + 1; i < at + length; i++) value = value * 256 + header[i]!;
    return value;
  }
  const digits = textAt(header, at, length).trim();
  return digits === '' ? 0 : /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}

function textAt(bytes: Buffer, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? field.length : end);
}

/** `<length> <key>=<value>\n`, again and again. */
function paxRecords(body: Buffer): Extended {
  const out: Extended = {};
  for (let at = 0; at < body.length; ) {
    const blank = body.indexOf(0x20, at);
    const length = blank === -1 ? Number.NaN : Number(body.toString('latin1', at, blank));
    if (!Number.isInteger(length) || length <= blank - at || at + length > body.length) break;
    const record = body.toString('utf8', blank + 1, at + length - 1);
    const equals = record.indexOf('=');
    const [key, value] = [record.slice(0, equals), record.slice(equals + 1)];
    if (key === 'path') out.path = value;
    else if (key === 'linkpath') out.linkpath = value;
    else if (key === 'size' && /^\d+$/.test(value)) out.size = Number(value);
    at += length;
  }
  return out;
}
