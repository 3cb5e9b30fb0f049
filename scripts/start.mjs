// `npm start`: installs and builds what is missing, then audits this machine's OpenClaw state, or the bundled,
// deliberately unsafe example home where there is none. Plain Node, so that it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;

function must(command, commandArgs, options = {}) {
  const run = spawnSync(command, commandArgs, { cwd: root, stdio: ['inherit', 2, 'inherit'], ...options });
  if (run.status !== 0) {
    console.error(
      `npm start: \`${[command, ...commandArgs].join(' ')}\` failed${run.error ? `: ${run.error.message}` : ''}`,
    );
    process.exit(run.status ?? 1);
  }
}

function newest(dir) {
  let latest = 0;
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    const p = path.join(dir, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(p) : fs.statSync(p).mtimeMs);
  }
  return latest;
}

const marker = path.join(root, 'node_modules', '.package-lock.json');
const lock = path.join(root, 'package-lock.json');
if (!fs.existsSync(marker) || fs.statSync(lock).mtimeMs > fs.statSync(marker).mtimeMs) {
  console.error('Installing dependencies…');
  // The registry settings of the machine count here, its certificates too.
  must('npm', ['ci', '--no-audit', '--no-fund'], { env: process.env, shell: process.platform === 'win32' });
}
const bin = path.join(root, 'dist', 'bin.cjs');
if (!fs.existsSync(bin) || newest(path.join(root, 'src')) > fs.statSync(bin).mtimeMs) {
  console.error('Building…');
  must(process.execPath, ['scripts/build.mjs'], { env });
}

const given = args.length > 0 ? args : ['audit'];
const audit = (extra) => spawnSync(process.execPath, [bin, ...given, ...extra], { stdio: 'inherit', env });
if (args.length > 0) process.exit(audit([]).status ?? 1);
const probe = spawnSync(process.execPath, [bin, 'audit', '--json', '--only', 'summary'], { encoding: 'utf8', env });
let found = true;
try {
  found = JSON.parse(probe.stdout).target.homeFound;
} catch {
  // Whatever is wrong will be said by the audit itself.
}
if (found) process.exit(audit([]).status ?? 1);
const example = path.join(root, 'examples', 'unsafe-home');
console.error('No OpenClaw state on this machine: auditing the bundled, deliberately unsafe example home instead.\n');
process.exit(
  audit(['--state-dir', path.join(example, '.openclaw'), '--config', path.join(example, '.openclaw', 'openclaw.json')])
    .status ?? 1,
);
