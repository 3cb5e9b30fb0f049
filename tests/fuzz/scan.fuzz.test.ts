import { expect, test } from 'vitest';
import { hostileTexts, mutated } from '../scan/hostile.ts';
import { scanFiles } from '../scan/kit.ts';
import { HARMFUL, HARMLESS } from '../scan/script-cases.ts';

/** Milliseconds one file may take; far above what any takes, far below what a quadratic scan of it would. */
const LIMIT = 6000;
const samples = [...HARMFUL, ...HARMLESS].map(([, text]) => text);

function bounded(text: string): void {
  const started = performance.now();
  const result = scanFiles({ 'index.js': text });
  expect(performance.now() - started, JSON.stringify(text.slice(0, 80))).toBeLessThan(LIMIT);
  const lines = text.split(/\r\n|\n|\r/).length;
  for (const finding of result.findings) {
    for (const step of finding.steps) if (step.file === 'index.js') expect(step.line).toBeLessThanOrEqual(lines);
  }
}

test('mutated scripts neither crash nor hang the scan', () => {
  for (const text of mutated(samples, 1500, 11)) bounded(text);
});

test('texts that make a scanner recurse end', () => {
  for (const text of hostileTexts([
    'a=>',
    'f(',
    'x?.',
    'eval(',
    'new ',
    '!',
    'async ',
    'x=y=',
    '`${',
    'class A{',
    'if(a)',
    'a?b:',
  ]))
    bounded(text);
}, 120_000);
