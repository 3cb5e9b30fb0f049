// How well the code scan tells harmful plugins and skills from harmless ones, on the labelled corpus, beside what OpenClaw's
// own scanner was recorded to say of the same samples. A sample counts as found when its verdict is `warn` or worse.
//
//   node bench/scan.mjs [--half tune | held-out] [--misses] [--json]
//
// `--misses` names what we miss and what we flag without cause, of the half that rules are mended against; of the other only
// with `--half held-out`. Intervals are Wilson's, at 95 %.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: { half: { type: 'string' }, misses: { type: 'boolean' }, json: { type: 'boolean' } },
});
const FOUND = new Set(['critical', 'incomplete', 'warn']);

const { loadCorpus, loadScriptParser, scanPackage } = await bundle();
const { parse } = await loadScriptParser();
const samples = loadCorpus(path.join(root, 'tests/corpus/samples')).filter(
  (s) => values.half === undefined || s.half === values.half,
);
const started = performance.now();
const ours = new Map(samples.map((s) => [s.name, scan(s)]));
const took = performance.now() - started;
const columns = [['ours', (s) => ours.get(s.name).verdict], ...recordings()];

if (values.json) console.log(JSON.stringify(figures(), undefined, 2));
else print();

function scan(sample) {
  const files = Object.entries(sample.files).map(([file, text]) => ({
    path: file,
    text,
    bytes: Buffer.byteLength(text),
  }));
  try {
    return scanPackage({ kind: sample.kind, name: 'openclaw-sample', files }, parse);
  } catch (error) {
    // A scan that fails has judged nothing; the audit reports it as incomplete.
    return { verdict: 'incomplete', findings: [], limits: [String(error)] };
  }
}

function recordings() {
  const folder = path.join(root, 'tests/corpus/recorded');
  return fs
    .readdirSync(folder)
    .sort()
    .map((file) => {
      const { version, verdicts } = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
      return [
        `OpenClaw ${version}`,
        (s) => {
          if (!Object.hasOwn(verdicts, s.name)) throw new Error(`${file} lacks ${s.name}: record it anew`);
          return verdicts[s.name].split(' ')[0];
        },
      ];
    });
}

function groups() {
  const by = (key) =>
    [...new Set(samples.map((s) => s[key]))].sort().map((v) => [v, samples.filter((s) => s[key] === v)]);
  return [['all', samples], ...by('half'), ...by('language')];
}

function figures() {
  return groups().map(([group, members]) => ({
    group,
    malicious: members.filter((s) => s.label === 'malicious').length,
    benign: members.filter((s) => s.label === 'benign').length,
    scanners: Object.fromEntries(
      columns.map(([name, verdict]) => [
        name,
        { recall: rate(members, 'malicious', verdict), falsePositives: rate(members, 'benign', verdict) },
      ]),
    ),
  }));
}

function rate(members, label, verdict) {
  const of = members.filter((s) => s.label === label);
  const found = of.filter((s) => FOUND.has(verdict(s))).length;
  return { found, of: of.length, ...wilson(found, of.length) };
}

function wilson(k, n) {
  if (n === 0) return {};
  const z = 1.959964;
  const p = k / n;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const reach = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return { rate: p, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

function print() {
  const percent = (x) => (100 * x).toFixed(1);
  const cell = ({ found, of, rate, low, high }) =>
    of === 0 ? '-' : `${found}/${of} ${percent(rate)} % [${percent(low)}, ${percent(high)}]`;
  console.log(`${samples.length} samples, ${took.toFixed(0)} ms for ours\n`);
  for (const [what, title] of [
    ['recall', 'Recall: malicious samples found'],
    ['falsePositives', 'False-positive rate: benign samples flagged'],
  ]) {
    console.log(`${title} (warn or worse) with 95 % intervals`);
    const rows = figures().map(({ group, scanners }) => [
      group,
      ...columns.map(([name]) => cell(scanners[name][what])),
    ]);
    for (const row of [['', ...columns.map(([name]) => name)], ...rows])
      console.log(
        row
          .map((text, i) => text.padEnd(i === 0 ? 10 : 32))
          .join('')
          .trimEnd(),
      );
    console.log('');
  }
  if (values.misses) printMisses();
}

function printMisses() {
  const wrong = (label, found) =>
    samples.filter((s) => s.half === shown && s.label === label && FOUND.has(ours.get(s.name).verdict) === found);
  const shown = values.half ?? 'tune';
  console.log(`Missed (${shown}):`);
  for (const s of wrong('malicious', false))
    console.log(`  ${s.language} ${s.name}: ${s.why} (${ours.get(s.name).verdict})`);
  console.log(`Flagged without cause (${shown}):`);
  for (const s of wrong('benign', true)) {
    const at = ours.get(s.name).findings.filter((f) => FOUND.has(f.severity));
    const rules = at.map((f) => `${f.severity} ${f.rule} ${f.steps.at(-1).file}:${f.steps.at(-1).line}`);
    console.log(`  ${s.language} ${s.name}: ${s.why} (${rules.join('; ') || ours.get(s.name).limits.join('; ')})`);
  }
}

/** The corpus reader and the scan, bundled from source; the parsers stay outside and are found from the cache folder. */
async function bundle() {
  const outfile = path.join(root, '.cache', 'bench-scan.mjs');
  await esbuild.build({
    stdin: {
      contents: [
        "export { loadCorpus } from './tests/corpus/load.ts';",
        "export { scanPackage } from './src/scan/scan.ts';",
        "export { loadScriptParser } from './src/scan/parsers/load.ts';",
      ].join('\n'),
      resolveDir: root,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile));
}
