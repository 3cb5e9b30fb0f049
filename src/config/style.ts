import { type Container, commaAfter, elementAt, elementCount, gapStart, isContainer, isOnNewLine } from './element.ts';
import type { Member, SyntaxNode } from './syntax.ts';
import { indentation, lineBreakNear } from './text-lines.ts';

/** How a text is written, as far as a new part of it has to look alike. */
export interface Style {
  readonly lineBreak: string;
  /** What one level of nesting adds to the indentation. */
  readonly indentStep: string;
  readonly stringQuote: string;
  /** Whether keys that need no quotes go without. */
  readonly bareKeys: boolean;
  readonly keyQuote: string;
  /** Between key and value. */
  readonly colon: string;
  /** Between elements on one line. */
  readonly comma: string;
  /** Inside the brackets on one line. */
  readonly objectPadding: string;
  readonly arrayPadding: string;
  /** Whether the last element of a list on several lines is followed by a comma. */
  readonly trailingComma: boolean;
  /** Whether arrays of scalars have a line for each item. */
  readonly itemPerLine: boolean;
}

/** A key that JSON5 accepts without quotes; letters beyond ASCII are put in quotes. */
export const BARE_KEY = /^[A-Za-z_$][\w$]*$/;

/**
 * The style at a place, by example: each trait is taken from the nearest container that shows it, first those in `trail`
 * (the containers around the place, outermost first), then the rest of the text. Without an example: JSON, two blanks.
 */
export function styleAt(text: string, root: SyntaxNode | undefined, trail: readonly Container[], at: number): Style {
  const examples = [...trail.toReversed(), ...containersBelow(root)];
  const nearest = <T>(trait: (text: string, example: Container) => T | undefined): T | undefined => {
    for (const example of examples) {
      const shown = trait(text, example);
      if (shown !== undefined) return shown;
    }
    return undefined;
  };
  const quoteOfKeys = nearest(keyQuote);
  const stringQuote = nearest(quoteOfStrings) ?? quoteOfKeys ?? '"';
  const colon = nearest(colonSpacing) ?? ': ';
  const tight = !colon.endsWith(' ');
  return {
    lineBreak: lineBreakNear(text, at),
    indentStep: nearest(indentStep) ?? '  ',
    stringQuote,
    bareKeys: nearest(bareKeys) ?? false,
    keyQuote: quoteOfKeys ?? stringQuote,
    colon,
    comma: nearest(commaSpacing) ?? (tight ? ',' : ', '),
    objectPadding: nearest(padding('object')) ?? (tight ? '' : ' '),
    arrayPadding: nearest(padding('array')) ?? '',
    trailingComma: nearest(trailingComma) ?? false,
    itemPerLine: nearest(itemPerLine) ?? false,
  };
}

function containersBelow(root: SyntaxNode | undefined): Container[] {
  const out: Container[] = [];
  const open = root ? [root] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    if (!isContainer(node)) continue;
    out.push(node);
    for (let i = elementCount(node) - 1; i >= 0; i--) open.push(elementAt(node, i)!.value);
  }
  return out;
}

function lastMember(container: Container, fits: (member: Member) => boolean): Member | undefined {
  return container.kind === 'object' ? container.members.findLast(fits) : undefined;
}

function isQuoted(text: string, at: number): boolean {
  return text[at] === '"' || text[at] === "'";
}

function keyQuote(text: string, container: Container): string | undefined {
  const member = lastMember(container, (m) => isQuoted(text, m.keySpan.start));
  return member && text[member.keySpan.start];
}

function bareKeys(text: string, container: Container): boolean | undefined {
  const member = lastMember(container, (m) => BARE_KEY.test(m.key));
  return member && !isQuoted(text, member.keySpan.start);
}

function quoteOfStrings(text: string, container: Container): string | undefined {
  const values = container.kind === 'object' ? container.members.map((m) => m.value) : container.items;
  const string = values.findLast((v) => v.kind === 'string');
  return string && text[string.start];
}

function colonSpacing(text: string, container: Container): string | undefined {
  const member = lastMember(container, (m) => /^[ \t]*:[ \t]*$/.test(text.slice(m.keySpan.end, m.value.start)));
  if (!member) return undefined;
  // One blank at most: more are there to align neighbours.
  return text.slice(member.keySpan.end, member.value.start).replaceAll(/[ \t]+/g, ' ');
}

function commaSpacing(text: string, container: Container): string | undefined {
  const last = elementCount(container) - 1;
  if (last < 1 || isOnNewLine(text, container, last)) return undefined;
  return gapStart(text, container, last) === elementAt(container, last)!.start ? ',' : ', ';
}

function padding(kind: Container['kind']) {
  return (text: string, container: Container): string | undefined => {
    if (container.kind !== kind || elementCount(container) === 0 || isOnNewLine(text, container, 0)) return undefined;
    return text[container.start + 1] === ' ' ? ' ' : '';
  };
}

function trailingComma(text: string, container: Container): boolean | undefined {
  const count = elementCount(container);
  if (count === 0 || !isOnNewLine(text, container, 0)) return undefined;
  return commaAfter(text, elementAt(container, count - 1)!) !== undefined;
}

function indentStep(text: string, container: Container): string | undefined {
  if (elementCount(container) === 0 || !isOnNewLine(text, container, 0)) return undefined;
  const outer = indentation(text, container.start);
  const inner = indentation(text, elementAt(container, 0)!.start);
  return inner.length > outer.length && inner.startsWith(outer) ? inner.slice(outer.length) : undefined;
}

function itemPerLine(text: string, container: Container): boolean | undefined {
  if (container.kind !== 'array' || container.items.length === 0 || container.items.some(isContainer)) return undefined;
  return isOnNewLine(text, container, 0);
}
