import { lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { INCLUDE_SIZE_LIMIT, type IncludeReader } from '../config/document.ts';
import type { ConfigFile } from '../core/snapshot.ts';
import { readTextFile } from './read.ts';

/** Larger than any real config; OpenClaw itself sets no limit for the main file. */
const CONFIG_MAX_BYTES = 32 * 1024 * 1024;

/** Reads the main config file. */
export function readConfigFile(path: string): ConfigFile {
  const read = readTextFile(path, { maxBytes: CONFIG_MAX_BYTES });
  if (!read.ok) return { path, text: '', bom: false, secrets: [], error: read.error };
  return { path, text: read.text, bom: read.bom, secrets: [] };
}

/**
 * Reads included files the way OpenClaw 2026.3.7 allows: below the directory of the configured path, before and after
 * links are followed, a regular file with one hard link, 2 MiB at most.
 */
export function includeReader(mainPath: string): IncludeReader {
  const root = dirname(resolve(mainPath));
  return {
    resolve: (target, fromFile) => resolve(dirname(fromFile), target),
    read: (path) => {
      const file = (error?: ConfigFile['error'], text = '', bom = false): ConfigFile => ({
        path,
        text,
        bom,
        secrets: [],
        ...(error ? { error } : {}),
      });
      if (!isBelow(root, path)) return file('outside-root');
      try {
        const real = realpathSync.native(path);
        if (!isBelow(realpathSync.native(root), real)) return file('outside-root');
        if (lstatSync(real).nlink > 1) return file('hard-linked');
      } catch {
        // The reader below says what is wrong.
      }
      const read = readTextFile(path, { maxBytes: INCLUDE_SIZE_LIMIT });
      return read.ok ? file(undefined, read.text, read.bom) : file(read.error);
    },
  };
}

function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}
