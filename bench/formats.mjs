// What the forms of a report cost.
// `--home unsafe` (the default): an audit of the bundled unsafe home that writes every form at once, against the same audit
// as JSON alone, each in a process of its own. `--home large`: one process audits a home with 50 agents, 30 accounts and 200
// groups and renders its report in all eight forms; judging, following the paths and rendering are timed apart.
// The runs are interleaved; the medians are printed.
//   node bench/formats.mjs [--home unsafe|large] [--runs 21] [--bin dist/bin.cjs]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { writeLargeHome } from './large-home.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    home: { type: 'string', default: 'unsafe' },
    runs: { type: 'string', default: '21' },
    bin: { type: 'string', default: path.join(root, 'dist', 'bin.cjs') },
  },
});
const LIMIT_MS = 300;
const FORMATS = ['text', 'sarif', 'markdown', 'junit', 'github', 'prometheus', 'html'];
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'openclaw-security-bench-'));
const home = path.join(scratch, 'home');
const env = { ...process.env, HOME: home };
// On Node 20 this variable alone costs 48 ms in every start.
delete env.NODE_EXTRA_CA_CERTS;

function run(args) {
  const ran = spawnSync(process.execPath, args, { env, cwd: scratch, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (ran.error) throw ran.error;
  if (ran.status !== 0) throw new Error(`${args.join(' ')} failed (${ran.status}): ${ran.stderr.slice(0, 500)}`);
  return ran.stdout;
}

function time(args) {
  const started = process.hrtime.bigint();
  run(args);
  return Number(process.hrtime.bigint() - started) / 1e6;
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const about = `Node ${process.version}, ${os.cpus().length} cores, ${values.runs} runs each`;

/** Whole processes, as a user starts them. */
function unsafeHome() {
  fs.cpSync(path.join(root, 'examples', 'unsafe-home'), home, { recursive: true });
  const state = path.join(home, '.openclaw');
  const audit = [values.bin, 'audit', '--state-dir', state, '--config', path.join(state, 'openclaw.json'), '--json'];
  const files = (formats) => formats.flatMap((f) => ['--format', f, '--output', `report.${f}`]);
  const cases = [
    { name: 'json', args: audit, times: [] },
    ...FORMATS.map((f) => ({ name: `json and ${f}`, args: [...audit, ...files([f])], times: [] })),
    { name: 'json and all others', args: [...audit, ...files(FORMATS)], times: [] },
  ];
  for (const c of cases) time(c.args);
  for (let i = 0; i < Number(values.runs); i++) for (const c of cases) c.times.push(time(c.args));
  console.log(about);
  const plain = median(cases[0].times);
  for (const c of cases)
    console.log(
      `${c.name.padEnd(22)} median ${median(c.times).toFixed(1)} ms (+${(median(c.times) - plain).toFixed(1)})`,
    );
  for (const f of FORMATS)
    console.log(`${f.padEnd(12)} ${(fs.statSync(path.join(scratch, `report.${f}`)).size / 1024).toFixed(0)} KB`);
  return median(cases.at(-1).times);
}

const CODE = `
import os from 'node:os';
import { audit, collect, render } from './src/index.ts';
(async () => {
  const home = process.argv[2];
  const times = {};
  const time = async (name, work) => {
    const [started, used] = [performance.now(), process.cpuUsage()];
    const result = await work();
    const { user, system } = process.cpuUsage(used);
    times[name] = { wall: performance.now() - started, cpu: (user + system) / 1000 };
    return result;
  };
  const snapshot = await time('collect', () => collect({ env: { HOME: home }, cwd: home, osHomeDir: home }));
  await time('audit', () => audit(snapshot));
  const report = await time('audit with paths', () => audit(snapshot, { exposure: true }));
  let size = 0;
  for (const format of ['json', ...${JSON.stringify(FORMATS)}])
    size += (await time(format, () => render(report, format, { baseDir: home, snapshot }))).length;
  const { paths, morePaths = 0 } = report.exposure;
  console.log(JSON.stringify({ times, size, findings: report.findings.length, paths: paths.length, morePaths }));
})();
`;

/** Parts of one process: nothing of it has run before, as in the program. */
async function largeHome() {
  writeLargeHome(home);
  const program = path.join(scratch, 'formats.cjs');
  await esbuild.build({
    stdin: { contents: CODE, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    outfile: program,
    logLevel: 'error',
    logOverride: { 'empty-import-meta': 'silent' },
  });
  const results = Array.from({ length: Number(values.runs) }, () => JSON.parse(run([program, home])));
  const [{ findings, paths, morePaths, size }] = results;
  console.log(about);
  console.log(`${findings} findings, ${paths} paths listed of ${paths + morePaths}, ${(size / 1024).toFixed(0)} KB`);
  const row = (name, ofRun) => {
    const [wall, cpu] = ['wall', 'cpu'].map((key) => results.map((r) => ofRun(r, key)));
    console.log(
      `${name.padEnd(22)} median ${median(wall).toFixed(1)} ms, fastest ${Math.min(...wall).toFixed(1)} ms, processor ${median(cpu).toFixed(1)} ms`,
    );
    return median(wall);
  };
  for (const name of Object.keys(results[0].times)) row(name, (r, key) => r.times[name][key]);
  return row('all forms', (r, key) => ['json', ...FORMATS].reduce((sum, f) => sum + r.times[f][key], 0));
}

try {
  const all = values.home === 'large' ? await largeHome() : unsafeHome();
  console.log(`all forms together ${all.toFixed(1)} ms (target: at most ${LIMIT_MS})`);
  process.exitCode = all > LIMIT_MS ? 1 : 0;
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
