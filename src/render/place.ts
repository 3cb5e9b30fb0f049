import type { Location } from '../core/finding.ts';

/** Where the paths of a machine-readable output begin. */
export interface PlaceOptions {
  /** Absolute path; files below it are named relative to it, as code hosts want them. */
  readonly baseDir?: string;
}

/** True when a location is a variable of the gateway's environment and no file. */
export function isVariable(location: Location): boolean {
  return location.file.startsWith('$');
}

/** The path below the base directory with `/`, or undefined when the file is not below it. */
export function relativePath(file: string, { baseDir }: PlaceOptions): string | undefined {
  const base = slashes(baseDir ?? '').replace(/\/+$/, '');
  // Everything lies below the root; that says nothing.
  if (base === '' || /^[A-Za-z]:$/.test(base)) return undefined;
  const path = slashes(file);
  if (!path.startsWith(`${base}/`)) return undefined;
  const relative = path.slice(base.length).replace(/^\/+/, '');
  return relative === '' || relative.split('/').includes('..') ? undefined : relative;
}

/** `path:line:column key`, not yet escaped. */
export function placeText(location: Location, options: PlaceOptions): string {
  const file = isVariable(location) ? location.file : (relativePath(location.file, options) ?? location.file);
  const at = location.line === undefined ? '' : `:${location.line}:${location.column ?? 1}`;
  return `${file}${at}`;
}

/** A Windows path with `/`; any other path as it is, as `\` is a character of it. */
export function slashes(path: string): string {
  return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(path) ? path.replaceAll('\\', '/') : path;
}
