import { describe, expect, it } from 'vitest';
import { applyEdits, EditError, removeKey, setValue } from '../../src/config/edit.ts';
import { parseJson5 } from '../../src/config/parse.ts';
import type { Json } from '../../src/core/json.ts';
import type { KeyPath } from '../../src/core/ref.ts';
import { INSERT, REMOVE, REPLACE } from './edit-cases.ts';

const REFUSED: readonly { name: string; text: string; path: KeyPath; message: RegExp }[] = [
  {
    name: 'through a string',
    text: `{ a: 'x' }`,
    path: ['a', 'b'],
    message: /^a is a string and has nothing below it$/,
  },
  { name: 'through null', text: `{ a: { b: null } }`, path: ['a', 'b', 'c'], message: /^a\.b is a null/ },
  { name: 'a top level without members', text: `1`, path: ['a'], message: /^the top level is a number/ },
  { name: 'a name in an array', text: `{ a: [1] }`, path: ['a', 'b'], message: /^a is an array/ },
  {
    name: 'an index past the end',
    text: `{ a: [1] }`,
    path: ['a', 2],
    message: /^a has 1 items: index 2 is out of range$/,
  },
  { name: 'a negative index', text: `{ a: [1] }`, path: ['a', -1], message: /out of range/ },
  { name: 'a broken index', text: `{ a: [1] }`, path: ['a', 0.5], message: /out of range/ },
  {
    name: 'a text that is not JSON5',
    text: `{ a: 1 b: 2 }`,
    path: ['a'],
    message: /^the text is not JSON5: expected ',' or '}'/,
  },
  { name: 'an open comment', text: `/* a`, path: ['a'], message: /^the text is not JSON5: the comment/ },
];

const REFUSED_VALUES: readonly { name: string; value: unknown; path?: KeyPath; message: RegExp }[] = [
  { name: 'a function', value: () => 1, message: /holds function/ },
  { name: 'undefined inside', value: { b: undefined }, message: /holds undefined/ },
  { name: 'a hole', value: new Array(1), message: /holds undefined/ },
  { name: 'a value that contains itself', value: selfContaining(), message: /nested deeper/ },
  {
    name: 'a start inside a missing list',
    value: 1,
    path: ['b', 3],
    message: /^b is missing: index 3 is out of range$/,
  },
  { name: 'a path without end', value: 1, path: new Array<string>(100_000).fill('b'), message: /nested deeper/ },
];

function selfContaining(): unknown {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

function afterSet(text: string, path: KeyPath, value: Json): string {
  return applyEdits(text, setValue(text, parseJson5(text).root, path, value));
}

function afterRemove(text: string, path: KeyPath): string {
  return applyEdits(text, removeKey(text, parseJson5(text).root, path));
}

describe('setValue replaces', () => {
  it.each(REPLACE)('$name', ({ before, path, value, after }) => expect(afterSet(before, path, value)).toBe(after));
});

describe('setValue inserts', () => {
  it.each(INSERT)('$name', ({ before, path, value, after }) => expect(afterSet(before, path, value)).toBe(after));
  it.each(INSERT)('nothing the second time: $name', ({ path, value, after }) => {
    expect(setValue(after, parseJson5(after).root, path, value)).toEqual([]);
  });
});

describe('removeKey removes', () => {
  it.each(REMOVE)('$name', ({ before, path, after }) => expect(afterRemove(before, path)).toBe(after));
});

describe('an impossible edit is refused', () => {
  it.each(REFUSED)('$name', ({ text, path, message }) => {
    const { root } = parseJson5(text);
    expect(() => setValue(text, root, path, 1)).toThrow(message);
    expect(() => setValue(text, root, path, 1)).toThrow(EditError);
    expect(() => removeKey(text, root, path)).toThrow(EditError);
  });

  it.each(REFUSED_VALUES)('$name', ({ value, path, message }) => {
    const text = '{ a: 1 }';
    expect(() => setValue(text, parseJson5(text).root, path ?? ['a'], value as Json)).toThrow(message);
  });

  it('a tree of another text', () => {
    expect(() => setValue('{ a: 1 }', parseJson5('{ a: 12 }').root, ['a'], 1)).toThrow(EditError);
    expect(() => removeKey('', parseJson5('{}').root, ['a'])).toThrow(EditError);
    expect(() => setValue('{}', undefined, ['a'], 1)).toThrow(EditError);
  });

  it('removing the whole config, or an item past the end', () => {
    expect(() => removeKey('{}', parseJson5('{}').root, [])).toThrow(EditError);
    expect(() => removeKey('[1]', parseJson5('[1]').root, [1])).toThrow(EditError);
  });

  it('edits that overlap or lie outside the text', () => {
    const overlapping = [
      { start: 0, end: 2, text: '' },
      { start: 1, end: 3, text: '' },
    ];
    expect(() => applyEdits('abc', overlapping)).toThrow(EditError);
    expect(() => applyEdits('abc', [{ start: 2, end: 4, text: '' }])).toThrow(EditError);
    expect(() => applyEdits('abc', [{ start: 2, end: 1, text: '' }])).toThrow(EditError);
    expect(() => applyEdits('abc', [{ start: Number.NaN, end: 1, text: '' }])).toThrow(EditError);
  });
});

describe('applyEdits', () => {
  it('takes edits in any order and keeps the order of insertions at one place', () => {
    const edits = [
      { start: 3, end: 4, text: 'D' },
      { start: 1, end: 1, text: 'x' },
      { start: 1, end: 1, text: 'y' },
      { start: 1, end: 2, text: '' },
    ];
    expect(applyEdits('abcd', edits)).toBe('axycD');
  });
});

describe('a hostile text is edited in linear time', () => {
  const depth = 50_000;
  const nested = '{a:'.repeat(depth);
  it.each<[string, string, KeyPath]>([
    ['deep on one line', `${nested}{}${'}'.repeat(depth)}`, new Array<string>(depth).fill('a').concat('b')],
    ['deep with line ends', `${'{\na:'.repeat(depth)}{}${'}'.repeat(depth)}`, ['b']],
    ['one key many times', `{${'a:1,'.repeat(200_000)}}`, ['a']],
    ['many comments', `{a:1,${'/* c */'.repeat(200_000)}}`, ['b']],
    ['long lines of blanks', `{${' '.repeat(1_000_000)}a:1${' '.repeat(1_000_000)}}`, ['b']],
  ])('%s', (_, text, path) => {
    const started = performance.now();
    const { root } = parseJson5(text);
    const after = applyEdits(text, setValue(text, root, path, 2));
    expect(applyEdits(after, removeKey(after, parseJson5(after).root, path)).length).toBeLessThanOrEqual(text.length);
    // Quadratic work takes minutes here.
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
