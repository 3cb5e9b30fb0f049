// What following who can reach what costs beyond a plain audit, in a large home: 50 agents, 30 channel accounts, 200 groups,
// bindings and webhooks. Each run is a process of its own that audits first; the graph with its paths and the whole report
// with its edits are timed after that, in processor time, which a busy machine changes least. The medians are printed.
//   node bench/exposure.mjs [--runs 9] [--agents 50] [--accounts 30] [--groups 200]
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
    runs: { type: 'string', default: '9' },
    agents: { type: 'string', default: '50' },
    accounts: { type: 'string', default: '30' },
    groups: { type: 'string', default: '200' },
  },
});
const LIMIT_MS = 100;
const [runs, agents, accounts, groups] = [values.runs, values.agents, values.accounts, values.groups].map(Number);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'openclaw-security-bench-'));
const program = path.join(scratch, 'exposure.cjs');

const CODE = `
import { auditSnapshot } from './src/audit.ts';
import { collect } from './src/collect/collect.ts';
import { exposureReport } from './src/engine/exposure.ts';
import { buildGraph } from './src/exposure/build.ts';
import { findPaths } from './src/exposure/paths.ts';
import { Model } from './src/model/model.ts';
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
const time = (work) => { const started = cpu(); const result = work(); return [cpu() - started, result]; };
(async () => {
  const home = process.argv[2];
  const snapshot = await collect({ env: { HOME: home }, cwd: home, osHomeDir: home, openclawVersion: '2026.3.7' });
  const started = cpu();
  await auditSnapshot(snapshot);
  const audit = cpu() - started;
  const model = new Model(snapshot);
  const [graph, found] = time(() => findPaths(buildGraph(model, { notes: true })));
  const [report, { nodes, edges, paths, cut }] = time(() => exposureReport(new Model(snapshot)));
  console.log(JSON.stringify({ audit, graph, report, nodes: nodes.length, edges: edges.length, paths: found.paths.length, listed: paths.length, cut }));
})();
`;

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

try {
  writeLargeHome(scratch, { agents, accounts, groups });
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
  const results = [];
  for (let i = 0; i < runs; i++) {
    const run = spawnSync(process.execPath, [program, scratch], { encoding: 'utf8', maxBuffer: 64 << 20 });
    if (run.status !== 0) throw new Error(run.stderr.slice(0, 1000));
    results.push(JSON.parse(run.stdout));
  }
  const [first] = results;
  console.log(
    `Node ${process.version}, ${os.cpus().length} cores, ${runs} runs; ${agents} agents, ${accounts} accounts, ${groups} groups`,
  );
  console.log(`${first.nodes} nodes, ${first.edges} steps, ${first.paths} paths, ${first.listed} listed`);
  const edits = first.cut.edits.length;
  console.log(
    `${edits} edits close ${first.cut.closes} of ${first.cut.of} critical paths${first.cut.minimal ? '' : ' (a smaller set may exist)'}`,
  );
  for (const [key, name] of [
    ['audit', 'plain audit'],
    ['graph', 'graph and paths'],
    ['report', 'report with edits'],
  ])
    console.log(
      `${name.padEnd(18)} median ${median(results.map((r) => r[key])).toFixed(1)} ms, fastest ${Math.min(...results.map((r) => r[key])).toFixed(1)} ms`,
    );
  const cost = median(results.map((r) => r.graph));
  console.log(`graph and paths: ${cost.toFixed(1)} ms (target: at most ${LIMIT_MS} ms)`);
  process.exitCode = cost > LIMIT_MS ? 1 : 0;
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
