import path from 'node:path';
import { expect, test } from 'vitest';
import { loadScriptParser } from '../../src/scan/parsers/load.ts';
import { scanPackage } from '../../src/scan/scan.ts';
import { loadCorpus, type Sample } from '../corpus/load.ts';

const corpus = loadCorpus(path.join(import.meta.dirname, '..', 'corpus', 'samples'));
const { parse } = await loadScriptParser();
const results = new Map(corpus.map((sample) => [sample.name, scan(sample)]));

function scan(sample: Sample) {
  const files = Object.entries(sample.files).map(([file, text]) => ({
    path: file,
    text,
    bytes: Buffer.byteLength(text),
  }));
  return scanPackage({ kind: sample.kind, name: 'openclaw-sample', files }, parse);
}

const alarmed = (sample: Sample) =>
  results.get(sample.name)!.findings.some((f) => f.severity === 'critical' || f.severity === 'warn');
/** Names of the half that rules are mended against; nobody should mend them against the other. */
const named = (some: readonly Sample[]) =>
  some
    .filter((s) => s.half === 'tune')
    .map((s) => s.name)
    .join(', ') || 'only such that are held out';
const share = (some: readonly Sample[], all: readonly Sample[]) => some.length / all.length;

test('finds at least 95 % of the malicious samples', () => {
  const malicious = corpus.filter((s) => s.label === 'malicious');
  const missed = malicious.filter((s) => !alarmed(s));
  expect(share(missed, malicious), `missed: ${named(missed)}`).toBeLessThanOrEqual(0.05);
});

test('flags at most 2 % of the benign samples', () => {
  const benign = corpus.filter((s) => s.label === 'benign');
  const flagged = benign.filter((s) => alarmed(s) || results.get(s.name)!.verdict === 'incomplete');
  expect(share(flagged, benign), `flagged: ${named(flagged)}`).toBeLessThanOrEqual(0.02);
});
