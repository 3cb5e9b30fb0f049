import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementAt, elementCount, isContainer } from '../../src/config/element.ts';
import { applyEdits, removeKey, setValue } from '../../src/config/edit.ts';
import { parseJson5 } from '../../src/config/parse.ts';
import type { SyntaxNode } from '../../src/config/syntax.ts';
import { toValue } from '../../src/config/to-value.ts';
import type { Json } from '../../src/core/json.ts';
import type { KeyPath, KeyStep } from '../../src/core/ref.ts';

// The seed is fixed: a red run is red again.
const RUNS = { numRuns: 2000, seed: 20260307 };

const blank = fc.constantFrom('', ' ', '  ', '\t', '\n', '\r\n', '\r', '\n  ', '\r\n\t', '\u00a0', '\u2028', '\ufeff');
const comment = fc.constantFrom('// c\n', '//, }\r\n', '// u\u2028', '/* c */', '/**/', '/* , \n */', "/* ' */");
const trivia = fc
  .array(fc.oneof({ arbitrary: blank, weight: 3 }, { arbitrary: comment, weight: 1 }), { maxLength: 4 })
  .map((parts) => parts.join(''));
const space = fc.oneof({ arbitrary: fc.constantFrom('', ' '), weight: 2 }, { arbitrary: trivia, weight: 1 });
const keyText = fc.constantFrom(
  'a',
  'b',
  '$c',
  '"a"',
  "'b'",
  '"d-e"',
  "'__proto__'",
  '\\u0061',
  'null',
  '"1"',
  'ключ',
  "'it\\'s'",
);
const scalarText = fc.constantFrom(
  '1',
  '-0',
  '0x1F',
  '.5',
  'NaN',
  '-Infinity',
  'true',
  'null',
  '"x"',
  "'y'",
  '"\\\n"',
  "'//'",
);

/** JSON5 texts in any formatting, with comments between all tokens and duplicate keys. */
const oddText = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalarText, tie('object'), tie('array')),
  object: fc
    .tuple(fc.array(fc.tuple(space, keyText, space, space, tie('value'), space), { maxLength: 4 }), fc.boolean(), space)
    .map(([members, comma, end]) => {
      const parts = members.map(
        ([before, key, colon, gap, value, after]) => `${before}${key}${colon}:${gap}${value}${after}`,
      );
      return `{${parts.join(',')}${comma && parts.length > 0 ? ',' : ''}${end}}`;
    }),
  array: fc
    .tuple(fc.array(fc.tuple(space, tie('value'), space), { maxLength: 4 }), fc.boolean(), space)
    .map(([items, comma, end]) => {
      const parts = items.map(([before, value, after]) => before + value + after);
      return `[${parts.join(',')}${comma && parts.length > 0 ? ',' : ''}${end}]`;
    }),
})).object;
const oddDocument = fc.tuple(trivia, oddText, trivia).map((parts) => parts.join(''));

/** Configs as people format them: a member for each line, remarks, one-line parts, any line end, comma or not. */
const tidyDocument = fc
  .record({
    tree: fc.letrec<{ node: Json }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<Json>(1, 'x', false, null, ['x', 'y'], []),
        fc.dictionary(fc.constantFrom('gateway', 'bind', 'allow-from', '*', 'tools'), tie('node'), { maxKeys: 4 }),
      ),
    })).node,
    lineEnd: fc.constantFrom('\n', '\r\n'),
    step: fc.constantFrom('  ', '    ', '\t'),
    comma: fc.constantFrom(',', ''),
    quote: fc.constantFrom('"', "'"),
    remarks: fc.boolean(),
  })
  .map(({ tree, lineEnd, step, comma, quote, remarks }) => {
    let line = 0;
    const write = (value: Json, indent: string): string => {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return JSON.stringify(value).replaceAll('"', quote);
      const inner = indent + step;
      const members = Object.entries(value);
      const texts = members.map(([key, child], i) => {
        const name = /^\w+$/.test(key) ? key : quote + key + quote;
        const above = remarks && line++ % 3 === 0 ? `${inner}// above ${key}${lineEnd}` : '';
        const behind = remarks && line++ % 2 === 0 ? ` // behind ${key}` : '';
        return `${above}${inner}${name}: ${write(child, inner)}${i < members.length - 1 ? ',' : comma}${behind}${lineEnd}`;
      });
      return texts.length > 0 ? `{${lineEnd}${texts.join('')}${indent}}` : '{}';
    };
    return `{${lineEnd}${step}root: ${write(tree, step)}${comma}${lineEnd}}${lineEnd}`;
  });

const anyDocument = fc.oneof(oddDocument, tidyDocument);
const json = fc.jsonValue({ maxDepth: 3, noUnicodeString: false }) as fc.Arbitrary<Json>;
const choices = fc.array(fc.nat(9), { minLength: 1, maxLength: 5 });
const newKey = fc.constantFrom('new', 'a', 'needs-quotes', '__proto__', 'it\'s "so"', '');

/** Follows the choices down the tree: to a child that is there, or, now and then, to one that is not. */
function pickPath(root: SyntaxNode, picks: readonly number[], missing: string): KeyStep[] {
  const path: KeyStep[] = [];
  let node: SyntaxNode | undefined = root;
  for (const pick of picks) {
    if (!node) path.push(pick % 3 === 0 ? 0 : missing);
    else if (!isContainer(node)) break;
    else {
      const count = elementCount(node);
      const index = pick % (count + 1);
      const step: KeyStep = node.kind === 'array' ? index : index === count ? missing : node.members[index]!.key;
      path.push(step);
      const at: number = node.kind === 'array' ? index : node.members.findLastIndex((m) => m.key === step);
      node = elementAt(node, at)?.value;
    }
  }
  return path;
}

function define(object: object, key: KeyStep, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** What an edit is meant to do, on plain values. */
function setIn(base: unknown, path: KeyPath, value: Json): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const holder = typeof base === 'object' && base !== null ? base : typeof step === 'number' ? [] : {};
  const out: object = Array.isArray(holder) ? [] : {};
  for (const [key, child] of Object.entries(holder)) define(out, key, child);
  define(out, step, setIn(Object.hasOwn(out, step) ? Reflect.get(out, step) : undefined, rest, value));
  return out;
}

function removeIn(base: unknown, path: KeyPath): unknown {
  const [step, ...rest] = path;
  if (typeof base !== 'object' || base === null || step === undefined || !Object.hasOwn(base, step)) return base;
  if (Array.isArray(base)) {
    return base.flatMap((item, i) => (i !== step ? [item] : rest.length === 0 ? [] : [removeIn(item, rest)]));
  }
  const out = {};
  for (const [key, child] of Object.entries(base)) {
    if (key !== step) define(out, key, child);
    else if (rest.length > 0) define(out, key, removeIn(child, rest));
  }
  return out;
}

/** A value as a string in which everything counts but the order of keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`);
  return `{${members.toSorted().join(',')}}`;
}

function parsed(text: string): SyntaxNode {
  const { root, problem } = parseJson5(text);
  expect(problem, JSON.stringify(text)).toBeUndefined();
  return root!;
}

function comments(text: string, outside?: { start: number; end: number }): string[] {
  const kept = parseJson5(text).comments.filter((c) => !outside || c.end <= outside.start || c.start >= outside.end);
  return kept.map((c) => text.slice(c.start, c.end));
}

function nodeAt(root: SyntaxNode, path: KeyPath): SyntaxNode | undefined {
  let node: SyntaxNode | undefined = root;
  for (const step of path) {
    if (node?.kind === 'array') node = node.items[step as number];
    else if (node?.kind === 'object') node = node.members.findLast((m) => m.key === String(step))?.value;
    else return undefined;
  }
  return node;
}

describe('setValue, on any text', () => {
  it('changes the value as asked, and nothing the second time', () => {
    fc.assert(
      fc.property(anyDocument, choices, newKey, json, (text, picks, missing, value) => {
        const root = parsed(text);
        const path = pickPath(root, picks, missing);
        const after = applyEdits(text, setValue(text, root, path, value));
        const result = parsed(after);
        expect(canonical(toValue(result))).toBe(canonical(setIn(toValue(root), path, value)));
        expect(setValue(after, result, path, value)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('replaces no more than the old value, and otherwise only inserts', () => {
    fc.assert(
      fc.property(anyDocument, choices, newKey, json, (text, picks, missing, value) => {
        const root = parsed(text);
        const path = pickPath(root, picks, missing);
        const edits = setValue(text, root, path, value);
        const old = nodeAt(root, path);
        if (old && edits.length > 0) expect(edits).toMatchObject([{ start: old.start, end: old.end }]);
        // An empty pair of brackets may hold blanks, which go.
        if (!old) for (const edit of edits) expect(text.slice(edit.start, edit.end).trim()).toBe('');
        const after = applyEdits(text, edits);
        expect(comments(after)).toEqual(comments(text, edits.length > 0 ? old : undefined));
      }),
      RUNS,
    );
  });
});

describe('removeKey, on any text', () => {
  it('removes the value and nothing else, once', () => {
    fc.assert(
      fc.property(anyDocument, choices, newKey, (text, picks, missing) => {
        const root = parsed(text);
        const path = pickPath(root, picks, missing);
        const isPastEnd = typeof path[path.length - 1] === 'number' && !nodeAt(root, path);
        fc.pre(!isPastEnd && !path.some((_, i) => i > 0 && !nodeAt(root, path.slice(0, i))));
        const after = applyEdits(text, removeKey(text, root, path));
        const result = parsed(after);
        expect(canonical(toValue(result))).toBe(canonical(removeIn(toValue(root), path)));
        if (typeof path[path.length - 1] === 'string') expect(removeKey(after, result, path)).toEqual([]);
        const before = comments(text);
        let at = 0;
        for (const kept of comments(after)) {
          at = before.indexOf(kept, at) + 1;
          expect(at, `${JSON.stringify(kept)} is new`).toBeGreaterThan(0);
        }
      }),
      RUNS,
    );
  });

  it('keeps every comment that is not inside the value or behind it on its line', () => {
    fc.assert(
      fc.property(tidyDocument, choices, (text, picks) => {
        const root = parsed(text);
        const path = pickPath(root, picks, 'none');
        const old = nodeAt(root, path);
        fc.pre(old !== undefined);
        const lineEnd = text.indexOf('\n', old!.end);
        expect(comments(applyEdits(text, removeKey(text, root, path)))).toEqual(
          comments(text, { start: old!.start, end: lineEnd }),
        );
      }),
      RUNS,
    );
  });
});

describe('a text as JSON.stringify writes it stays one', () => {
  const leaf = fc.constantFrom<Json>(1, 'x', false, null, 'it\'s "so"\n');
  const tree = fc.letrec<{ object: Record<string, Json> }>((tie) => ({
    object: fc.dictionary(
      fc.constantFrom('a', 'b', 'needs-quotes', 'c'),
      fc.oneof({ maxDepth: 3 }, leaf, tie('object')),
      {
        minKeys: 1,
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  })).object;
  const indents = fc.constantFrom('  ', '    ', '\t', '');

  it('after setValue', () => {
    fc.assert(
      fc.property(tree, indents, choices, fc.oneof(leaf, tree), (object, indent, picks, value) => {
        const text = JSON.stringify(object, null, indent);
        const root = parsed(text);
        const path = pickPath(root, picks, 'new').filter((step) => typeof step === 'string');
        const after = applyEdits(text, setValue(text, root, path, value));
        expect(JSON.parse(after)).toEqual(setIn(object, path, value));
        const reordered = canonical(toValue(root)) === canonical(setIn(object, path, value));
        expect(after).toBe(reordered ? text : JSON.stringify(setIn(object, path, value), null, indent));
      }),
      RUNS,
    );
  });

  it('after removeKey', () => {
    fc.assert(
      fc.property(tree, indents, choices, (object, indent, picks) => {
        const text = JSON.stringify(object, null, indent);
        const root = parsed(text);
        const path = pickPath(root, picks, 'none');
        fc.pre(path.every((step) => typeof step === 'string') && nodeAt(root, path) !== undefined);
        expect(applyEdits(text, removeKey(text, root, path))).toBe(
          JSON.stringify(removeIn(object, path), null, indent),
        );
      }),
      RUNS,
    );
  });
});
