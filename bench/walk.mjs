// The walk of a state directory with many transcripts, against `find` asking for the same facts on one thread. Both are
// run in turn, each in a process of its own; the medians, their ratio and the peak memory are printed. Only the walk is
// timed for us and the whole of `find` for it: starting Node is measured by bench/startup.mjs.
//   node bench/walk.mjs [--files 100000] [--agents 1] [--mode 600] [--runs 9]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '100000' },
    agents: { type: 'string', default: '1' },
    mode: { type: 'string', default: '600' },
    runs: { type: 'string', default: '9' },
  },
});
const LIMIT = 1.6;
const [files, agents, runs] = [values.files, values.agents, values.runs].map(Number);
const mode = Number.parseInt(values.mode, 8);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'openclaw-security-bench-'));
const state = path.join(scratch, '.openclaw');
const program = path.join(scratch, 'walk.cjs');

/** The name of a transcript is the UUID of its session. */
function uuid(i) {
  const hex = (Math.imul(i + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
  return `${hex}-4c1f-4b7a-9d2e-${String(i).padStart(12, '0')}`;
}

function layOut() {
  for (let agent = 0; agent < agents; agent++) {
    const sessions = path.join(state, 'agents', `agent-${agent}`, 'sessions');
    fs.mkdirSync(sessions, { recursive: true });
    for (let i = agent; i < files; i += agents) {
      const name = path.join(sessions, `${uuid(i)}.jsonl`);
      fs.closeSync(fs.openSync(name, 'w', mode));
      fs.chmodSync(name, mode);
    }
  }
}

function bundle() {
  const contents = `
    import { collectFiles } from './src/collect/files.ts';
    const stateDir = process.argv[2];
    const input = {
      stateDir, configPath: stateDir + '/openclaw.json', credentialsDir: stateDir + '/credentials',
      includePaths: [], agentIds: ['main'], extraAgentDirs: [], sessionStores: [], platform: 'linux',
    };
    const before = process.resourceUsage().maxRSS;
    const started = process.hrtime.bigint();
    const facts = collectFiles(input, (gap) => { throw new Error(JSON.stringify(gap)); });
    const ms = Number(process.hrtime.bigint() - started) / 1e6;
    const loose = facts.loose.reduce((sum, g) => sum + g.count + (g.shielded ?? 0), 0);
    const { maxRSS } = process.resourceUsage();
    console.log(JSON.stringify({ ms, loose, walked: facts.walked, rss: maxRSS / 1024, grown: (maxRSS - before) / 1024 }));
  `;
  esbuild.buildSync({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    minify: true,
    outfile: program,
    logLevel: 'error',
  });
}

// On Node 20 this variable alone costs 48 ms.
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;

function ours() {
  const run = spawnSync(process.execPath, [program, state], { env, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

function find() {
  const started = process.hrtime.bigint();
  const run = spawnSync('find', [state, '-printf', '%m:%U:%s:%p\n'], { env, stdio: 'ignore' });
  if (run.status !== 0) throw run.error ?? new Error(`find exited with ${run.status}`);
  return Number(process.hrtime.bigint() - started) / 1e6;
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const show = (name, list) =>
  console.log(`${name.padEnd(12)} median ${median(list).toFixed(0)} ms, fastest ${Math.min(...list).toFixed(0)} ms`);

try {
  layOut();
  bundle();
  const first = ours();
  find();
  const expected = (mode & 0o066) === 0 ? 0 : files;
  if (first.walked < files || first.loose !== expected) throw new Error(`the walk is wrong: ${JSON.stringify(first)}`);
  const samples = { walk: [], find: [], rss: [], grown: [] };
  for (let i = 0; i < runs; i++) {
    const { ms, rss, grown } = ours();
    samples.walk.push(ms);
    samples.rss.push(rss);
    samples.grown.push(grown);
    samples.find.push(find());
  }
  console.log(
    `Node ${process.version}, ${files} transcripts of mode ${values.mode}, ${agents} agent(s), ${runs} runs in turn`,
  );
  show('walk', samples.walk);
  show('find', samples.find);
  console.log(
    `peak memory  ${median(samples.rss).toFixed(0)} MB, of which the walk ${median(samples.grown).toFixed(0)} MB`,
  );
  const ratio = median(samples.walk) / median(samples.find);
  console.log(`ratio ${ratio.toFixed(2)} (target: at most ${LIMIT})`);
  if (ratio > LIMIT) process.exitCode = 1;
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
