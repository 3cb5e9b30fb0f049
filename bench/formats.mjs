// What the other forms of a report cost: an audit of the bundled unsafe home that writes every form at once, against the
// same audit as JSON alone. The runs are interleaved; the medians and their difference are printed.
//   node bench/formats.mjs [--runs 21] [--bin dist/bin.cjs]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '21' },
    bin: { type: 'string', default: path.join(root, 'dist', 'bin.cjs') },
  },
});
const LIMIT_MS = 300;
const FORMATS = ['text', 'sarif', 'markdown', 'junit', 'github', 'prometheus', 'html'];
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'openclaw-security-bench-'));
const home = path.join(scratch, 'home');
fs.cpSync(path.join(root, 'examples', 'unsafe-home'), home, { recursive: true });
const state = path.join(home, '.openclaw');
const place = ['--state-dir', state, '--config', path.join(state, 'openclaw.json')];
const env = { ...process.env, HOME: home };
// On Node 20 this variable alone costs 48 ms in every start.
delete env.NODE_EXTRA_CA_CERTS;

function time(args) {
  const started = process.hrtime.bigint();
  const run = spawnSync(process.execPath, [values.bin, 'audit', ...place, ...args], {
    env,
    cwd: scratch,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  if (run.status !== 0) throw new Error(`${args.join(' ')} failed (${run.status}): ${run.stderr.slice(0, 500)}`);
  return ms;
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const files = (formats) => formats.flatMap((f) => ['--format', f, '--output', `report.${f}`]);

try {
  const cases = [
    { name: 'json', args: ['--json'], times: [] },
    ...FORMATS.map((f) => ({ name: `json and ${f}`, args: ['--json', ...files([f])], times: [] })),
    { name: 'json and all others', args: ['--json', ...files(FORMATS)], times: [] },
  ];
  for (const c of cases) time(c.args);
  for (let i = 0; i < Number(values.runs); i++) for (const c of cases) c.times.push(time(c.args));
  console.log(`Node ${process.version}, ${os.cpus().length} cores, ${values.runs} interleaved runs each`);
  const plain = median(cases[0].times);
  for (const c of cases)
    console.log(
      `${c.name.padEnd(22)} median ${median(c.times).toFixed(1)} ms (+${(median(c.times) - plain).toFixed(1)})`,
    );
  for (const f of FORMATS)
    console.log(`${f.padEnd(12)} ${(fs.statSync(path.join(scratch, `report.${f}`)).size / 1024).toFixed(0)} KB`);
  const all = median(cases.at(-1).times);
  console.log(`all together ${all.toFixed(1)} ms (target: at most ${LIMIT_MS})`);
  process.exitCode = all > LIMIT_MS ? 1 : 0;
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
