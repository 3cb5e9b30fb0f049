/** Host paths that must not be mounted into a sandbox, themselves or anything below. OpenClaw 2026.3.7 and 2026.9.6. */
const BLOCKED: readonly string[] = [
  ...['/etc', '/private/etc', '/proc', '/sys', '/dev', '/root', '/boot', '/run', '/var/run', '/private/var/run'],
  ...['/var/run/docker.sock', '/private/var/run/docker.sock', '/run/docker.sock'],
];

/** Directories of a home that hold credentials (2026.9.6). */
const HOME_BLOCKED = ['.aws', '.cargo', '.config', '.docker', '.gnupg', '.netrc', '.npm', '.ssh'];

/** Places with the same power that neither version lists: container state and the home as a whole. */
const UNLISTED = ['/var/lib/docker', '/var/lib/containerd', '/var/lib/kubelet'];

export interface BindRisk {
  /** `root` of the host, a blocked path, or a directory that contains one. */
  readonly kind: 'root' | 'blocked' | 'covers';
  readonly path: string;
}

/** The host side of a bind: the text before the first colon; on Windows the colon of a drive does not count. */
export function bindSource(bind: string, windows = false): string {
  const drive = windows && /^[A-Za-z]:[\\/]/.test(bind) ? 2 : 0;
  const colon = bind.indexOf(':', drive);
  return (colon === -1 ? bind : bind.slice(0, colon)).trim();
}

/** `\` as `/`, `.` and `..` resolved, no slash at the end. */
export function normalizeBindSource(source: string): string {
  const plain = source.replace(/^\\\\[?.]\\/, '').replaceAll('\\', '/');
  const out: string[] = [];
  for (const part of plain.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') out.pop();
    else out.push(part);
  }
  return /^[A-Za-z]:$/.test(out[0] ?? '') ? out.join('/') : `/${out.join('/')}`;
}

const under = (path: string, dir: string) => path === dir || path.startsWith(dir === '/' ? '/' : `${dir}/`);

/** What is wrong with mounting this host path; home directories count in the second era, ancestors too. */
export function bindRisk(source: string, homes: readonly string[], secondEra: boolean): BindRisk | undefined {
  const path = normalizeBindSource(source);
  if (path === '/') return { kind: 'root', path };
  const blocked = [
    ...BLOCKED,
    ...(secondEra ? homes.flatMap((h) => HOME_BLOCKED.map((d) => `${h.replace(/\/+$/, '')}/${d}`)) : []),
  ];
  const inside = blocked.find((b) => under(path, b));
  if (inside) return { kind: 'blocked', path: inside };
  const covered = secondEra ? blocked.find((b) => under(b, path)) : undefined;
  return covered ? { kind: 'covers', path: covered } : undefined;
}

/** The same for places that neither version of OpenClaw minds. */
export function unlistedBindRisk(source: string): string | undefined {
  const path = normalizeBindSource(source);
  return UNLISTED.find((b) => under(path, b) || under(b, path));
}
