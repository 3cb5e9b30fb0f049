import { expect } from 'vitest';
import { Random } from '../fuzz/json5-inputs.ts';

/** Texts that make a scanner recurse, or look again and again at what it has seen. */
export function hostileTexts(pieces: readonly string[]): string[] {
  const repeated = [
    '(',
    '[',
    '{',
    ')',
    '"',
    "'",
    '`',
    '\\',
    '$(',
    '${',
    '<!--',
    '<',
    '```\n',
    '> ',
    '- ',
    '#',
    '\n',
    ' ',
    '\t',
    '.a',
    '+a',
    'a,',
    '"""',
    "f'{",
    '-',
    '|',
    ';',
    '&',
    '%s',
    '\u200b',
    '\u202e',
    '\u{e0041}',
    'https://',
    'ignore ',
    'x = (',
    'if a:\n  ',
  ];
  return [...repeated, ...pieces].map((piece) => piece.repeat(Math.ceil(60_000 / piece.length)));
}

/** Samples with parts of them cut out, doubled, swapped or replaced; the same ones every time. */
export function mutated(samples: readonly string[], count: number, seed: number): string[] {
  const random = new Random(seed);
  const noise = [
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '`',
    '\\',
    '\n',
    '\r',
    '\0',
    '\ufeff',
    '$',
    '#',
    '-->',
    '<!--',
    '```',
    '\ud800',
    '\u2028',
    ' ',
    '=',
    ':',
    '|',
    '🦞',
  ];
  return Array.from({ length: count }, () => {
    let text = random.pick(samples);
    for (let i = 0; i <= random.below(6); i++) {
      const at = random.below(text.length + 1);
      const end = Math.min(text.length, at + random.below(40));
      const middle = random.chance(40)
        ? random.pick(noise)
        : random.chance(50)
          ? text.slice(at, end).repeat(2)
          : random.pick(samples).slice(0, random.below(80));
      text = text.slice(0, at) + middle + text.slice(end);
    }
    return text;
  });
}

/** Milliseconds one text may take; far above what any takes, far below what a quadratic scan of it would. */
const LIMIT = 4000;

/** Every text is scanned without an error, in bounded time, and every place lies in it. */
export function expectBounded(
  texts: readonly string[],
  scan: (text: string) => readonly { readonly steps: readonly { readonly pos: number }[] }[],
): void {
  for (const text of texts) {
    const started = performance.now();
    const found = scan(text);
    const took = performance.now() - started;
    expect(took, JSON.stringify(text.slice(0, 60))).toBeLessThan(LIMIT);
    for (const finding of found) {
      expect(finding.steps.length).toBeGreaterThan(0);
      for (const step of finding.steps) {
        expect(step.pos).toBeGreaterThanOrEqual(0);
        expect(step.pos).toBeLessThanOrEqual(text.length);
      }
    }
  }
}
