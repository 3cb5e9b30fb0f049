// Records what OpenClaw's own code scanner says of every sample of the corpus, per release, so that the bench can print its
// figures beside ours without it.
//
//   node scripts/record-scan-reference.mjs [--installed <folder>]
//
// `--installed` names a folder as `verify-with-openclaw.mjs --keep` leaves it; otherwise the releases are installed.
// The samples are laid out as text and read by the scanner; none is run.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { installReleases, RELEASES } from './openclaw-releases.mjs';
import { scanWithReference, worst } from './reference-scanner.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { installed: { type: 'string' } } });
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'record-scan-reference-'));
try {
  const installs = values.installed ?? installReleases(path.join(scratch, 'installs'));
  const samples = await corpus();
  const jobs = samples.map(layOut);
  for (const version of RELEASES) {
    const answers = scanWithReference(installs, version, jobs, scratch);
    const lines = samples.map(({ name }, i) => {
      const rules = [...new Set(answers[i].map((f) => f.rule))].sort();
      return `    ${JSON.stringify(name)}: ${JSON.stringify([worst(answers[i]), ...rules].join(' '))}`;
    });
    const at = path.join(root, 'tests/corpus/recorded', `openclaw-${version}.json`);
    fs.mkdirSync(path.dirname(at), { recursive: true });
    fs.writeFileSync(at, `{\n  "version": "${version}",\n  "verdicts": {\n${lines.join(',\n')}\n  }\n}\n`);
    console.log(`${version}: ${samples.length} samples -> ${path.relative(root, at)}`);
  }
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}

async function corpus() {
  const outfile = path.join(scratch, 'load.mjs');
  const entryPoints = [path.join(root, 'tests/corpus/load.ts')];
  await esbuild.build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  return (await import(pathToFileURL(outfile))).loadCorpus(path.join(root, 'tests/corpus/samples'));
}

function layOut(sample, index) {
  const dir = path.join(scratch, 'samples', String(index));
  for (const [file, text] of Object.entries(sample.files)) {
    const at = path.join(dir, file);
    if (!at.startsWith(dir + path.sep)) throw new Error(`${sample.name}: ${file} leaves the sample`);
    fs.mkdirSync(path.dirname(at), { recursive: true });
    fs.writeFileSync(at, text);
  }
  let entries = [];
  try {
    entries = JSON.parse(sample.files['package.json']).openclaw.extensions;
  } catch {
    // A skill, or a package that names no entry.
  }
  return { dir, kind: sample.kind, entries };
}
