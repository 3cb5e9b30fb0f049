import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScriptParser } from '../../src/scan/parsers/load.ts';
import { scanPackage } from '../../src/scan/scan.ts';
import { loadCorpus, type Sample } from '../corpus/load.ts';

const folder = path.join(import.meta.dirname, '..', 'corpus');
const corpus = loadCorpus(path.join(folder, 'samples'));
const { parse } = await loadScriptParser();
const results = new Map(corpus.map((sample) => [sample.name, scan(sample)]));

interface Recording {
  readonly version: string;
  readonly verdicts: Readonly<Record<string, string>>;
}

function scan(sample: Sample) {
  const files = Object.entries(sample.files).map(([file, text]) => ({
    path: file,
    text,
    bytes: Buffer.byteLength(text),
  }));
  return scanPackage({ kind: sample.kind, name: 'openclaw-sample', files }, parse);
}

/** A finding, and for a benign sample also a verdict that tells a user to look. */
function flagged(sample: Sample): boolean {
  const { verdict, findings } = results.get(sample.name)!;
  const found = findings.some((f) => f.severity === 'critical' || f.severity === 'warn');
  return found || (sample.label === 'benign' && verdict === 'incomplete');
}

function share(samples: readonly Sample[], is: (sample: Sample) => boolean): number {
  return samples.filter(is).length / samples.length;
}

const of = (half: string, label: string) => corpus.filter((s) => s.half === half && s.label === label);

test('finds at least 95 % of the malicious samples', () => {
  const malicious = corpus.filter((s) => s.label === 'malicious');
  const missed = malicious.filter((s) => !flagged(s)).map((s) => s.name);
  expect(share(malicious, flagged), `missed: ${missed.join(', ')}`).toBeGreaterThanOrEqual(0.95);
});

test('flags at most 2 % of the benign samples', () => {
  const benign = corpus.filter((s) => s.label === 'benign');
  const wrong = benign.filter(flagged).map((s) => s.name);
  expect(share(benign, flagged), `flagged: ${wrong.join(', ')}`).toBeLessThanOrEqual(0.02);
});

describe.each(readdirSync(path.join(folder, 'recorded')))('beside %s', (file) => {
  const { verdicts } = JSON.parse(readFileSync(path.join(folder, 'recorded', file), 'utf8')) as Recording;
  const theirs = (sample: Sample) => /^(critical|warn)\b/.test(verdicts[sample.name]!);

  test('every sample is recorded', () => {
    expect(Object.keys(verdicts)).toEqual(corpus.map((s) => s.name));
  });

  test.each(['tune', 'held-out'])('finds more than twice as much and flags less than a quarter, %s', (half) => {
    expect(share(of(half, 'malicious'), flagged)).toBeGreaterThan(2 * share(of(half, 'malicious'), theirs));
    expect(share(of(half, 'benign'), flagged)).toBeLessThan(share(of(half, 'benign'), theirs) / 4);
  });
});
