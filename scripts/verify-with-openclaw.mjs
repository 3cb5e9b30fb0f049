// Lets the real OpenClaw validate every config that our fixes write: `openclaw config validate` of 2026.3.7 and 2026.9.6,
// installed into a temporary folder and run without a network.
//
//   node scripts/verify-with-openclaw.mjs [--installed <folder>] [<cases.json | folder of such files> ...]
//
// Without cases: the recorded fixes and the whole homes of tests/conformance. `--installed` names a folder that an earlier
// run left (it prints where, with --keep). Exit 1 when a config is refused that was accepted before the fix.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { installReleases, nodeOf, RELEASES, releaseOf } from './openclaw-releases.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { installed: { type: 'string' }, keep: { type: 'boolean' } },
});
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'verify-with-openclaw-'));
let failed = false;
try {
  const installs = values.installed ?? installReleases(path.join(scratch, 'installs'));
  const tools = await bundle();
  const files = positionals.length > 0 ? positionals.flatMap(caseFiles) : defaultCases();
  const counts = { homes: 0, written: 0, unsafe: 0, accepted: 0, refusedBefore: 0, refused: [] };
  for (const file of files)
    for (const [name, recorded] of Object.entries(JSON.parse(fs.readFileSync(file, 'utf8'))))
      for (const version of RELEASES)
        verifyCase(tools, installs, version, `${path.basename(file, '.json')}/${name}`, recorded, counts);
  failed = counts.refused.length > 0;
  console.log(
    `${counts.homes} homes: ${counts.written} configs written by --fix, ${counts.unsafe} unsafe fixes applied on top; ` +
      `${counts.accepted} accepted, ${counts.refusedBefore} were refused before any fix, ${counts.refused.length} refused after.`,
  );
  for (const line of counts.refused) console.log(`REFUSED ${line}`);
} finally {
  if (values.keep) console.log(`kept: ${path.join(scratch, 'installs')}`);
  else fs.rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;

function defaultCases() {
  const conformance = path.join(root, 'tests', 'conformance');
  return [...caseFiles(path.join(conformance, 'fix-cases')), path.join(conformance, 'cases', 'scenarios.json')];
}

function caseFiles(at) {
  if (!fs.statSync(at).isDirectory()) return [at];
  return fs
    .readdirSync(at)
    .filter((f) => f.endsWith('.json'))
    .sort()
    .map((f) => path.join(at, f));
}

/** The command line and the layer that lays homes out, bundled from source. */
async function bundle() {
  const common = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
    external: ['sql.js'],
  };
  const bin = path.join(scratch, 'bin.cjs');
  const kit = path.join(scratch, 'kit.mjs');
  await esbuild.build({ ...common, entryPoints: [path.join(root, 'src/cli/bin.ts')], format: 'cjs', outfile: bin });
  await esbuild.build({
    ...common,
    entryPoints: [path.join(root, 'tests/kit/materialize.ts')],
    format: 'esm',
    outfile: kit,
  });
  return { bin, materialize: (await import(pathToFileURL(kit))).materialize };
}

function verifyCase({ bin, materialize }, installs, version, name, recorded, counts) {
  const at = fs.mkdtempSync(path.join(scratch, 'home-'));
  try {
    const home = materialize(recorded, at);
    if (!fs.existsSync(home.configPath)) return;
    counts.homes++;
    const ours = (...argv) => {
      const env = { ...home.env, XDG_STATE_HOME: path.join(at, 'journal'), NODE_PATH: path.join(root, 'node_modules') };
      const run = spawnSync(process.execPath, [bin, ...argv, '--json', '--openclaw-version', version], {
        env,
        cwd: home.cwd,
        encoding: 'utf8',
      });
      // An earlier fix may have resolved the finding as well.
      if (run.status === 2) return undefined;
      if (run.status !== 0 && run.status !== 4)
        throw new Error(`${name}: ${argv.join(' ')} ended with ${run.status}: ${run.stderr}`);
      return JSON.parse(run.stdout);
    };
    const original = path.join(at, 'original');
    fs.cpSync(home.home, original, { recursive: true, verbatimSymlinks: true });
    let before;
    const written = ours('audit', '--fix').fix.configWritten;
    if (written) {
      counts.written++;
      judge(`${name} after --fix`);
    }
    const unsafe = ours('fix', 'plan', '--all').remedies.filter(
      (r) => r.safety === 'unsafe' && r.refused === undefined,
    );
    let more = 0;
    for (const id of new Set(unsafe.map((r) => r.finding.checkId)))
      if (ours('fix', 'apply', '--only', id, '--unsafe')?.fix.configWritten) more++;
    counts.unsafe += more;
    if (more > 0) judge(`${name} after ${more} unsafe fixes`);

    function judge(what) {
      before ??= validate(installs, version, home, original) ?? '';
      if (before !== '') counts.refusedBefore++;
      else {
        const refused = validate(installs, version, home, home.home);
        if (refused === undefined) counts.accepted++;
        else counts.refused.push(`${what} for ${version}: ${refused}`);
      }
    }
  } finally {
    fs.rmSync(at, { recursive: true, force: true });
  }
}

/** Undefined when OpenClaw accepts the config; else why not. On a copy: OpenClaw writes into its state directory. */
function validate(installs, version, home, from) {
  const copy = fs.mkdtempSync(path.join(scratch, 'copy-'));
  try {
    fs.cpSync(from, copy, { recursive: true, verbatimSymlinks: true });
    const there = (p) => path.join(copy, path.relative(home.home, p));
    const node = nodeOf(installs);
    const entry = path.join(releaseOf(installs, version), 'openclaw.mjs');
    const env = {
      ...home.env,
      PATH: '/usr/bin:/bin',
      HOME: copy,
      OPENCLAW_STATE_DIR: there(home.stateDir),
      OPENCLAW_CONFIG_PATH: there(home.configPath),
      OPENCLAW_NO_RESPAWN: '1',
      NO_COLOR: '1',
    };
    const command = 'ip link set lo up; exec "$0" "$1" config validate --json';
    const network = process.getuid() === 0 ? ['-n'] : ['-rn'];
    const run = spawnSync('unshare', [...network, 'sh', '-c', command, node, entry], {
      env,
      cwd: copy,
      encoding: 'utf8',
      timeout: 120_000,
    });
    let answer;
    try {
      answer = JSON.parse(run.stdout.slice(run.stdout.indexOf('{')));
    } catch {
      throw new Error(`${version} gave no answer: ${run.error ?? ''} ${run.stdout} ${run.stderr}`);
    }
    return answer.valid === true ? undefined : JSON.stringify(answer.issues ?? answer.error ?? answer);
  } finally {
    fs.rmSync(copy, { recursive: true, force: true });
  }
}
