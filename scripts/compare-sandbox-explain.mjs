// Compares our effective policy with the real OpenClaw 2026.3.7 and 2026.9.6, setting by setting, on configs at random:
// `openclaw sandbox explain --json`, and the functions that the gateway itself asks (route, session, tools, commands),
// called in one process a version and without a network.
//
//   node scripts/compare-sandbox-explain.mjs --installed <folder> [--count 300] [--seed 1] [--record <file>]
//
// `--installed` holds `node`, `2026.3.7` and `2026.9.6`, each with its node_modules, as scripts/verify-with-openclaw.mjs
// leaves them with --keep. `--record` writes a part of the cases with OpenClaw's answers. Exit 1 when a difference is left
// that nothing explains.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { makeCase, seeded } from './sandbox-explain/cases.mjs';
import { compare, EXPLAINED } from './sandbox-explain/compare.mjs';

const VERSIONS = ['2026.3.7', '2026.9.6'];
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    installed: { type: 'string' },
    count: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    record: { type: 'string' },
    verbose: { type: 'boolean' },
  },
});
if (!values.installed) throw new Error('--installed <folder> is needed');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'compare-sandbox-explain-'));
try {
  const ours = await bundle();
  const runs = await Promise.all(VERSIONS.map((version, i) => ask(ours, version, Number(values.seed) * 1000 + i)));
  const table = new Map();
  const left = [];
  for (const { version, cases, answers } of runs) {
    let refused = 0;
    cases.forEach((c, i) => {
      if (answers[i].error) {
        refused++;
        if (values.verbose) console.log(`${version} #${i} refused: ${answers[i].error}`);
        return;
      }
      for (const { field, same, ours: own, theirs } of compare(ours, version, c, answers[i])) {
        const row = table.get(field) ?? { fields: new Map() };
        const cell = row.fields.get(version) ?? { same: 0, explained: 0, different: 0 };
        const why = same
          ? undefined
          : EXPLAINED.find(
              (e) => e.field === field && e.applies({ version, config: c.config, own, theirs, answer: answers[i] }),
            );
        if (same) cell.same++;
        else if (why) cell.explained++;
        else {
          cell.different++;
          left.push({ version, index: i, field, own, theirs, case: c });
        }
        row.fields.set(version, cell);
        table.set(field, row);
      }
    });
    console.log(`${version}: ${cases.length} cases, ${refused} of them refused by OpenClaw`);
  }
  console.log(`\n${'field'.padEnd(24)}${VERSIONS.map((v) => v.padEnd(32)).join('')}`);
  for (const [field, { fields }] of table) {
    const cells = VERSIONS.map((v) => {
      const cell = fields.get(v);
      return (cell ? `${cell.same} same, ${cell.explained} explained, ${cell.different} left` : '-').padEnd(32);
    });
    console.log(field.padEnd(24) + cells.join(''));
  }
  for (const d of left.slice(0, values.verbose ? 1000 : 10))
    console.log(
      `\n${d.version} #${d.index} ${d.field}\n  ours   ${JSON.stringify(d.own)}\n  theirs ${JSON.stringify(d.theirs)}\n  ${JSON.stringify(d.case)}`,
    );
  if (values.record) record(values.record, runs);
  process.exitCode = left.length > 0 ? 1 : 0;
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}

/** The model from source, and the layer that makes snapshots of configs. */
async function bundle() {
  const outfile = path.join(scratch, 'ours.mjs');
  const lines = [
    `export { Model } from './src/model/model.ts';`,
    `export { effectivePolicy } from './src/model/policy/effective.ts';`,
    `export { routeToAgent } from './src/model/policy/route.ts';`,
    `export { isMainSessionKey } from './src/model/policy/session.ts';`,
    `export { coreTools, policyTables } from './src/model/policy/era.ts';`,
    `export { scenario } from './tests/kit/scenario.ts';`,
  ];
  await esbuild.build({
    stdin: { contents: lines.join('\n'), resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    external: ['sql.js'],
    outfile,
  });
  return import(pathToFileURL(outfile));
}

/** Makes the cases of one version and has the real one answer them. */
async function ask(ours, version, seed) {
  const random = seeded(seed);
  const cases = Array.from({ length: Number(values.count) }, () => makeCase(random, version !== VERSIONS[0]));
  for (const c of cases) prepare(ours, version, c);
  const home = fs.mkdtempSync(path.join(scratch, 'home-'));
  const casesFile = path.join(home, 'cases.json');
  const answersFile = path.join(home, 'answers.json');
  fs.writeFileSync(casesFile, JSON.stringify(cases));
  fs.mkdirSync(path.join(home, '.openclaw'), { mode: 0o700 });
  const env = {
    PATH: '/usr/bin:/bin',
    HOME: home,
    OPENCLAW_STATE_DIR: path.join(home, '.openclaw'),
    OPENCLAW_CONFIG_PATH: path.join(home, '.openclaw', 'openclaw.json'),
    OPENCLAW_DISABLE_CONFIG_CACHE: '1',
    NO_COLOR: '1',
  };
  const node = path.join(values.installed, 'node/node_modules/node/bin/node');
  const worker = path.join(root, 'scripts/sandbox-explain/worker.mjs');
  const pkg = path.join(values.installed, version, 'node_modules/openclaw');
  const network = process.getuid() === 0 ? ['-n'] : ['-rn'];
  const run = spawn('unshare', [...network, node, worker, pkg, casesFile, answersFile], { env, cwd: home });
  let said = '';
  run.stderr.on('data', (d) => (said = (said + d).slice(-4000)));
  run.stdout.resume();
  const code = await new Promise((resolve) => run.on('close', resolve));
  if (!fs.existsSync(answersFile)) throw new Error(`${version} ended with ${code} and no answers: ${said}`);
  return { version, cases, answers: JSON.parse(fs.readFileSync(answersFile, 'utf8')) };
}

/** What the worker needs besides: the agent, the session key of a sub-agent, the tools that exist at all. */
function prepare(ours, version, c) {
  const { question } = c;
  const { query } = question;
  if (!query) {
    question.query = {};
    question.raw = true;
    // The run time of 2026.3.7 takes the agent from the key alone.
    if (version === VERSIONS[0]) question.agentId = undefined;
    return;
  }
  const model = new ours.Model(ours.scenario({ name: 'case', config: JSON.stringify(c.config), version }));
  const route = query.channel && ours.routeToAgent(model, query);
  question.agentId ??= route?.agentId ?? 'main';
  query.agentId = question.agentId;
  if (query.subagent)
    question.sessionKey = `agent:${question.agentId}${Array.from({ length: query.subagent }, (_, i) => `:subagent:s${i}`).join('')}`;
  const policy = ours.effectivePolicy(model, query);
  const tables = ours.policyTables(version !== VERSIONS[0]);
  question.built = policy.tools.filter((t) => t.core && t.by !== 'runtime').map((t) => t.name);
  question.plugins = tables.pluginTools;
  question.ownerOnly = tables.ownerOnly;
  question.owner = policy.owner.value ?? false;
}

/** Some of the cases with the answers, as data for a test. */
function record(file, runs) {
  const out = runs.flatMap(({ version, cases, answers }) =>
    cases
      .map((c, i) => ({ version, ...c, answer: answers[i] }))
      .filter((c) => !c.answer.error)
      .slice(0, 40),
  );
  fs.writeFileSync(file, `[\n${out.map((c) => JSON.stringify(c)).join(',\n')}\n]\n`);
}
