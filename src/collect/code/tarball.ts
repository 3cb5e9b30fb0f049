import { gunzipSync } from 'node:zlib';
import type { CollectLimit, ScanFile } from '../../scan/types.ts';
import { PACKAGE_LIMITS, type PackageLimits } from './limits.ts';
import type { ReadPackage } from './read-package.ts';
import { contentOf } from './text-content.ts';

const BLOCK = 512;

/** The files of an archive, or why it is none. */
export type ReadTarball = ({ readonly ok: true } & ReadPackage) | { readonly ok: false; readonly reason: string };

/**
 * Reads a tar archive, gzipped or not, in memory; nothing is unpacked to disk. As npm does, the first directory of every
 * name is dropped. Names that lead out of the package are cut to what is inside and reported. Never throws.
 */
export function readTarball(bytes: Buffer, limits: PackageLimits = PACKAGE_LIMITS): ReadTarball {
  // Headers and padding come on top of the content.
  const most = limits.totalBytes + limits.files * 2 * BLOCK;
  let tar = bytes;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      tar = gunzipSync(bytes, { maxOutputLength: most });
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      return {
        ok: false,
        reason:
          code === 'ERR_BUFFER_TOO_LARGE'
            ? `it unpacks to more than ${most} bytes`
            : 'it is damaged: gzip cannot read it',
      };
    }
  }
  if (tar.length > most) return { ok: false, reason: `it is larger than ${most} bytes` };
  return new TarReader(tar, limits).run();
}

/** What an extended header says of the entry after it. */
interface Extended {
  path?: string;
  linkpath?: string;
  size?: number;
}

class TarReader {
  readonly #tar: Buffer;
  readonly #limits: PackageLimits;
  /** By path; of two entries with one name the later is what unpacking leaves. */
  readonly #files = new Map<string, ScanFile>();
  readonly #reached = new Map<string, CollectLimit>();

  constructor(tar: Buffer, limits: PackageLimits) {
    this.#tar = tar;
    this.#limits = limits;
  }

  run(): ReadTarball {
    const tar = this.#tar;
    let extended: Extended = {};
    let at = 0;
    while (at + BLOCK <= tar.length) {
      const header = tar.subarray(at, at + BLOCK);
      if (header.every((byte) => byte === 0)) break;
      if (!hasChecksum(header)) {
        if (at === 0) return { ok: false, reason: 'it is no tar archive' };
        this.#reach('damaged', `at byte ${at}`, 'the archive is damaged; the rest is not read');
        break;
      }
      const size = extended.size ?? numberAt(header, 124, 12);
      const start = at + BLOCK;
      if (!Number.isSafeInteger(size) || size < 0 || start + size > tar.length) {
        this.#reach('damaged', `at byte ${at}`, 'the archive breaks off; the rest is not read');
        break;
      }
      const body = tar.subarray(start, start + size);
      const type = String.fromCharCode(header[156]!);
      at = start + Math.ceil(size / BLOCK) * BLOCK;
      if (type === 'x') extended = { ...extended, ...paxRecords(body) };
      else if (type === 'L') extended.path = textAt(body, 0, body.length);
      else if (type === 'K') extended.linkpath = textAt(body, 0, body.length);
      else if (type !== 'g') {
        if (!this.#entry(type, header, body, extended)) break;
        extended = {};
      }
    }
    return { ok: true, files: [...this.#files.values()], limits: [...this.#reached.values()], failures: [] };
  }

  /** False when a bound was hit. */
  #entry(type: string, header: Buffer, body: Buffer, extended: Extended): boolean {
    if (type === '5') return true;
    const prefix = textAt(header, 345, 155);
    const short = textAt(header, 0, 100);
    const name = extended.path ?? (isUstar(header) && prefix !== '' ? `${prefix}/${short}` : short);
    const path = this.#inside(name);
    if (path === '') return true;
    if (this.#files.size >= this.#limits.files) {
      this.#reach('files', path, `more than ${this.#limits.files} files; the rest is not read`);
      return false;
    }
    if (this.#files.has(path))
      this.#reach(`twice ${path}`, path, 'it stands in the archive twice; the later one was read');
    const executable = (numberAt(header, 100, 8) & 0o111) !== 0 && { executable: true };
    this.#files.set(path, { path, ...executable, ...this.#content(type, path, header, body, extended) });
    return true;
  }

  #content(type: string, path: string, header: Buffer, body: Buffer, extended: Extended): Omit<ScanFile, 'path'> {
    if (type === '1' || type === '2') return { symlink: extended.linkpath ?? textAt(header, 157, 100) };
    if (type !== '0' && type !== '\0' && type !== '7') return { skipped: 'not-regular' };
    if (body.length > this.#limits.fileBytes) return { bytes: body.length, skipped: 'too-large' };
    return { bytes: body.length, ...contentOf(path, body.toString('utf8').replace(/^\ufeff/, '')) };
  }

  /** The name without its first directory and without any step that leaves the package. */
  #inside(name: string): string {
    const steps = name.split(/[/\\]+/).filter((step) => step !== '' && step !== '.');
    if (name.startsWith('/') || steps.includes('..'))
      this.#reach(`leaves ${name}`, name, 'its name leads out of the package');
    const kept = steps.filter((step) => step !== '..');
    return (kept.length > 1 ? kept.slice(1) : kept).join('/');
  }

  #reach(bound: string, what: string, reason: string): void {
    // Names are chosen by who made the archive: a million odd ones are not a million limits.
    if (this.#reached.size < 50 || !/^(?:twice|leaves) /.test(bound)) {
      if (!this.#reached.has(bound)) this.#reached.set(bound, { what, reason });
    }
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
