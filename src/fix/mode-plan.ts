import type { Declined, PlannedMode } from '../core/fix-plan.ts';
import type { ModeTarget, SharedGround } from '../core/mode-target.ts';
import { plural } from '../core/text.ts';

/** What a change of modes needs to know of the home. */
export interface ModeFacts {
  readonly targets: readonly ModeTarget[];
  readonly shared: readonly SharedGround[];
  /** User of the state directory; undefined: not known. */
  readonly owner: number | undefined;
  /** Effective user of this process. */
  readonly self: number | null;
}

/** Changes of mode, and why some were left out. */
export interface ModePlan {
  readonly modes: readonly (PlannedMode & { readonly target: ModeTarget })[];
  readonly declined: readonly Declined[];
  readonly notes: readonly string[];
}

/**
 * Takes the bits of group and others away, 0700 for directories and 0600 for files at most. A mode that lets nobody else
 * in stays as it is, however strict. Where a group is shared on purpose its bits stay and those of others go.
 */
export function planModes({ targets, shared, owner, self }: ModeFacts): ModePlan {
  const modes: (PlannedMode & { target: ModeTarget })[] = [];
  const declined: Declined[] = [];
  const kept = new Map<SharedGround, number>();
  const seen = new Set<string>();
  for (const target of targets) {
    const { path, mode, dir } = target;
    if ((mode & 0o077) === 0 || seen.has(path)) continue;
    seen.add(path);
    const reason = hindrance(target, owner, self);
    if (reason !== undefined) {
      declined.push({ what: path, reason });
      continue;
    }
    const ground = shared.find((s) => path === s.path || path.startsWith(`${s.path}/`));
    if (ground) kept.set(ground, (kept.get(ground) ?? 0) + 1);
    const to = ground ? mode & ~0o007 : mode & (dir ? 0o700 : 0o600);
    if (to !== mode) modes.push({ path, from: mode, to, dir, target });
  }
  const notes = [...kept].map(
    ([{ path, reason }, count]) =>
      `The group keeps its access to ${plural(count, 'path')} in ${path}: ${reason}. Only the bits of others were taken.`,
  );
  return { modes, declined, notes };
}

function hindrance(target: ModeTarget, owner: number | undefined, self: number | null): string | undefined {
  if (target.unnameable) return 'its name is not UTF-8; change its mode by hand';
  if ((target.realPath ?? target.path).startsWith('/nix/store/'))
    return 'the Nix store cannot be changed, and is meant to be readable';
  if (target.link) return 'it is a symbolic link, and what it leads to is left to its owner';
  if (!target.dir && target.nlink > 1)
    return `it has ${target.nlink} hard links, and another name of it may be meant to be shared`;
  if (owner !== undefined && target.uid !== owner)
    return `it belongs to user ${target.uid} and not to the owner of the state directory`;
  if (self !== null && self !== 0 && target.uid !== self)
    return `it belongs to user ${target.uid}; run the fix as that user`;
  return undefined;
}
