import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { errnoReason } from '../errno.ts';
import { PACKAGE_LIMITS, type PackageLimits } from './limits.ts';
import type { ReadPackage } from './read-package.ts';
import { Shortfall } from './shortfall.ts';
import { TarReader } from './tar-reader.ts';

/** The files of an archive, or why it cannot be read as one. */
export type ReadTarball = ReadPackage | { readonly reason: string };

/**
 * Reads a tar archive, gzipped or not, piece by piece; nothing is unpacked to disk. As npm does, the first directory of
 * every name is dropped. Names that lead out of the package are cut to what is inside and reported. Never rejects.
 */
export async function readTarball(path: string, limits: PackageLimits = PACKAGE_LIMITS): Promise<ReadTarball> {
  const shortfall = new Shortfall();
  const tar = new TarReader(limits, shortfall);
  const deadline = Date.now() + limits.ms;
  let unpacked = 0;
  const stop = (piece: Buffer): boolean => {
    unpacked += piece.length;
    if (unpacked > limits.readBytes)
      shortfall.reach('bytes', '.', `it unpacks to more than ${limits.readBytes} bytes; the rest is not read`);
    else if (Date.now() > deadline)
      shortfall.reach('time', '.', `reading took more than ${limits.ms} ms; the rest is not read`);
    else return !tar.push(piece);
    return true;
  };
  try {
    let isWhole = true;
    for await (const piece of pieces(path)) {
      isWhole = !stop(piece);
      if (!isWhole) break;
    }
    if (isWhole) tar.end();
  } catch (error) {
    if (!isGzipError(error)) return { reason: errnoReason(error) };
    if (unpacked === 0) return { reason: 'it is damaged: gzip cannot read it' };
    shortfall.reach('damaged', '.', 'the archive is damaged; the rest is not read');
  }
  if (tar.isNone) return { reason: 'it is no tar archive' };
  return { files: tar.files, limits: shortfall.limits, failures: shortfall.failures };
}

/** The content of the file, unpacked where it is gzipped, in pieces. */
async function* pieces(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path);
  const first = await new Promise<Buffer | null>((resolve, reject) => {
    file.once('error', reject);
    file.once('readable', () => resolve(file.read(2) as Buffer | null));
  });
  if (first === null) return;
  file.unshift(first);
  if (first[0] !== 0x1f || first[1] !== 0x8b) yield* file as AsyncIterable<Buffer>;
  else {
    const unpacked = createGunzip();
    file.on('error', (error) => unpacked.destroy(error));
    try {
      yield* file.pipe(unpacked) as AsyncIterable<Buffer>;
    } finally {
      file.destroy();
    }
  }
}

function isGzipError(error: unknown): boolean {
  return String((error as NodeJS.ErrnoException | null)?.code).startsWith('Z_');
}
