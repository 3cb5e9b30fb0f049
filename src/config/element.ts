import type { KeyStep } from '../core/ref.ts';
import type { ArrayNode, ObjectNode, Span, SyntaxNode } from './syntax.ts';
import { hasLineBreak } from './text-lines.ts';
import { skipTrivia } from './trivia.ts';

/** A node that holds others. */
export type Container = ObjectNode | ArrayNode;

/** An item of an array, or a member of an object together with its key. */
export interface Element extends Span {
  /** Place in the order of the text. */
  readonly index: number;
  readonly value: SyntaxNode;
}

/** True for objects and arrays. */
export function isContainer(node: SyntaxNode): node is Container {
  return node.kind === 'object' || node.kind === 'array';
}

/** How many elements a container has. */
export function elementCount(container: Container): number {
  return container.kind === 'object' ? container.members.length : container.items.length;
}

/** The element at a place in the text's order; undefined past the ends. */
export function elementAt(container: Container, index: number): Element | undefined {
  if (container.kind === 'array') {
    const item = container.items[index];
    return item && { start: item.start, end: item.end, index, value: item };
  }
  const member = container.members[index];
  return member && { start: member.keySpan.start, end: member.value.end, index, value: member.value };
}

/** The element that counts for a step: the last of members with the same key. */
export function effectiveElement(container: Container, step: KeyStep): Element | undefined {
  if (container.kind === 'array') return typeof step === 'number' ? elementAt(container, step) : undefined;
  return elementAt(
    container,
    container.members.findLastIndex((m) => m.key === String(step)),
  );
}

/** Offset of the comma after an element; undefined after a last one without. */
export function commaAfter(text: string, element: Span): number | undefined {
  const at = skipTrivia(text, element.end);
  return text[at] === ',' ? at : undefined;
}

/** Where the space before an element begins: after the comma or the bracket that comes before it. */
export function gapStart(text: string, container: Container, index: number): number {
  const before = elementAt(container, index - 1);
  return before ? commaAfter(text, before)! + 1 : container.start + 1;
}

/** True when the element stands on a line below what comes before it. */
export function isOnNewLine(text: string, container: Container, index: number): boolean {
  return hasLineBreak(text, gapStart(text, container, index), elementAt(container, index)!.start);
}
