import { createRequire } from 'node:module';
import JSON5 from 'json5';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseJson5 } from '../../src/config/parse.ts';
import { toValue } from '../../src/config/to-value.ts';
import { document, mutate, Random, REALISTIC, tokenSoup } from './json5-inputs.ts';

// json5 2.2.3, the parser OpenClaw uses, is the oracle: the same texts accepted, the same values, and the same place of
// the first error. The seeds are fixed, so every run sees the same inputs.

const unicode = createRequire(import.meta.url)('json5/lib/unicode.js') as { ID_Start: RegExp; ID_Continue: RegExp };

/** Inputs are counted over all tests of this file; fewer than this is a failure of the test itself. */
const LEAST_INPUTS = 300_000;

let inputs = 0;
let accepted = 0;
const stackTraceLimit = Error.stackTraceLimit;

beforeAll(() => {
  // json5 warns about U+2028 in strings, and its errors are made by the hundred thousand.
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  Error.stackTraceLimit = 0;
});

afterAll(() => {
  vi.restoreAllMocks();
  Error.stackTraceLimit = stackTraceLimit;
});

describe('parseJson5 agrees with json5 2.2.3', () => {
  it('on token soup', () => {
    const random = new Random(1);
    for (let i = 0; i < 160_000; i++) compare(tokenSoup(random));
  });

  it('on generated documents', () => {
    const random = new Random(2);
    for (let i = 0; i < 70_000; i++) compare(document(random));
  });

  it('on damaged documents', () => {
    const random = new Random(3);
    for (let i = 0; i < 80_000; i++) compare(mutate(random, document(random)));
  });

  it('on every prefix of realistic configs, and on each with one character left out', () => {
    for (const text of REALISTIC) {
      for (let at = 0; at <= text.length; at++) {
        compare(text.slice(0, at));
        compare(text.slice(0, at) + text.slice(at + 1));
      }
    }
  });

  it('on every boundary of the character classes of keys', () => {
    for (const code of classBoundaries()) {
      const c = String.fromCodePoint(code);
      compare(`{${c}:1}`);
      compare(`{a${c}:1}`);
      if (code > 0xffff) continue;
      const escaped = `\\u${code.toString(16).padStart(4, '0')}`;
      compare(`{${escaped}:1}`);
      compare(`{a${escaped}:1}`);
    }
  });

  it('on every character between tokens, in a string and after a backslash', () => {
    for (let code = 0; code <= 0xffff; code++) {
      const c = String.fromCharCode(code);
      compare(`[1${c}]`);
      compare(`"${c}"`);
      compare(`'\\${c}'`);
      compare(`//${c}1`);
    }
  });

  it('on deep nesting', () => {
    for (const depth of [1, 100, 5_000, 100_000]) {
      const open = '[{a:'.repeat(depth);
      compare(`${open}1${'}]'.repeat(depth)}`);
      compare(`${open}1${'}]'.repeat(depth - 1)}`);
      compare(`${open}1${'}]'.repeat(depth)}]`);
      compare(open);
      compare('['.repeat(depth));
    }
  });

  it(`in at least ${LEAST_INPUTS} cases`, () => {
    process.stdout.write(`json5 fuzz: ${inputs} inputs, ${accepted} accepted\n`);
    expect(inputs).toBeGreaterThanOrEqual(LEAST_INPUTS);
    // Inputs that both refuse at the first character prove little.
    expect(accepted).toBeGreaterThan(inputs / 4);
  });
});

/** Every code point on either side of a change in the classes, as json5's own tables have them. */
function classBoundaries(): number[] {
  const out = new Set<number>();
  let before = '';
  for (let code = 0; code <= 0x10ffff; code++) {
    const c = String.fromCodePoint(code);
    const kind = `${unicode.ID_Start.test(c)} ${unicode.ID_Continue.test(c)}`;
    if (kind !== before && code > 0) {
      out.add(code - 1);
      out.add(code);
    }
    before = kind;
  }
  for (const code of [
    0, 0x24, 0x5f, 0x200b, 0x200c, 0x200d, 0x200e, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0x10ffff,
  ])
    out.add(code);
  return [...out];
}

function compare(text: string): void {
  inputs++;
  let want: unknown;
  let refused: { lineNumber: number; columnNumber: number } | undefined;
  try {
    want = JSON5.parse(text);
  } catch (error) {
    refused = error as { lineNumber: number; columnNumber: number };
  }
  const { root, problem } = parseJson5(text);
  if (refused) {
    const place = problem && json5Place(text, problem.offset);
    if (place?.line === refused.lineNumber && place.column === refused.columnNumber) return;
    differ(
      text,
      `json5 refuses at ${refused.lineNumber}:${refused.columnNumber}, we ${place ? `at ${place.line}:${place.column}` : 'accept'}`,
    );
  }
  accepted++;
  if (problem || !root) differ(text, `json5 accepts, we refuse: ${problem?.message}`);
  const path = difference(want, toValue(root!));
  if (path !== undefined) differ(text, `the values differ at ${path}`);
}

function differ(text: string, how: string): never {
  throw new Error(`${how}\n${JSON.stringify(text.slice(0, 300))}`);
}

/** The line and column that json5 reports: those after it has read the offending character; only \n ends a line. */
function json5Place(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  const code = text.codePointAt(offset);
  if (code === 0x0a) return { line: line + 1, column: 0 };
  return { line, column: offset - lineStart + (code !== undefined && code > 0xffff ? 2 : 1) };
}

/** Where two values differ, or undefined; for values of any depth. -0, NaN, key order and prototypes count. */
function difference(want: unknown, got: unknown): string | undefined {
  const pairs: [unknown, unknown, string][] = [[want, got, '$']];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [a, b, path] = pair;
    if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) {
      if (!Object.is(a, b)) return path;
      continue;
    }
    if (Array.isArray(a) !== Array.isArray(b) || Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return path;
    const keys = Object.keys(a);
    const others = Object.keys(b);
    if (keys.length !== others.length || keys.some((key, i) => key !== others[i])) return path;
    const shown = path.length > 200 ? path.slice(0, 200) : path;
    for (const key of keys) pairs.push([Reflect.get(a, key), Reflect.get(b, key), `${shown}.${key}`]);
  }
  return undefined;
}
