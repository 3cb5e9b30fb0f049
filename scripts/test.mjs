// One command for everything that must hold: format, lint, types, generated files, dead code, build and tests.
// Ends with the line `N passed, N failed`; a step that fails counts as one failure.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureSystemPackages } from './system-packages.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
// On Node 20 this variable alone slows every start by 48 ms and would distort what is measured.
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;
const bin = (name) => path.join(root, 'node_modules', '.bin', name);
let passed = 0;
let failed = 0;

function step(name, command, args) {
  const started = Date.now();
  const run = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  const ok = run.status === 0;
  console.log(`${ok ? 'ok' : 'FAILED'}  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (ok) passed++;
  else failed++;
  return ok;
}

if (!ensureSystemPackages()) failed++;
step('format', bin('biome'), ['format']);
step('lint', bin('biome'), ['lint', '--error-on-warnings']);
step('types', process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-b', 'tsconfig.json']);
step('generated files', process.execPath, ['scripts/generate.mjs', '--check']);
step('unused code', bin('knip'), ['--no-progress']);
const built = step('build', process.execPath, ['scripts/build.mjs']);
if (built) {
  const result = path.join(os.tmpdir(), `openclaw-security-vitest-${process.pid}.json`);
  const run = spawnSync(
    bin('vitest'),
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${result}`, ...process.argv.slice(2)],
    { cwd: root, env, stdio: 'inherit' },
  );
  let counts;
  try {
    counts = JSON.parse(fs.readFileSync(result, 'utf8'));
    fs.rmSync(result);
  } catch {
    counts = undefined;
  }
  if (!counts || counts.numTotalTests === 0) failed++;
  else {
    passed += counts.numPassedTests;
    failed += counts.numFailedTests + counts.numFailedTestSuites * Number(counts.numFailedTests === 0);
    // A skipped test proves nothing.
    failed += counts.numPendingTests + counts.numTodoTests;
  }
  if (run.status !== 0 && failed === 0) failed++;
} else console.log('tests were not run: the build failed');
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
