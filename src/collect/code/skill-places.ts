import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { errnoCode, errnoReason, isAbsent } from '../errno.ts';
import { BoundedGaps, type ReportGap } from '../gap-report.ts';
import { isInside } from '../inside.ts';

/** A directory that holds a skill. */
export interface SkillPlace {
  readonly name: string;
  readonly path: string;
}

const SKILL_FILE = 'SKILL.md';
const MAX_DEPTH = 6;
const MAX_DIRECTORIES = 20_000;
const MAX_SKILLS = 2000;
const MAX_GAPS = 50;

/**
 * The skills below these directories: the uppermost directories with a `SKILL.md`, whether or not OpenClaw would load them
 * today. A link that leads out of its root is left out, as OpenClaw (2026.3.7 and 2026.9.6) loads nothing through one.
 */
export function findSkills(roots: readonly string[], report: ReportGap): readonly SkillPlace[] {
  const search = new SkillSearch(report);
  for (const root of roots) search.below(root);
  return search.found;
}

class SkillSearch {
  readonly found: SkillPlace[] = [];
  readonly #report: ReportGap;
  readonly #seen = new Set<string>();

  constructor(report: ReportGap) {
    this.#report = report;
  }

  below(root: string): void {
    const gaps = new BoundedGaps(this.#report, MAX_GAPS);
    const real = realOf(root);
    if (real === undefined) return;
    let level = [root];
    for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
      const next: string[] = [];
      for (const dir of level) {
        if (this.#seen.size >= MAX_DIRECTORIES || this.found.length >= MAX_SKILLS) {
          gaps.add(dir, 'there are too many skills or directories; the rest was not looked at');
          gaps.finish(root);
          return;
        }
        next.push(...this.#enter(dir, real, gaps));
      }
      level = next;
    }
    gaps.finish(root);
  }

  /** The directories below that may hold skills. */
  #enter(dir: string, root: string, gaps: BoundedGaps): string[] {
    const real = realOf(dir);
    if (real === undefined || !isInside(real, root) || this.#seen.has(real)) return [];
    this.#seen.add(real);
    let entries: Dirent[];
    try {
      entries = readdirSync(dir, { withFileTypes: true });
    } catch (error) {
      if (!isAbsent(error)) gaps.add(dir, errnoReason(error));
      return [];
    }
    if (entries.some((e) => e.name === SKILL_FILE && !e.isDirectory())) {
      this.found.push({ name: basename(dir), path: dir });
      return [];
    }
    return entries
      .filter((e) => !e.name.startsWith('.') && e.name !== 'node_modules')
      .map((e) => ({ entry: e, path: join(dir, e.name) }))
      .filter(({ entry, path }) => entry.isDirectory() || (entry.isSymbolicLink() && isDirectory(path, gaps)))
      .map(({ path }) => path)
      .sort();
  }
}

function isDirectory(path: string, gaps: BoundedGaps): boolean {
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (error) {
    if (!isAbsent(error) && errnoCode(error) !== 'ELOOP') gaps.add(path, errnoReason(error));
    return false;
  }
  return stats.isDirectory();
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
