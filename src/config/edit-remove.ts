import type { KeyStep } from '../core/ref.ts';
import { type Container, commaAfter, type Element, elementAt, elementCount, gapStart } from './element.ts';
import type { Span } from './syntax.ts';
import { EditError, type TextEdit } from './text-edits.ts';
import { beginsLine, hasLineBreak, isBlank, lineBreakAt, lineStart, remarkAfter, skipBlanks } from './text-lines.ts';

/** An element with the comma behind it. */
interface Listed extends Element {
  readonly comma: number | undefined;
}

/** The edits that remove every member of a key, or one item; none when there is no such member. */
export function removalEdits(text: string, container: Container, step: KeyStep): TextEdit[] {
  const elements: Listed[] = [];
  for (let i = 0; i < elementCount(container); i++) {
    const element = elementAt(container, i)!;
    elements.push({ ...element, comma: commaAfter(text, element) });
  }
  const isGone = (e: Element): boolean =>
    container.kind === 'array' ? e.index === step : container.members[e.index]!.key === String(step);
  const gone = elements.filter(isGone);
  if (gone.length === 0) {
    if (container.kind === 'array') throw new EditError(`index ${step} is out of range`);
    return [];
  }
  const cuts = gone.flatMap((element) => cutsFor(text, container, element, elements[element.index + 1]));
  const lastKept = elements.findLast((e) => !isGone(e));
  const last = elements[elements.length - 1]!;
  // A list without a comma at its end gets none.
  if (lastKept && lastKept !== last && last.comma === undefined) {
    cuts.push({ start: lastKept.comma!, end: lastKept.comma! + 1 });
  }
  const inside = { start: container.start + 1, end: container.end - 1 };
  const merged = union(cuts);
  const isEmptied = !lastKept && remainder(text, inside, merged).trim() === '';
  return (isEmptied ? [inside] : merged).map(({ start, end }) => ({ start, end, text: '' }));
}

function cutsFor(text: string, container: Container, element: Listed, next: Listed | undefined): Span[] {
  const { start, end, comma } = element;
  const lines = wholeLines(text, element);
  if (lines) return [lines];
  const stop = comma === undefined ? end : comma + 1;
  // A comment between the value and its comma stays.
  if (comma !== undefined && !isBlank(text, end, comma)) {
    return [
      { start, end },
      { start: comma, end: stop },
    ];
  }
  const gap = gapStart(text, container, element.index);
  const blankBefore = element.index > 0 && isBlank(text, gap, start);
  if (!next) return [{ start: blankBefore ? gap : start, end: stop }];
  if (!isBlank(text, stop, next.start)) return [{ start, end: skipBlanks(text, stop) }];
  // A line end behind the comma stays when others begin the line.
  if (blankBefore && hasLineBreak(text, stop, next.start) && !hasLineBreak(text, gap, start)) {
    return [{ start: gap, end: stop }];
  }
  return [{ start, end: next.start }];
}

/** The lines of an element that shares them with nothing but its comma and a comment behind it. */
function wholeLines(text: string, { start, end, comma }: Listed): Span | undefined {
  if (!beginsLine(text, start)) return undefined;
  if (comma !== undefined && hasLineBreak(text, end, comma)) return undefined;
  const stop = comma === undefined ? end : comma + 1;
  const after = skipBlanks(text, remarkAfter(text, stop).end);
  const lineBreak = lineBreakAt(text, after);
  if (lineBreak === '' || hasLineBreak(text, stop, after)) return undefined;
  return { start: lineStart(text, start), end: after + lineBreak.length };
}

function union(spans: readonly Span[]): Span[] {
  const out: { start: number; end: number }[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = out[out.length - 1];
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else out.push({ ...span });
  }
  return out;
}

/** What the cuts leave of a span. */
function remainder(text: string, { start, end }: Span, cuts: readonly Span[]): string {
  let out = '';
  let from = start;
  for (const cut of cuts) {
    out += text.slice(from, cut.start);
    from = cut.end;
  }
  return out + text.slice(from, end);
}
