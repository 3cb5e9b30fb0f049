import { posix } from 'node:path';
import type { CodeScan, PluginDir } from '../../core/snapshot.ts';
import { isInside } from '../inside.ts';
import { type CodeJob, notScanned } from './job.ts';
import type { SkillPlace } from './skill-places.ts';

export interface CodeInput {
  readonly plugins: readonly PluginDir[];
  readonly skills: readonly SkillPlace[];
  /** Reads and scans one of them, in this thread or another; never rejects. */
  readonly scan: (job: CodeJob) => Promise<CodeScan>;
  /** Told of each package before it is read. */
  readonly progress?: (what: string) => void;
  /** Milliseconds for all packages together; those that come later are reported as not scanned. */
  readonly totalMs?: number;
}

const TOTAL_MS = 300_000;

/**
 * Scans every plugin, also one that is switched off, and every skill. What OpenClaw ships itself is left out. One package
 * that cannot be read or scanned keeps no other from it.
 */
export async function collectCode(input: CodeInput): Promise<CodeScan[]> {
  const deadline = Date.now() + (input.totalMs ?? TOTAL_MS);
  const plugins = input.plugins.filter((plugin) => plugin.from !== 'bundled');
  const pluginRoots = plugins.filter((p) => p.kind !== 'file').map((p) => p.path);
  // The skills of a plugin are scanned as a part of it.
  const skills = input.skills.filter((skill) => !pluginRoots.some((root) => isInside(skill.path, root)));
  const jobs: CodeJob[] = [
    ...plugins.map((plugin) => ({
      kind: 'plugin' as const,
      name: plugin.id ?? plugin.name,
      path: plugin.path,
      place: plugin.real ?? plugin.path,
      entries: startFiles(plugin),
    })),
    ...skills.map((skill) => ({ kind: 'skill' as const, ...skill, place: skill.path })),
  ];
  const scans: CodeScan[] = [];
  const seen = new Set<string>();
  for (const job of jobs) {
    if (seen.has(job.place)) continue;
    seen.add(job.place);
    if (Date.now() >= deadline) {
      scans.push(notScanned(job, 'scanning the packages before it took too long'));
      continue;
    }
    input.progress?.(`Scanning ${job.kind} ${job.name}`);
    scans.push(await input.scan(job));
  }
  return scans;
}

/** The files inside the plugin that its package.json starts; those outside are a finding of their own. */
function startFiles(plugin: PluginDir): string[] {
  return (plugin.package?.entries ?? [])
    .filter((entry) => !entry.startsWith('/'))
    .map((entry) => posix.normalize(entry.replace(/^\.\//, '')))
    .filter((entry) => entry !== '.' && !entry.startsWith('..'));
}
