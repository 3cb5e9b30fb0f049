// Scans real packages from the npm registry, with our code scan and with OpenClaw's own, and prints what each says: how the
// scan fares on code that nobody wrote for it. Packages are fetched as tarballs and read; nothing of them is installed or run.
//
//   node scripts/scan-packages.mjs [--tarballs <folder>] [--installed <folder>] [--bin dist/bin.cjs] [--only <regular expression>] [--findings]
//
// `--tarballs` keeps what was fetched for the next run. `--installed` names the releases of OpenClaw that an earlier script
// left; otherwise they are installed. `--findings` prints each of ours at warn or above with the place it points at.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installReleases, RELEASES } from './openclaw-releases.mjs';
import { scanWithReference, worst } from './reference-scanner.mjs';

// Plugins and skills of OpenClaw, official ones first, then programs around it, then packages that everybody installs.
const PACKAGES = `
@openclaw/bluebubbles@2026.5.7
@openclaw/discord@2026.9.6
@openclaw/feishu@2026.9.5
@openclaw/matrix@2026.9.6
@openclaw/msteams@2026.9.5
@openclaw/nextcloud-talk@2026.9.5
@openclaw/nostr@2026.9.5
@openclaw/synology-chat@2026.9.4
@openclaw/zalo@2026.9.5
@openclaw/zalouser@2026.9.4
@openclaw-china/feishu@0.1.10
@openclaw-china/wecom-app@2026.4.24
@aiassesstech/grillo@0.1.43
@askjo/camofox-browser@1.17.0
@calltelemetry/openclaw-linear@0.9.29
@happycastle/oh-my-openclaw@0.21.3
@jiggai/recipes@0.5.2
@laurentenhoor/devclaw@1.6.10
@mem0/openclaw-mem0@1.0.16
@mocrane/wecom@2026.3.24
@nicfox77/parakeet-stt@0.2.9
@ollama/openclaw-web-search@0.2.2
@poprobertdaniel/openclaw-memory@0.1.3
@projectavatar/openclaw-avatar@2.2.0
@robertogongora/graphiti@0.6.2
@soimy/dingtalk@3.6.7
@tloncorp/tlon-skill@0.5.0
clawmarket@0.6.8
clawhub@0.23.3
hyperstack-core@1.5.3
jasper-context-compactor@0.4.1
openclaw-mcp@1.7.0
openclaw-node@0.14.0
simmer-automaton@0.7.2
swedish-medications@2.0.0
llm-usage-metrics@0.8.0
esbuild@0.25.12
husky@9.1.7
dotenv@17.2.3
execa@9.6.1
simple-git@3.30.0
ws@8.18.3
`
  .trim()
  .split('\n');

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    tarballs: { type: 'string' },
    installed: { type: 'string' },
    bin: { type: 'string', default: path.join(root, 'dist', 'bin.cjs') },
    only: { type: 'string', default: '' },
    findings: { type: 'boolean' },
  },
});
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'scan-packages-'));
try {
  const installs = values.installed ?? installReleases(path.join(scratch, 'installs'));
  const tarballs = path.resolve(values.tarballs ?? path.join(scratch, 'tarballs'));
  fs.mkdirSync(tarballs, { recursive: true });
  const packages = PACKAGES.filter((spec) => new RegExp(values.only).test(spec)).map((spec) => {
    const tarball = fetch(spec, tarballs);
    return { spec, tarball, dir: unpack(spec, tarball) };
  });
  const jobs = packages.map(({ dir }) => ({ dir, kind: kindOf(dir), entries: entriesOf(dir) }));
  const reference = RELEASES.map((version) => scanWithReference(installs, version, jobs, scratch));
  const rows = packages.map(({ spec, tarball }, i) => [
    spec,
    ...ours(tarball),
    ...reference.map((answers) => cell(worst(answers[i]), answers[i])),
  ]);
  console.log('');
  console.log(`| package | ours | time | ${RELEASES.map((v) => `OpenClaw ${v}`).join(' | ')} |`);
  console.log('| --- | --- | --- | --- | --- |');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}

function fetch(spec, into) {
  const file = path.join(into, `${spec.replace(/^@/, '').replace(/[/@]/g, '-')}.tgz`);
  if (!fs.existsSync(file))
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', spec], {
      cwd: into,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  return file;
}

function unpack(spec, tarball) {
  const dir = path.join(scratch, 'packages', spec.replace('/', '+'));
  fs.mkdirSync(dir, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', dir, '--strip-components=1', '--no-same-owner', '--no-same-permissions']);
  return dir;
}

function kindOf(dir) {
  return fs.existsSync(path.join(dir, 'SKILL.md')) ? 'skill' : 'plugin';
}

function entriesOf(dir) {
  const { openclaw } = JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8'));
  return (openclaw?.extensions ?? []).filter((e) => typeof e === 'string');
}

function ours(tarball) {
  const started = performance.now();
  const run = spawnSync(process.execPath, [values.bin, 'scan', tarball, '--json', '--fail-on', 'never'], {
    encoding: 'utf8',
    maxBuffer: 256 << 20,
  });
  const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  if (run.status !== 0) return [`failed (${run.status}) ${run.stderr.trim().split('\n')[0]}`, seconds];
  const { scans } = JSON.parse(run.stdout);
  const [{ verdict = 'not scanned', findings, moreFindings = 0, limits, failures }] = scans;
  if (values.findings) {
    console.log(`\n${path.basename(tarball)}: ${verdict}`);
    for (const { what, reason } of failures) console.log(`  failure: ${what}: ${reason}`);
    for (const limit of limits) console.log(`  limit: ${limit}`);
    if (moreFindings > 0) console.log(`  and ${moreFindings} more findings`);
    for (const f of findings)
      if (f.severity !== 'info') {
        console.log(`  ${f.severity} ${f.rule} (${f.class}, ${f.confidence}): ${f.message}`);
        for (const s of f.steps) console.log(`      ${s.file}:${s.line}:${s.column} ${s.what}`);
      }
  }
  const state = failures.length > 0 ? `${verdict}: ${failures[0].reason}` : verdict;
  return [cell(state, findings), seconds];
}

/** The verdict and how many findings of each severity. */
function cell(verdict, findings) {
  const counts = ['critical', 'warn', 'info'].map((s) => [s, findings.filter((f) => f.severity === s).length]);
  const text = counts
    .filter(([, n]) => n > 0)
    .map(([s, n]) => `${n} ${s}`)
    .join(', ');
  return text ? `${verdict} (${text})` : verdict;
}
