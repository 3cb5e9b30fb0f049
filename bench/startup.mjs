// What a person waits for: `audit --json` of the bundled unsafe home, against an empty Node program. The runs are
// interleaved, so that a busy machine slows both alike; the medians and their ratio are printed.
//   node bench/startup.mjs [--runs 31] [--bin dist/bin.cjs] [--openclaw <path of the real openclaw program>]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '31' },
    bin: { type: 'string', default: path.join(root, 'dist', 'bin.cjs') },
    openclaw: { type: 'string' },
  },
});
const LIMIT = 2.5;
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'openclaw-security-bench-'));
const home = path.join(scratch, 'home');
const state = path.join(home, '.openclaw');
const config = path.join(state, 'openclaw.json');
fs.cpSync(path.join(root, 'examples', 'unsafe-home'), home, { recursive: true });
const empty = path.join(scratch, 'empty.cjs');
fs.writeFileSync(empty, '');

const env = { ...process.env, HOME: home, OPENCLAW_STATE_DIR: state, OPENCLAW_CONFIG_PATH: config };
// On Node 20 this variable alone costs 48 ms, in the empty program too, and would hide the difference.
delete env.NODE_EXTRA_CA_CERTS;
// The real program reads these for its config; ours does not need them.
for (const name of ['TELEGRAM_BOT_TOKEN', 'DISCORD_BOT_TOKEN', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'])
  env[name] = 'fake';

function time(args, mustPrint) {
  const started = process.hrtime.bigint();
  const run = spawnSync(process.execPath, args, { env, cwd: scratch, encoding: 'utf8', maxBuffer: 64 << 20 });
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  if (run.status !== 0 || (mustPrint && !run.stdout.includes('"checkId"')))
    throw new Error(`${args.join(' ')} failed (${run.status}): ${run.stderr.slice(0, 500)}`);
  return ms;
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const show = (name, list) =>
  console.log(`${name.padEnd(34)} median ${median(list).toFixed(1)} ms, fastest ${Math.min(...list).toFixed(1)} ms`);

try {
  const programs = [
    { name: 'empty Node program', args: [empty], times: [] },
    { name: 'openclaw-security audit --json', args: [values.bin, 'audit', '--json'], json: true, times: [] },
  ];
  for (const p of programs) time(p.args, p.json);
  for (let i = 0; i < Number(values.runs); i++) for (const p of programs) p.times.push(time(p.args, p.json));
  console.log(`Node ${process.version}, ${os.cpus().length} cores, ${values.runs} interleaved runs each`);
  for (const p of programs) show(p.name, p.times);
  const [base, ours] = programs.map((p) => median(p.times));
  const ratio = ours / base;
  console.log(`ratio ${ratio.toFixed(2)} (target: at most ${LIMIT})`);
  if (values.openclaw) {
    const real = { args: [values.openclaw, 'security', 'audit', '--json'], times: [] };
    for (let i = 0; i < 5; i++) real.times.push(time(real.args, true));
    show('openclaw security audit --json', real.times);
    console.log(`${(median(real.times) / ours).toFixed(1)} times ours`);
  }
  process.exitCode = ratio > LIMIT ? 1 : 0;
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
