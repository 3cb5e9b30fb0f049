// How well the code scan tells harmful plugins and skills from harmless ones, on the labelled corpus, beside what OpenClaw's
// own scanner was recorded to say of the same samples. A malicious sample is found when there is a finding at `warn` or
// `critical`; a benign one is flagged by that and also by a verdict of `incomplete`, which tells a user to look.
//
//   node bench/scan.mjs [--half tune | held-out] [--misses] [--json | --markdown]
//
// `--misses` names what we miss and what we flag without cause, of the half that rules are mended against; of the other only
// with `--half held-out`. Intervals are Wilson's, at 95 %.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { importSources } from './bundle.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    half: { type: 'string' },
    misses: { type: 'boolean' },
    json: { type: 'boolean' },
    markdown: { type: 'boolean' },
  },
});
const FOUND = { malicious: new Set(['critical', 'warn']), benign: new Set(['critical', 'incomplete', 'warn']) };

const { loadCorpus, loadScriptParser, scanPackage } = await importSources('bench-scan', [
  "export { loadCorpus } from './tests/corpus/load.ts';",
  "export { scanPackage } from './src/scan/scan.ts';",
  "export { loadScriptParser } from './src/scan/parsers/load.ts';",
]);
const { parse } = await loadScriptParser();
const samples = loadCorpus(path.join(root, 'tests/corpus/samples')).filter(
  (s) => values.half === undefined || s.half === values.half,
);
const started = performance.now();
const ours = new Map(samples.map((s) => [s.name, scan(s)]));
const took = performance.now() - started;
const columns = [['ours', verdictOf], ...recordings()];

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

/** Of a malicious sample, what was found; `incomplete` is no finding. */
function verdictOf(sample) {
  const { verdict, findings } = ours.get(sample.name);
  return verdict === 'incomplete' && findings.some((f) => f.severity === 'warn') && sample.label === 'malicious'
    ? 'warn'
    : verdict;
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
  const found = of.filter((s) => FOUND[label].has(verdict(s))).length;
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
    console.log(`${title} (warn or worse) with 95 % intervals${values.markdown ? '\n' : ''}`);
    const rows = figures().map(({ group, scanners }) => [
      group,
      ...columns.map(([name]) => cell(scanners[name][what])),
    ]);
    const head = ['', ...columns.map(([name]) => name)];
    if (values.markdown)
      for (const row of [head, head.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
    else for (const row of [head, ...rows]) console.log(aligned(row));
    console.log('');
  }
  if (values.misses) printMisses();
}

function aligned(row) {
  return row
    .map((text, i) => text.padEnd(i === 0 ? 10 : 32))
    .join('')
    .trimEnd();
}

function printMisses() {
  const wrong = (label, found) =>
    samples.filter((s) => s.half === shown && s.label === label && FOUND[label].has(verdictOf(s)) === found);
  const shown = values.half ?? 'tune';
  console.log(`Missed (${shown}):`);
  for (const s of wrong('malicious', false)) console.log(`  ${s.language} ${s.name}: ${s.why} (${verdictOf(s)})`);
  console.log(`Flagged without cause (${shown}):`);
  for (const s of wrong('benign', true)) {
    const at = ours.get(s.name).findings.filter((f) => FOUND.benign.has(f.severity));
    const rules = at.map((f) => `${f.severity} ${f.rule} ${f.steps.at(-1).file}:${f.steps.at(-1).line}`);
    console.log(`  ${s.language} ${s.name}: ${s.why} (${rules.join('; ') || ours.get(s.name).limits.join('; ')})`);
  }
}
