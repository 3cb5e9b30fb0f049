import type { BoundaryState, ExposureNode, ExposureReport } from '../core/exposure.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import { visible } from '../core/text.ts';
import { html } from './escape.ts';
import { orderColumns } from './graph-layout.ts';
import { displayWidth } from './terminal.ts';

/** Columns from left to right, with their headings. */
const COLUMNS: readonly (readonly [ExposureNode['kind'], string])[] = [
  ['principal', 'Who'],
  ['ingress', 'Way in'],
  ['session', 'Session'],
  ['agent', 'Agent'],
  ['tool', 'Tool'],
  ['asset', 'What is reached'],
];

/** Measures of the drawing, in its own units. The script draws with the same ones. */
export const GRAPH = {
  width: 156,
  height: 36,
  /** From the top of one node to that of the next. */
  pitch: 46,
  gap: 44,
  top: 34,
  /** Nodes that a column shows at once; the others are counted. */
  most: 12,
} as const;

/** Columns of text that fit into a node. */
const LINE = 20;

/**
 * The graph as it is without a choice: the nodes with the most paths of each column, and every line between them. All
 * others are in the document too, hidden, for the script to show. No text of it is measured.
 */
export function graphSvg(exposure: ExposureReport): string {
  const { nodes, edges, paths } = exposure;
  const indexOf = new Map(nodes.map((n, i) => [n.id, i]));
  const onPaths = nodes.map(() => 0);
  for (const path of paths)
    for (const id of path.nodes) {
      const node = indexOf.get(id);
      if (node !== undefined) onPaths[node]!++;
    }
  const used = COLUMNS.filter(([kind]) => nodes.some((n) => n.kind === kind));
  const columnOf = nodes.map((n) => used.findIndex(([kind]) => kind === n.kind));
  const worst = worstOfEdges(exposure);
  const lines = edges.flatMap(({ id, from, to, state }, edge) => {
    const [a, b] = [indexOf.get(from), indexOf.get(to)];
    return a === undefined || b === undefined ? [] : [{ from: a, to: b, edge, state, severity: worst.get(id) }];
  });
  const columns = orderColumns(columnOf, lines);
  const shown = columns.map((column) => chosen(column, onPaths));
  const rows = Math.max(1, ...columns.map((column, c) => shown[c]!.size + Number(shown[c]!.size < column.length)));
  const height = GRAPH.top + rows * GRAPH.pitch;
  const at = new Map<number, readonly [x: number, y: number]>();
  const boxes = columns.map((column, c) => {
    const x = c * (GRAPH.width + GRAPH.gap);
    const visibleNodes = column.filter((n) => shown[c]!.has(n));
    const rest = column.length - visibleNodes.length;
    const from = startOf(visibleNodes.length + Number(rest > 0), rows);
    for (const [i, n] of visibleNodes.entries()) at.set(n, [x, from + i * GRAPH.pitch]);
    const moreY = from + visibleNodes.length * GRAPH.pitch;
    return [
      `<text class="col" x="${x}" y="16">${used[c]![1]}</text>`,
      ...column.map((n) => nodeSvg(nodes[n]!, n, c, at.get(n) ?? [x, 0], at.has(n))),
      `<text class="more${rest > 0 ? '' : ' off'}" data-c="${c}" x="${x + 8}" y="${moreY + 22}">${rest > 0 ? `and ${rest} more` : ''}</text>`,
    ].join('');
  });
  const drawn = lines.map((l) => {
    const [a, b] = [at.get(l.from), at.get(l.to)];
    const d = a && b ? lineBetween(a, b) : '';
    return `<path class="${lineClass(l.state, l.severity)}${d === '' ? ' off' : ''}" data-i="${l.edge}" data-f="${l.from}" data-t="${l.to}"${d === '' ? '' : ` d="${d}"`}/>`;
  });
  const width = used.length * (GRAPH.width + GRAPH.gap) - GRAPH.gap;
  return `<svg id="graph" viewBox="-2 0 ${width + 4} ${height}" width="${width + 4}" height="${height}" role="img" aria-label="Drawing of the paths; the lists below say the same in words"><g class="lines">${drawn.join('')}</g>${boxes.join('')}</svg>`;
}

/** The nodes of a column that are shown: those that most paths go through. */
function chosen(column: readonly number[], onPaths: readonly number[]): ReadonlySet<number> {
  if (column.length <= GRAPH.most) return new Set(column);
  return new Set(column.toSorted((a, b) => onPaths[b]! - onPaths[a]!).slice(0, GRAPH.most - 1));
}

function startOf(count: number, rows: number): number {
  return GRAPH.top + ((rows - count) * GRAPH.pitch) / 2;
}

function worstOfEdges({ paths }: ExposureReport): ReadonlyMap<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const { edges, severity } of paths)
    for (const id of edges) {
      const known = worst.get(id);
      if (known === undefined || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(known)) worst.set(id, severity);
    }
  return worst;
}

function lineClass(state: BoundaryState, severity: Severity | undefined): string {
  return severity === undefined ? 'line idle' : `line ${severity}${state === 'unknown' ? ' unsure' : ''}`;
}

/** From the right side of a node to the left side of the next; within a column around the right side. */
function lineBetween([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): string {
  const [from, a, b] = [x1 + GRAPH.width, y1 + GRAPH.height / 2, y2 + GRAPH.height / 2];
  if (x2 <= x1) return `M${from} ${a}C${from + 34} ${a} ${x2 + GRAPH.width + 34} ${b} ${x2 + GRAPH.width} ${b}`;
  const bend = Math.min((x2 - from) / 2, 90);
  return `M${from} ${a}C${from + bend} ${a} ${x2 - bend} ${b} ${x2} ${b}`;
}

function nodeSvg(node: ExposureNode, n: number, column: number, at: readonly [number, number], on: boolean): string {
  const rows = labelLines(visible(node.label, 300));
  const text = rows
    .map((row, i) => {
      const y = GRAPH.height / 2 + 4 + (rows.length === 1 ? 0 : i === 0 ? -7 : 7);
      return `<text x="9" y="${y}">${html(row)}</text>`;
    })
    .join('');
  return `<g class="node ${node.kind}${on ? '' : ' off'}" data-i="${n}" data-c="${column}" transform="translate(${at.join(' ')})"><title>${html(node.label, 300)}</title><rect width="${GRAPH.width}" height="${GRAPH.height}" rx="6"/>${text}</g>`;
}

/** One or two rows of a label, cut where they do not fit. */
function labelLines(label: string): string[] {
  const rows = [''];
  for (const word of label.split(' ').flatMap(pieces)) {
    const row = rows.at(-1)!;
    const longer = row === '' ? word : `${row} ${word}`;
    if (displayWidth(longer) <= LINE) rows[rows.length - 1] = longer;
    else if (rows.length < 2) rows.push(word);
    else {
      rows[1] = `${cut(row, LINE - 1)}…`;
      break;
    }
  }
  return rows.filter((row) => row !== '');
}

/** A word that is longer than a row, in two. */
function pieces(word: string): string[] {
  const first = cut(word, LINE);
  return first === word ? [word] : [first, word.slice(first.length)];
}

function cut(text: string, width: number): string {
  let out = '';
  for (const char of text) {
    if (displayWidth(out + char) > width) break;
    out += char;
  }
  return out;
}
