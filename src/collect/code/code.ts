import { posix } from 'node:path';
import type { CodeScan, PluginDir } from '../../core/snapshot.ts';
import type { ScanInput, ScanResult } from '../../scan/types.ts';
import { isInside } from '../inside.ts';
import { type ReadPackage, readPackage, readSingleFile } from './read-package.ts';
import type { SkillPlace } from './skill-places.ts';

export interface CodeInput {
  readonly plugins: readonly PluginDir[];
  readonly skills: readonly SkillPlace[];
  /** The scan itself; pure, in this process, and it runs nothing of what it is handed. */
  readonly scan: (input: ScanInput) => ScanResult;
  /** Told of each package before it is read. */
  readonly progress?: (what: string) => void;
  /** Milliseconds for all packages together; those that come later are reported as not scanned. */
  readonly totalMs?: number;
}

const TOTAL_MS = 120_000;
const MAX_FINDINGS = 100;
const MAX_STEPS = 20;
const MAX_LIMITS = 50;

/**
 * Reads and scans every plugin, also one that is switched off, and every skill. What OpenClaw ships itself is left out. One
 * package that cannot be read or scanned keeps no other from it.
 */
export async function collectCode(input: CodeInput): Promise<CodeScan[]> {
  const deadline = Date.now() + (input.totalMs ?? TOTAL_MS);
  const plugins = input.plugins.filter((plugin) => plugin.from !== 'bundled');
  const pluginRoots = plugins.filter((p) => p.kind !== 'file').map((p) => p.path);
  // The skills of a plugin are scanned as a part of it.
  const skills = input.skills.filter((skill) => !pluginRoots.some((root) => isInside(skill.path, root)));
  const jobs = [
    ...plugins.map((plugin) => ({
      kind: 'plugin' as const,
      name: plugin.id ?? plugin.name,
      path: plugin.path,
      plugin,
    })),
    ...skills.map((skill) => ({ kind: 'skill' as const, ...skill, plugin: undefined })),
  ];
  const scans: CodeScan[] = [];
  const seen = new Set<string>();
  for (const { kind, name, path, plugin } of jobs) {
    const place = plugin?.real ?? path;
    if (seen.has(place)) continue;
    seen.add(place);
    const subject = { kind, name, path, ...(plugin?.kind === 'file' && { oneFile: true as const }) };
    if (Date.now() >= deadline) {
      scans.push(notScanned(subject, 'scanning the packages before it took too long'));
      continue;
    }
    input.progress?.(`Scanning ${kind} ${name}`);
    const entries = plugin ? startFiles(plugin) : [];
    const isFile = plugin?.kind === 'file';
    const read = isFile ? readSingleFile(path) : readPackage(place, entries, { progress: input.progress });
    const { files, failures } = read;
    const limits = [...read.limits, ...failures];
    scans.push(scanOne(subject, failures, { kind, name, files, entries, limits }, input.scan));
    // Lets timers and signals through between two packages.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return scans;
}

type Subject = Pick<CodeScan, 'kind' | 'name' | 'path' | 'oneFile'>;

/** The result for what could not be read or scanned at all. */
export function notScanned(subject: Subject, reason: string): CodeScan {
  return { ...subject, findings: [], limits: [], failures: [{ what: '.', reason }] };
}

/** Scans what was read of one package; a scan that breaks is reported and not thrown. */
export function scanOne(
  subject: Subject,
  failures: ReadPackage['failures'],
  input: ScanInput,
  scan: CodeInput['scan'],
): CodeScan {
  let result: ScanResult;
  try {
    result = scan(input);
  } catch (error) {
    return notScanned(subject, `the scan failed: ${error instanceof Error ? error.name : 'unknown error'}`);
  }
  const more = result.findings.length - MAX_FINDINGS;
  return {
    ...subject,
    verdict: result.verdict,
    findings: result.findings.slice(0, MAX_FINDINGS).map((f) => ({ ...f, steps: f.steps.slice(-MAX_STEPS) })),
    ...(more > 0 && { moreFindings: more }),
    limits: result.limits.slice(0, MAX_LIMITS),
    failures,
    counts: result.counts,
  };
}

/** The files inside the plugin that its package.json starts; those outside are a finding of their own. */
function startFiles(plugin: PluginDir): string[] {
  return (plugin.package?.entries ?? [])
    .filter((entry) => !entry.startsWith('/'))
    .map((entry) => posix.normalize(entry.replace(/^\.\//, '')))
    .filter((entry) => entry !== '.' && !entry.startsWith('..'));
}
