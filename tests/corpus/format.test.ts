import path from 'node:path';
import { expect, test } from 'vitest';
import { halfOf, loadCorpus } from './load.ts';
import { expand } from './notation.ts';

const corpus = loadCorpus(path.join(import.meta.dirname, 'samples'));
const count = (label: string, half?: string) =>
  corpus.filter((s) => s.label === label && (half === undefined || s.half === half)).length;

test('holds enough of both labels in both halves', () => {
  expect(count('malicious')).toBeGreaterThanOrEqual(200);
  expect(count('benign')).toBeGreaterThanOrEqual(200);
  for (const half of ['tune', 'held-out']) {
    expect(count('malicious', half)).toBeGreaterThanOrEqual(75);
    expect(count('benign', half)).toBeGreaterThanOrEqual(75);
  }
});

test('the half of a name does not depend on the machine', () => {
  expect(halfOf('')).toBe('held-out');
  expect(['a', 'b', 'ok-sh-build', 'rce-eval-remote'].map(halfOf)).toEqual(['tune', 'held-out', 'tune', 'held-out']);
});

test('no malicious sample names a host that somebody could answer on', () => {
  const reserved =
    /^(?:[\w.-]+\.(?:example|invalid)|192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+|169\.254\.169\.254|127\.0\.0\.1|localhost)$/;
  const strangers: string[] = [];
  for (const sample of corpus)
    if (sample.label === 'malicious')
      for (const text of Object.values(sample.files))
        for (const [, host = ''] of text.matchAll(/\b(?:https?|wss?|stratum\+tcp):\/\/([\w.-]+)/g))
          if (!reserved.test(host)) strangers.push(`${sample.name}: ${host}`);
  expect(strangers).toEqual([]);
});

test('the stored notation says what it means', () => {
  expect(expand('⟪b64:hi⟫ ⟪hex:hi⟫ ⟪esc:hi⟫ ⟪codes:hi⟫ ⟪codes+1:hi⟫')).toBe('aGk= 6869 \\x68\\x69 104,105 105,106');
  expect(expand('a⟪U+200B⟫b /dev/t¦cp')).toBe('a\u200bb /dev/tcp');
  expect(() => expand('⟪rot13:hi⟫')).toThrow('unknown notation');
});
