import { describe, expect, it } from 'vitest';
import { lineIndex } from '../../src/config/lines.ts';
import { parseJson5 } from '../../src/config/parse.ts';
import type { SyntaxNode } from '../../src/config/syntax.ts';
import { toValue } from '../../src/config/to-value.ts';

// That the values and the refusals are those of json5 is shown in tests/fuzz/json5.fuzz.test.ts. Here: what json5 has not.

/** Every key and value with its span, in order: `key a 1-2`, `number 3-4`. */
function spans(node: SyntaxNode | undefined): string[] {
  if (!node) return [];
  const own = `${node.kind} ${node.start}-${node.end}`;
  if (node.kind === 'array') return [own, ...node.items.flatMap(spans)];
  if (node.kind !== 'object') return [own];
  const below = node.members.flatMap((m) => [`key ${m.key} ${m.keySpan.start}-${m.keySpan.end}`, ...spans(m.value)]);
  return [own, ...below];
}

const POSITIONS: readonly { name: string; text: string; spans: readonly string[] }[] = [
  { name: 'a scalar between blanks', text: ' \n12 ', spans: ['number 2-4'] },
  {
    name: 'members',
    text: '{ a: "x", \'b\' : [null,true] }',
    spans: ['object 0-29', 'key a 2-3', 'string 5-8', 'key b 10-13', 'array 16-27', 'null 17-21', 'boolean 22-26'],
  },
  {
    name: 'signs belong to the number',
    text: '[-1,+.5,-Infinity]',
    spans: ['array 0-18', 'number 1-3', 'number 4-7', 'number 8-17'],
  },
  {
    name: 'a key is decoded, its span is as written',
    text: '{\\u0061b:1}',
    spans: ['object 0-11', 'key ab 1-8', 'number 9-10'],
  },
  { name: 'UTF-16 units', text: '["😀", 1]', spans: ['array 0-9', 'string 1-5', 'number 7-8'] },
  { name: 'after a byte order mark', text: '\ufeff1', spans: ['number 1-2'] },
  {
    name: 'duplicates in order',
    text: '{a:1,b:2,a:3}',
    spans: ['object 0-13', 'key a 1-2', 'number 3-4', 'key b 5-6', 'number 7-8', 'key a 9-10', 'number 11-12'],
  },
  {
    name: '__proto__ is a key like others',
    text: '{__proto__:1}',
    spans: ['object 0-13', 'key __proto__ 1-10', 'number 11-12'],
  },
  {
    name: 'trailing commas',
    text: '[[1,],{a:2,}]',
    spans: ['array 0-13', 'array 1-5', 'number 2-3', 'object 6-12', 'key a 7-8', 'number 9-10'],
  },
];

const COMMENTS: readonly { text: string; comments: readonly string[] }[] = [
  { text: '// a\n1 /* b */ // c', comments: ['// a', '/* b */', '// c'] },
  { text: '{/*1*/a/*2*/:/*3*/1/*4*/,/*5*/}//', comments: ['/*1*/', '/*2*/', '/*3*/', '/*4*/', '/*5*/', '//'] },
  { text: '// a\r\n// b\r// c\u2028// d\u20291', comments: ['// a', '// b', '// c', '// d'] },
  { text: '/**/ /***/ /* // */ /*\n*/ 1', comments: ['/**/', '/***/', '/* // */', '/*\n*/'] },
  { text: '["// no", \'/* no */\']', comments: [] },
  { text: '// a\n{ b /* open', comments: ['// a'] },
];

const PARTIAL: readonly { name: string; text: string; offset: number; spans: readonly string[] }[] = [
  { name: 'nothing', text: '', offset: 0, spans: [] },
  { name: 'a broken scalar', text: '"abc', offset: 4, spans: [] },
  { name: 'text after the value', text: '{a:1} x', offset: 6, spans: ['object 0-5', 'key a 1-2', 'number 3-4'] },
  {
    name: 'open containers keep what they have',
    text: '{a:{b:[1,2',
    offset: 10,
    spans: ['object 0-10', 'key a 1-2', 'object 3-10', 'key b 4-5', 'array 6-10', 'number 7-8', 'number 9-10'],
  },
  {
    name: 'a key without a value is dropped',
    text: '{a:1,b',
    offset: 6,
    spans: ['object 0-6', 'key a 1-2', 'number 3-4'],
  },
  {
    name: 'a broken value is dropped with its key',
    text: '{a:1,b:"x\n}',
    offset: 9,
    spans: ['object 0-9', 'key a 1-2', 'number 3-4'],
  },
  { name: 'a missing comma', text: '{a:1 b:2}', offset: 5, spans: ['object 0-5', 'key a 1-2', 'number 3-4'] },
  {
    name: 'the wrong bracket',
    text: '[{a:1]',
    offset: 5,
    spans: ['array 0-5', 'object 1-5', 'key a 2-3', 'number 4-5'],
  },
  {
    name: 'a container that closed keeps its end',
    text: '[[1] 2]',
    offset: 5,
    spans: ['array 0-5', 'array 1-4', 'number 2-3'],
  },
];

const MESSAGES: readonly { text: string; offset: number; message: string }[] = [
  { text: '', offset: 0, message: 'expected a value, but the text ends' },
  {
    text: '{a:1\n',
    offset: 5,
    message: "expected ',' or '}' after the value, but the text ends and the object that opens on line 1 is not closed",
  },
  {
    text: '{a:\r\n [1,',
    offset: 9,
    message: 'expected a value, but the text ends and the array that opens on line 2 is not closed',
  },
  { text: '{a:1 b:2}', offset: 5, message: "expected ',' or '}' after the value, found 'b'" },
  { text: '[1 2]', offset: 3, message: "expected ',' or ']' after the item, found '2'" },
  { text: '{a 1}', offset: 3, message: "expected ':' after the key, found '1'" },
  {
    text: '{a-b:1}',
    offset: 2,
    message: "expected ':' after the key, found '-'; a key with this character needs quotes",
  },
  {
    text: '{1a:1}',
    offset: 1,
    message: "expected a key or '}', found '1'; a key that begins with this character needs quotes",
  },
  { text: '{,}', offset: 1, message: "expected a key or '}', found ','" },
  { text: '{a:,}', offset: 3, message: "expected a value, found ','" },
  { text: '{bind: lan}', offset: 7, message: "expected a value, found 'l'; a string needs quotes" },
  {
    text: '{bind: tailnet}',
    offset: 8,
    message: "expected true, false, null, Infinity, NaN or a string in quotes, found 'a'",
  },
  { text: '{a: “x”}', offset: 4, message: "expected a value, found '“'; only ' and \" are quotes in JSON5" },
  { text: '# note\n{}', offset: 0, message: "expected a value, found '#'; a comment begins with //" },
  { text: '{} {}', offset: 3, message: "expected nothing more after the value, found '{'" },
  {
    text: '{a: 010}',
    offset: 5,
    message: "expected ',' or '}' after the value, found '1'; a number other than 0 cannot begin with 0",
  },
  { text: '{a: 0x}', offset: 6, message: "expected a hexadecimal digit after '0x', found '}'" },
  { text: '[1e]', offset: 3, message: "expected a digit of the exponent, found ']'" },
  { text: '[-]', offset: 2, message: "expected a digit, found ']'" },
  { text: '{a: "x\n}', offset: 6, message: 'the string is not closed before the end of the line' },
  { text: "{a: 'x", offset: 6, message: 'the string is not closed before the end of the text' },
  { text: '"\\1"', offset: 2, message: 'a backslash before a digit from 1 to 9 is not an escape in JSON5' },
  { text: '"\\01"', offset: 3, message: "a digit after '\\0' is not allowed in JSON5" },
  { text: '"\\x4g"', offset: 4, message: "expected two hexadecimal digits after '\\x', found 'g'" },
  { text: '"\\u12"', offset: 5, message: "expected four hexadecimal digits after '\\u', found '\"'" },
  { text: '{\\x:1}', offset: 2, message: "expected 'u' after the backslash in a key without quotes, found 'x'" },
  { text: '{\\u0031:1}', offset: 1, message: 'a key with this escaped character needs quotes' },
  { text: '1\n/ 2', offset: 3, message: "expected '/' or '*' to begin a comment, found a space" },
  { text: '1\n\n/* 2', offset: 7, message: 'the comment that begins on line 3 is not closed' },
  { text: '[1\u200b]', offset: 2, message: "expected ',' or ']' after the item, found the character U+200B" },
  { text: '{a\n\n:\ud800}', offset: 5, message: 'expected a value, found the character U+D800' },
  { text: "{a: 1 'b': 2}", offset: 6, message: "expected ',' or '}' after the value, found \"'\"" },
];

describe('parseJson5', () => {
  it.each(POSITIONS)('knows the place of $name', ({ text, spans: want }) => {
    const { root, problem } = parseJson5(text);
    expect(problem).toBeUndefined();
    expect(spans(root)).toEqual(want);
  });

  it.each(COMMENTS)('collects the comments of $text', ({ text, comments }) => {
    expect(parseJson5(text).comments.map((c) => text.slice(c.start, c.end))).toEqual(comments);
  });

  it.each(PARTIAL)('keeps the part before an error: $name', ({ text, offset, spans: want }) => {
    const { root, problem } = parseJson5(text);
    expect(problem?.offset).toBe(offset);
    expect(spans(root)).toEqual(want);
  });

  it.each(MESSAGES)('explains what is wrong with $text', ({ text, offset, message }) => {
    expect(parseJson5(text).problem).toEqual({ offset, message });
  });

  it.each([
    ['escapes in a string', `"${'\\n'.repeat(500_000)}"`],
    ['quotes of the other kind', `"${"'".repeat(1_000_000)}"`],
    ['an open string', `["${'a'.repeat(1_000_000)}`],
    ['stars in an open comment', `/${'*'.repeat(1_000_000)}`],
    ['slashes', '/'.repeat(1_000_000)],
    ['comments', '/**/'.repeat(250_000)],
    ['line comments', '//\n'.repeat(300_000)],
    ['blanks', ' '.repeat(1_000_000)],
    ['digits', '1'.repeat(1_000_000)],
    ['hexadecimal digits', `0x${'f'.repeat(1_000_000)}`],
    ['a long key', `{${'\\u0061'.repeat(200_000)}:1}`],
    ['letters beyond ASCII in a key', `{${'ключ'.repeat(250_000)}:1}`],
    ['open brackets', '['.repeat(1_000_000)],
    ['closed brackets', '['.repeat(500_000) + ']'.repeat(500_000)],
    ['one key a hundred thousand times', `{${'a:1,'.repeat(100_000)}}`],
  ])('takes a megabyte of %s in linear time', (_, text) => {
    const started = performance.now();
    const { root } = parseJson5(text);
    if (root) toValue(root);
    // Quadratic work on a megabyte takes minutes.
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('toValue', () => {
  it('takes the last of duplicates, at the place of the first, and __proto__ as a key of its own', () => {
    const value = toValue(parseJson5('{ a: 1, __proto__: { b: 2 }, a: [3], constructor: null }').root!) as object;
    expect(Object.entries(value)).toEqual([
      ['a', [3]],
      ['__proto__', { b: 2 }],
      ['constructor', null],
    ]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe('lineIndex', () => {
  const text = 'a\nbc\r\n\rd\n';
  const index = lineIndex(text);

  it('ends lines at \\n, \\r\\n and \\r', () => {
    expect(index.lineCount).toBe(5);
    expect([1, 2, 3, 4, 5].map((line) => index.lineText(line))).toEqual(['a', 'bc', '', 'd', '']);
    expect([1, 2, 3, 4, 5].map((line) => index.offset(line))).toEqual([0, 2, 6, 7, 9]);
  });

  it.each([
    [0, 1, 1],
    [1, 1, 2],
    [2, 2, 1],
    [4, 2, 3],
    [5, 2, 4],
    [6, 3, 1],
    [7, 4, 1],
    [9, 5, 1],
    [-1, 1, 1],
    [99, 5, 1],
  ])('offset %i is line %i, column %i', (offset, line, column) => {
    expect(index.position(offset)).toEqual({ line, column });
  });

  it('is calm about lines that are not there, and an empty text', () => {
    expect([0, 6].map((line) => index.lineText(line))).toEqual(['', '']);
    expect([0, 6].map((line) => index.offset(line))).toEqual([0, 9]);
    expect(lineIndex('').lineCount).toBe(1);
    expect(lineIndex('').position(0)).toEqual({ line: 1, column: 1 });
  });
});
