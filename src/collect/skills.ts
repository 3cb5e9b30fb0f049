import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SkillEscape, SkillFacts, WorkspaceFacts } from '../core/snapshot.ts';
import { errnoCode, errnoReason, isAbsent } from './errno.ts';
import { BoundedGaps, type ReportGap } from './gap-report.ts';
import { isInside } from './inside.ts';
import { realPathOf } from './real-path.ts';
import type { AgentWorkspace } from './workspaces.ts';

export interface SkillLimits {
  /** Directories visited in one workspace. */
  readonly directories: number;
  /** Files called SKILL.md in one workspace. */
  readonly skillFiles: number;
}

// Where OpenClaw 2026.9.6 stops.
const LIMITS: SkillLimits = { directories: 40_000, skillFiles: 2000 };
const MAX_ESCAPES = 200;
const MAX_GAPS = 50;

const SKILL_FILE = 'SKILL.md';

/**
 * Where the skills of each workspace really lie (the walk of OpenClaw 2026.3.7 and 2026.9.6). A workspace that two agents
 * share stands there once; one that does not exist, not at all.
 */
export function collectSkills(
  { workspaces }: { readonly workspaces: readonly AgentWorkspace[] },
  report: ReportGap,
  limits = LIMITS,
): SkillFacts {
  const found = new Map<string, WorkspaceFacts | undefined>();
  for (const { agent, path } of workspaces) {
    if (!found.has(path)) found.set(path, inspect(agent, path, report, limits));
  }
  return { workspaces: [...found.values()].filter((w) => w !== undefined) };
}

function inspect(agent: string, path: string, report: ReportGap, limits: SkillLimits): WorkspaceFacts | undefined {
  const nothing = { agent, path, escapes: [], skillFiles: 0, truncated: false };
  const root = join(path, 'skills');
  let real: string;
  let own: Stats | undefined;
  try {
    real = realpathSync.native(path);
    own = lstatSync(root, { throwIfNoEntry: false });
  } catch (error) {
    if (isAbsent(error)) return undefined;
    report({ what: path, reason: errnoReason(error) });
    return { ...nothing, error: errnoReason(error) };
  }
  if (!own) return { ...nothing, real };
  const target = realPathOf(root);
  if (own.isSymbolicLink() && !(target !== undefined && isInside(target, real))) {
    // OpenClaw loads skills through such a link; its own check stops there. What it leads to may come into being later.
    const link: SkillEscape = { path: root, ...(target !== undefined && { real: target }), reason: 'root-link' };
    return { ...nothing, real, escapes: [link] };
  }
  if (target === undefined || !isDirectory(root)) return { ...nothing, real };
  const walk = new SkillWalk(real, new BoundedGaps(report, MAX_GAPS), limits);
  return { agent, path, real, ...walk.run(root, target) };
}

interface Directory {
  readonly path: string;
  readonly real: string;
}

/** Breadth first; links to directories are followed, each real directory is entered once. */
class SkillWalk {
  readonly #workspace: string;
  readonly #gaps: BoundedGaps;
  readonly #limits: SkillLimits;
  readonly #queue: Directory[] = [];
  readonly #visited = new Set<string>();
  readonly #escapes: SkillEscape[] = [];
  #skillFiles = 0;
  #truncated = false;

  constructor(workspace: string, gaps: BoundedGaps, limits: SkillLimits) {
    this.#workspace = workspace;
    this.#gaps = gaps;
    this.#limits = limits;
  }

  run(path: string, real: string): Pick<WorkspaceFacts, 'escapes' | 'skillFiles' | 'truncated'> {
    this.#queue.push({ path, real });
    for (let at = 0; at < this.#queue.length; at++) {
      const next = this.#queue[at]!;
      if (this.#visited.has(next.real)) continue;
      if (this.#visited.size >= this.#limits.directories || this.#skillFiles >= this.#limits.skillFiles) {
        this.#truncated = true;
        break;
      }
      this.#visited.add(next.real);
      this.#enter(next);
    }
    this.#gaps.finish(path);
    return { escapes: this.#escapes, skillFiles: this.#skillFiles, truncated: this.#truncated };
  }

  #enter(dir: Directory): void {
    let entries: Dirent[];
    try {
      entries = readdirSync(dir.path, { withFileTypes: true });
    } catch (error) {
      if (!isAbsent(error)) this.#gaps.add(dir.path, errnoReason(error));
      return;
    }
    for (const entry of entries) {
      const { name } = entry;
      if (name.startsWith('.') || name === 'node_modules') continue;
      const at = { path: join(dir.path, name), real: join(dir.real, name) };
      if (entry.isSymbolicLink()) this.#follow(at.path, name);
      else if (entry.isDirectory()) this.#enqueue(at);
      else if (entry.isFile() && name === SKILL_FILE) this.#skill(at.path, at.real);
    }
  }

  #follow(path: string, name: string): void {
    try {
      const stats = statSync(path);
      const real = realpathSync.native(path);
      if (stats.isDirectory()) this.#enqueue({ path, real });
      else if (stats.isFile() && name === SKILL_FILE) this.#skill(path, real);
    } catch (error) {
      // A link to nothing, or in a circle, brings no skill. One that only the auditor cannot follow may.
      if (isAbsent(error) || errnoCode(error) === 'ELOOP') return;
      if (name === SKILL_FILE) this.#skill(path, undefined);
      else this.#gaps.add(path, errnoReason(error));
    }
  }

  #enqueue(directory: Directory): void {
    if (this.#visited.has(directory.real)) return;
    // What will never be visited need not be remembered; links may lead to one directory several times.
    if (this.#queue.length < 4 * this.#limits.directories) this.#queue.push(directory);
    else this.#truncated = true;
  }

  #skill(path: string, real: string | undefined): void {
    this.#skillFiles++;
    if (real !== undefined && isInside(real, this.#workspace)) return;
    if (this.#escapes.length >= MAX_ESCAPES) return;
    this.#escapes.push(real === undefined ? { path, reason: 'unresolvable' } : { path, real, reason: 'outside' });
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
