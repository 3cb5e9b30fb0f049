// OpenClaw's own code scanner, called as its deep audit calls it, over folders that already lie on the disk.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { nodeOf, releaseOf } from './openclaw-releases.mjs';

/** Runs inside the Node of the installation: reads jobs on stdin, writes one verdict each. */
const RUNNER = `
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
const [, , scannerFile] = process.argv;
const exported = Object.values(await import(pathToFileURL(scannerFile)));
const named = (name) => exported.find((f) => typeof f === 'function' && f.name === name);
const scanDirectory = named('scanDirectoryWithSummary');
const scanSkillContent = named('scanSkillContent');
const scanSource = named('scanSource');
const out = [];
for (const { dir, kind, entries } of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  const { findings } = await scanDirectory(dir, { includeFiles: entries });
  const skill = path.join(dir, 'SKILL.md');
  if (kind === 'skill' && scanSkillContent && scanSource) {
    const text = fs.readFileSync(skill, 'utf8');
    findings.push(...scanSkillContent(text, skill), ...scanSource(text, skill));
  }
  out.push(findings.map((f) => ({ rule: f.ruleId, severity: f.severity, file: path.relative(dir, f.file), line: f.line })));
}
process.stdout.write(JSON.stringify(out));
`;

/**
 * What a release finds in each of `jobs` ({ dir, kind: 'plugin' | 'skill' | 'package', entries: paths }), in their order:
 * lists of { rule, severity, file, line }. The scanner's module is found by what it exports, not by its hashed name.
 */
export function scanWithReference(installs, version, jobs, scratch) {
  const runner = path.join(scratch, 'reference-runner.mjs');
  fs.writeFileSync(runner, RUNNER);
  const answer = execFileSync(nodeOf(installs), [runner, scannerFile(installs, version)], {
    input: JSON.stringify(jobs),
    env: { PATH: '/usr/bin:/bin', HOME: scratch },
    cwd: scratch,
    maxBuffer: 256 << 20,
  });
  return JSON.parse(answer);
}

/** The worst severity, or `clean`. */
export const worst = (findings) =>
  ['critical', 'warn', 'info'].find((s) => findings.some((f) => f.severity === s)) ?? 'clean';

function scannerFile(installs, version) {
  const dist = path.join(releaseOf(installs, version), 'dist');
  const name = fs
    .readdirSync(dist)
    .filter((f) => /^(skill-)?scanner-.*\.m?js$/.test(f))
    .find((f) => fs.readFileSync(path.join(dist, f), 'utf8').includes('async function scanDirectoryWithSummary('));
  if (!name) throw new Error(`${version}: no scanner found in ${dist}`);
  return path.join(dist, name);
}
