import { realpathSync } from 'node:fs';

/** Where a path leads through links; undefined when that cannot be told. */
export function realPathOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
