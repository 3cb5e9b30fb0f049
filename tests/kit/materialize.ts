import {
  chmodSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** A recorded home as data. */
export interface RecordedHome {
  readonly config?: string;
  readonly tree?: {
    readonly stateDir?: { readonly path?: string; readonly mode?: string; readonly linkTo?: string };
    readonly config?: {
      readonly path?: string;
      readonly mode?: string;
      readonly linkTo?: string;
      readonly absent?: boolean;
    };
    readonly entries?: readonly RecordedEntry[];
  };
  readonly env?: Readonly<Record<string, string | null>>;
}

interface RecordedEntry {
  readonly path: string;
  readonly mode?: string;
  readonly content?: string;
  readonly repeat?: number;
  readonly suffix?: string;
  readonly symlink?: string;
  readonly dir?: boolean;
}

export interface LaidOutHome {
  readonly root: string;
  readonly home: string;
  readonly bin: string;
  readonly cwd: string;
  readonly stateDir: string;
  readonly configPath: string;
  readonly env: Record<string, string>;
}

const octal = (text: string | undefined, fallback: number) =>
  text === undefined ? fallback : Number.parseInt(text, 8);

/** Lays a recorded home out below an empty directory. `{{HOME}}` and `{{STATE}}` stand for its paths. */
export function materialize(recorded: RecordedHome, at: string): LaidOutHome {
  mkdirSync(at, { recursive: true });
  const root = realpathSync(at);
  const [home, bin, cwd] = ['home', 'bin', 'cwd'].map((d) => join(root, d)) as [string, string, string];
  for (const d of [home, bin, cwd]) mkdirSync(d, { recursive: true });
  const tree = recorded.tree ?? {};
  const stateDir = join(home, tree.stateDir?.path ?? '.openclaw');
  const fill = (s: string) => s.replaceAll('{{HOME}}', home).replaceAll('{{STATE}}', stateDir);
  const modes: [string, number][] = [];

  let realState = stateDir;
  if (tree.stateDir?.linkTo) {
    realState = resolve(dirname(stateDir), fill(tree.stateDir.linkTo));
    mkdirSync(realState, { recursive: true });
    mkdirSync(dirname(stateDir), { recursive: true });
    symlinkSync(fill(tree.stateDir.linkTo), stateDir);
  } else mkdirSync(stateDir, { recursive: true });
  modes.push([realState, octal(tree.stateDir?.mode, 0o700)]);

  const locate = (p: string) =>
    p.startsWith('@bin/') ? join(bin, p.slice(5)) : p.startsWith('~/') ? join(home, p.slice(2)) : join(stateDir, p);
  const ensureParent = (file: string) => {
    const missing: string[] = [];
    for (let d = dirname(file); !existsSync(d); d = dirname(d)) missing.push(d);
    for (const d of missing.reverse()) mkdirSync(d, { mode: 0o700 });
  };

  const configPath = tree.config?.path ? locate(tree.config.path) : join(stateDir, 'openclaw.json');
  if (!tree.config?.absent) {
    ensureParent(configPath);
    let target = configPath;
    if (tree.config?.linkTo) {
      target = resolve(dirname(configPath), fill(tree.config.linkTo));
      ensureParent(target);
      symlinkSync(fill(tree.config.linkTo), configPath);
    }
    writeFileSync(target, fill(recorded.config ?? ''));
    modes.push([target, octal(tree.config?.mode, 0o600)]);
  }
  for (const entry of tree.entries ?? []) {
    const path = locate(entry.path);
    ensureParent(path);
    if (entry.symlink !== undefined) symlinkSync(fill(entry.symlink), path);
    else if (entry.dir) {
      mkdirSync(path, { recursive: true });
      modes.push([path, octal(entry.mode, 0o700)]);
    } else {
      const text = fill(entry.content ?? '');
      writeFileSync(path, entry.repeat ? text.repeat(entry.repeat) + fill(entry.suffix ?? '') : text);
      modes.push([path, octal(entry.mode, 0o600)]);
    }
  }
  // Deepest first: a directory without search permission must not block its children.
  for (const [path, mode] of modes.sort((a, b) => b[0].length - a[0].length)) chmodSync(path, mode);

  const env: Record<string, string> = {
    PATH: `${bin}:/usr/bin:/bin`,
    HOME: home,
    TMPDIR: '/tmp',
    OPENCLAW_STATE_DIR: stateDir,
    OPENCLAW_CONFIG_PATH: configPath,
  };
  for (const [name, value] of Object.entries(recorded.env ?? {})) {
    if (value === null) delete env[name];
    else env[name] = fill(value);
  }
  return { root, home, bin, cwd, stateDir, configPath, env };
}

/** Gives a whole tree to a user. */
export function chownTree(path: string, uid: number): void {
  lchownSync(path, uid, uid);
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) chownTree(join(path, name), uid);
}
