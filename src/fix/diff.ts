import { maskStretch } from '../config/secrets.ts';
import type { FileDiff } from '../core/fix-plan.ts';
import type { ConfigFile } from '../core/snapshot.ts';
import { visible } from '../core/text.ts';
import type { FileEdit } from './edit-files.ts';

const CONTEXT = 3;
const MAX_LINE = 400;

/** One line of a diff: kept, removed or added. */
interface Row {
  readonly sign: ' ' | '-' | '+';
  readonly before: number;
  readonly after: number;
  readonly text: string;
}

/** The unified diff of each edited file. Secrets in the shown lines are masked, so it is for reading, not for `patch`. */
export function diffFiles(files: readonly FileEdit[]): FileDiff[] {
  return files.map(({ before, after }) => ({ file: before.path, text: unifiedDiff(before, after) }));
}

function unifiedDiff(before: ConfigFile, after: ConfigFile): string {
  const rows = compareLines(shownLines(before), shownLines(after));
  const path = visible(before.path, 300);
  const out = [`--- ${path}`, `+++ ${path}`];
  for (const [from, to] of hunks(rows)) {
    const part = rows.slice(from, to);
    const count = (sign: Row['sign']) => part.filter((r) => r.sign === ' ' || r.sign === sign).length;
    out.push(`@@ -${range(part[0]!.before, count('-'))} +${range(part[0]!.after, count('+'))} @@`);
    for (const { sign, text } of part) out.push(sign + visible(text.replaceAll('\t', '  '), MAX_LINE));
  }
  return `${out.join('\n')}\n`;
}

function range(start: number, count: number): string {
  return count === 1 ? String(start) : `${count === 0 ? start - 1 : start},${count}`;
}

/** The lines with their secrets masked. */
function shownLines(file: ConfigFile): string[] {
  const lines: string[] = [];
  let at = 0;
  for (const match of file.text.matchAll(/\r\n|\n|\r|$/g)) {
    if (match[0] !== '' || at < file.text.length) lines.push(maskStretch(file.text, at, match.index, file.secrets));
    at = match.index + match[0].length;
  }
  return lines;
}

/** Edits are few and far between: what is equal at both ends is cut off, the rest is compared line by line. */
function compareLines(a: readonly string[], b: readonly string[]): Row[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const rows: Row[] = [];
  let i = 0;
  let j = 0;
  const keep = (until: number) => {
    while (i < until) rows.push({ sign: ' ', before: ++i, after: ++j, text: a[i - 1]! });
  };
  const drop = () => rows.push({ sign: '-', before: ++i, after: j + 1, text: a[i - 1]! });
  const add = () => rows.push({ sign: '+', before: i + 1, after: ++j, text: b[j - 1]! });
  keep(head);
  const endA = a.length - tail;
  const endB = b.length - tail;
  while (i < endA || j < endB) {
    const step = nextCommon(a, b, i, j, endA, endB);
    for (let n = 0; n < step.drop; n++) drop();
    for (let n = 0; n < step.add; n++) add();
    while (i < endA && j < endB && a[i] === b[j]) keep(i + 1);
  }
  keep(a.length);
  return rows;
}

/** The nearest place at which both sides agree again, counted in lines to leave out of each. */
function nextCommon(
  a: readonly string[],
  b: readonly string[],
  i: number,
  j: number,
  endA: number,
  endB: number,
): { drop: number; add: number } {
  const most = Math.min(200, endA - i + (endB - j));
  for (let distance = 1; distance <= most; distance++)
    for (let drop = Math.min(distance, endA - i); drop >= 0; drop--) {
      const add = distance - drop;
      if (j + add > endB) continue;
      const [x, y] = [i + drop, j + add];
      if (x < endA && y < endB && a[x] === b[y]) return { drop, add };
    }
  return { drop: endA - i, add: endB - j };
}

/** Index ranges of rows that belong together: changes with the lines around them. */
function hunks(rows: readonly Row[]): [number, number][] {
  const out: [number, number][] = [];
  rows.forEach((row, index) => {
    if (row.sign === ' ') return;
    const from = Math.max(0, index - CONTEXT);
    const to = Math.min(rows.length, index + CONTEXT + 1);
    const last = out[out.length - 1];
    if (last && from <= last[1]) last[1] = to;
    else out.push([from, to]);
  });
  return out;
}
