/** The directory part of a relative path, '' at the top. */
export function directory(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '' : path.slice(0, at);
}

/** The last name of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The extension in lower case with its dot, or ''. */
export function extension(path: string): string {
  const name = fileName(path);
  const at = name.lastIndexOf('.');
  return at <= 0 ? '' : name.slice(at).toLowerCase();
}

/** Joins and resolves `.` and `..`; undefined when it leaves the root. */
export function resolveInside(base: string, path: string): string | undefined {
  const out: string[] = path.startsWith('/') ? [] : base === '' ? [] : base.split('/');
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (out.length === 0) return undefined;
      out.pop();
    } else out.push(part);
  }
  return out.join('/');
}
