import type { Json } from '../core/json.ts';
import { formatKeyPath, type KeyPath, type KeyStep } from '../core/ref.ts';
import { removalEdits } from './edit-remove.ts';
import {
  type Container,
  commaAfter,
  type Element,
  effectiveElement,
  elementAt,
  elementCount,
  isContainer,
  isOnNewLine,
} from './element.ts';
import { parseJson5 } from './parse.ts';
import { assertJson, printMember, printValue } from './print.ts';
import { type Style, styleAt } from './style.ts';
import type { Span, SyntaxNode } from './syntax.ts';
import { EditError, type TextEdit } from './text-edits.ts';
import { hasLineBreak, indentation, remarkAfter } from './text-lines.ts';
import { toValue } from './to-value.ts';
import { skipTrivia } from './trivia.ts';

export { applyEdits, EditError, type TextEdit } from './text-edits.ts';

/**
 * The edits that give a key a value; none when it has that value already. An existing value is replaced where it stands
 * (the last one, where a key stands twice); a missing key is added after the last member, with the objects above it; an
 * index equal to the length of an array appends. All other characters stay, and what is new is written like its
 * surroundings. A text of white space and comments only (`root` undefined) gets an object.
 *
 * @param root the tree of `text` as `parseJson5` gives it
 * @throws EditError when the text is not JSON5, `root` is not its tree, the path leads through a value that is neither
 *   object nor array, an index is out of range, or `value` is not JSON
 */
export function setValue(text: string, root: SyntaxNode | undefined, path: KeyPath, value: Json): TextEdit[] {
  const tree = checkedTree(text, root);
  assertJson(value);
  if (!tree) return newDocument(text, valueBelow(path, 0, value));
  const trail: Container[] = [];
  let node = tree;
  let element: Element | undefined;
  for (const [depth, step] of path.entries()) {
    const container = containerAt(node, path, depth);
    const below = effectiveElement(container, step);
    if (!below) {
      const added = valueBelow(path, depth + 1, value);
      return insertion({ text, tree, trail, element }, container, step, added);
    }
    trail.push(container);
    element = below;
    node = below.value;
  }
  return replacement({ text, tree, trail, element }, node, value);
}

/**
 * The edits that remove a key with every duplicate of it, or an item of an array; none when the key is absent. The comma
 * goes with it, and so does a comment behind it on its own line; all other comments stay.
 *
 * @param root the tree of `text` as `parseJson5` gives it
 * @throws EditError as for `setValue`, and for an empty path
 */
export function removeKey(text: string, root: SyntaxNode | undefined, path: KeyPath): TextEdit[] {
  const tree = checkedTree(text, root);
  if (path.length === 0) throw new EditError('the whole config cannot be removed');
  let node = tree;
  for (const [depth, step] of path.entries()) {
    if (!node) return [];
    const container = containerAt(node, path, depth);
    if (depth === path.length - 1) return removalEdits(text, container, step);
    node = effectiveElement(container, step)?.value;
  }
  return [];
}

/** Trees that were found to be those of a text: fixes are planned one by one on the same one. */
const checked = new WeakMap<SyntaxNode, string>();

/** The tree to work on: parsed again, because edits to a tree of another text would destroy it. */
function checkedTree(text: string, root: SyntaxNode | undefined): SyntaxNode | undefined {
  if (root && checked.get(root) === text) return root;
  const { root: tree, problem } = parseJson5(text);
  if (problem && (tree || skipTrivia(text, 0) < text.length)) {
    throw new EditError(`the text is not JSON5: ${problem.message}`);
  }
  if (tree?.kind !== root?.kind || tree?.start !== root?.start || tree?.end !== root?.end) {
    throw new EditError('the syntax tree belongs to another text');
  }
  if (root) checked.set(root, text);
  return tree;
}

function containerAt(node: SyntaxNode, path: KeyPath, depth: number): Container {
  const step = path[depth]!;
  const refuse = (why: string): never => {
    throw new EditError(`${depth === 0 ? 'the top level' : formatKeyPath(path.slice(0, depth))} ${why}`);
  };
  if (!isContainer(node)) return refuse(`is a ${node.kind} and has nothing below it`);
  if (node.kind !== 'array') return node;
  if (typeof step !== 'number') return refuse('is an array: its items have a number, not a name');
  const count = node.items.length;
  if (!(Number.isInteger(step) && step >= 0 && step <= count)) {
    return refuse(`has ${count} items: index ${step} is out of range`);
  }
  return node;
}

/** The value that has to stand at a missing step so that `value` stands at the end of the path. */
function valueBelow(path: KeyPath, depth: number, value: Json): Json {
  let out = value;
  for (let i = path.length - 1; i >= depth; i--) {
    const step = path[i]!;
    if (typeof step === 'string') out = Object.fromEntries([[step, out]]);
    else if (step === 0) out = [out];
    else throw new EditError(`${formatKeyPath(path.slice(0, i))} is missing: index ${step} is out of range`);
  }
  assertJson(out);
  return out;
}

function newDocument(text: string, value: Json): TextEdit[] {
  const style = styleAt(text, undefined, [], text.length);
  const before = /(?:^\ufeff?|[\n\r])$/.test(text) ? '' : style.lineBreak;
  const added = before + printValue(value, style, '') + style.lineBreak;
  return [{ start: text.length, end: text.length, text: added }];
}

/** Where the node lies that is edited. */
interface Place {
  readonly text: string;
  readonly tree: SyntaxNode;
  /** The containers around it, outermost first. */
  readonly trail: readonly Container[];
  /** What holds it in the innermost of them; undefined for the whole document. */
  readonly element: Element | undefined;
}

/** True for the whole document, and for an element on a line below what comes before it. */
function hasOwnLine({ text, trail, element }: Place): boolean {
  return element === undefined || isOnNewLine(text, trail[trail.length - 1]!, element.index);
}

function replacement(place: Place, node: SyntaxNode, value: Json): TextEdit[] {
  if (isSame(toValue(node), value)) return [];
  const { text, tree, trail, element } = place;
  const filled = isContainer(node) && elementCount(node) > 0;
  const onLines = filled ? isOnNewLine(text, node, 0) : hasOwnLine(place);
  const near = styleAt(text, tree, isContainer(node) ? [...trail, node] : trail, node.start);
  const style: Style = {
    ...near,
    stringQuote: node.kind === 'string' ? text[node.start]! : near.stringQuote,
  };
  const indent = onLines ? indentation(text, element?.start ?? node.start) : undefined;
  return [{ start: node.start, end: node.end, text: printValue(value, style, indent) }];
}

function insertion(place: Place, container: Container, step: KeyStep, value: Json): TextEdit[] {
  const { text, tree, trail } = place;
  const style = styleAt(text, tree, [...trail, container], container.end);
  const print = (indent: string | undefined): string =>
    container.kind === 'array' ? printValue(value, style, indent) : printMember(String(step), value, style, indent);
  const last = elementAt(container, elementCount(container) - 1);
  if (last) return insertAfter(text, container, last, style, print);
  const comments: Span[] = [];
  skipTrivia(text, container.start + 1, comments);
  const comment = comments[comments.length - 1];
  if (comment) return insertAfterComment(text, container, comment, style, print);
  const onLines = hasLineBreak(text, container.start, container.end) || hasOwnLine(place);
  const whole: Json = container.kind === 'array' ? [value] : Object.fromEntries([[String(step), value]]);
  const printed = printValue(whole, style, onLines ? indentation(text, container.start) : undefined);
  return [{ start: container.start + 1, end: container.end - 1, text: printed.slice(1, -1) }];
}

function insertAfter(
  text: string,
  container: Container,
  last: Element,
  style: Style,
  print: (indent: string | undefined) => string,
): TextEdit[] {
  const comma = commaAfter(text, last);
  const remark = remarkAfter(text, comma === undefined ? last.end : comma + 1);
  const newLine = isOnNewLine(text, container, elementCount(container) - 1);
  const onLines = newLine || remark.closesLine;
  const indent = newLine ? indentation(text, last.start) : indentation(text, container.start) + style.indentStep;
  const lead = onLines ? style.lineBreak + indent : style.comma.slice(1);
  const added = lead + print(onLines ? indent : undefined);
  if (comma !== undefined) return [{ start: remark.end, end: remark.end, text: `${added},` }];
  // On one line the comma may follow a comment: `a: 1 /* one */, b: 2`.
  if (!onLines) return [{ start: remark.end, end: remark.end, text: `,${added}` }];
  return [
    { start: last.end, end: last.end, text: ',' },
    { start: remark.end, end: remark.end, text: added },
  ];
}

/** Inserts into a container that holds nothing but comments. */
function insertAfterComment(
  text: string,
  container: Container,
  comment: Span,
  style: Style,
  print: (indent: string | undefined) => string,
): TextEdit[] {
  const { end } = comment;
  // After a line comment a new line it must be, even where U+2028 ends it and all stands on one line for us.
  if (!hasLineBreak(text, container.start, container.end) && text[comment.start + 1] === '*') {
    return [{ start: end, end, text: ` ${print(undefined)}` }];
  }
  const outer = indentation(text, container.start);
  const own = indentation(text, comment.start);
  const indent = own.length > outer.length ? own : outer + style.indentStep;
  const added = style.lineBreak + indent + print(indent) + (style.trailingComma ? ',' : '');
  return [{ start: end, end, text: added }];
}

/** Equality of a parsed value with JSON; -0 and 0 differ, NaN equals itself, the order of keys does not count. */
function isSame(a: unknown, b: Json): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(b);
  return (
    keys.length === Object.keys(a).length &&
    keys.every((key) => Object.hasOwn(a, key) && isSame(Reflect.get(a, key), Reflect.get(b, key) as Json))
  );
}
