import type { AssetKind } from '../core/exposure.ts';
import { fileRef } from '../core/ref.ts';
import type { FileFact, FileRole } from '../core/snapshot.ts';
import { formatMode, plural } from '../core/text.ts';
import { accessOf, inNixStore } from '../model/files.ts';
import type { Model } from '../model/model.ts';
import type { Sink } from './arrivals.ts';
import type { Boundary, Standing } from './graph.ts';

interface Kind {
  readonly key: string;
  readonly roles: readonly FileRole[];
  readonly access: 'write' | 'read';
  readonly asset: AssetKind;
  readonly label: string;
  readonly step: string;
  readonly end: string;
}

const KINDS: readonly Kind[] = [
  {
    key: 'config',
    roles: ['config', 'config-include', 'exec-approvals', 'state-dir', 'parent-dir', 'dotenv'],
    access: 'write',
    asset: 'host-shell',
    label: 'config and what stands above it',
    step: 'writes to a file',
    end: 'decides who is trusted and what runs',
  },
  {
    key: 'code',
    roles: ['extension'],
    access: 'write',
    asset: 'host-shell',
    label: 'code of plugins',
    step: 'writes to a file',
    end: 'runs with the gateway',
  },
  {
    key: 'secrets',
    roles: ['config', 'config-include', 'config-backup', 'dotenv', 'credential', 'auth-profiles', 'sqlite', 'identity'],
    access: 'read',
    asset: 'credentials',
    label: 'files with secrets',
    step: 'reads a file',
    end: 'has the keys in it',
  },
  {
    key: 'talk',
    roles: ['sessions-store', 'transcript'],
    access: 'read',
    asset: 'other-sessions',
    label: 'transcripts',
    step: 'reads a file',
    end: 'has the conversations in it',
  },
];

/** Files that other users of the machine may read or write, each kind as one door. */
export function addFiles(model: Model, sink: Sink): void {
  const { files } = model.snapshot;
  if (files.model === 'windows') {
    sink.gap('Access control lists of Windows are not read, so files are left out.');
    return;
  }
  const directories = new Map(files.named.filter((f) => f.kind === 'directory').map((f) => [f.path, f]));
  for (const kind of KINDS)
    for (const scope of ['world', 'group'] as const) {
      const loose = files.named.filter((f) => isLoose(f, kind, scope) && reached(f, scope, directories));
      const counted = files.loose.filter(
        (g) => kind.roles.includes(g.role) && g.access === `${scope}-${kind.access}` && g.count > 0,
      );
      if (loose.length + counted.length === 0) continue;
      const count = loose.length + counted.reduce((n, g) => n + g.count, 0);
      const boundary: Boundary = {
        kind: 'file-mode',
        state: 'open',
        text: textOf(loose, count, scope, kind.access, counted[0]?.examples[0]),
        refs: [...loose.map((f) => f.path), ...counted.flatMap((g) => g.examples)].slice(0, 8).map(fileRef),
        levers: [{ lever: 'chmod', files: loose, walked: counted.length > 0 }],
      };
      const standing: Standing = scope === 'world' && kind.access === 'write' ? 'stranger' : 'circle';
      sink.add({
        principal: 'local-user',
        standing,
        door: { kind: `files ${kind.key} ${scope}`, one: kind.label, many: kind.label, member: '' },
        step: kind.step,
        boundaries: [boundary],
        reaches: [{ asset: kind.asset, text: kind.end, boundaries: [] }],
      });
    }
}

function isLoose(file: FileFact, { roles, access }: Kind, scope: 'world' | 'group'): boolean {
  if (!roles.includes(file.role) || (file.kind !== 'file' && file.kind !== 'directory') || inNixStore(file))
    return false;
  const a = accessOf(file.mode);
  if (access === 'read') return file.kind === 'file' && (scope === 'world' ? a.worldRead : a.groupRead && !a.worldRead);
  // In a sticky directory nobody renames what belongs to others; a private group is the owner alone.
  if (file.kind === 'directory' && (file.mode & 0o1000) !== 0) return false;
  if (scope === 'group' && file.gid !== undefined && file.gid === file.uid) return false;
  return scope === 'world' ? a.worldWrite : a.groupWrite && !a.worldWrite;
}

/** False where a directory above may not be searched by those who would have the file. */
function reached(file: FileFact, scope: 'world' | 'group', directories: ReadonlyMap<string, FileFact>): boolean {
  const bit = scope === 'world' ? 0o001 : 0o011;
  for (let end = file.path.lastIndexOf('/'); end > 0; end = file.path.lastIndexOf('/', end - 1)) {
    const above = directories.get(file.path.slice(0, end));
    if (above && (above.mode & bit) === 0) return false;
  }
  return true;
}

function textOf(
  loose: readonly FileFact[],
  count: number,
  scope: 'world' | 'group',
  access: 'write' | 'read',
  example: string | undefined,
): string {
  const who = scope === 'world' ? 'everybody' : 'its group';
  const [first] = loose;
  if (count === 1) {
    const name = first?.path ?? example ?? 'a file';
    return `${name} lets ${who} ${access}${first ? ` (mode ${formatMode(first.mode & 0o777)})` : ''}`;
  }
  return `${plural(count, 'file')} let ${who} ${access}`;
}
