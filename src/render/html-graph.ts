import type { ExposureNode, ExposureReport } from '../core/exposure.ts';
import { SEVERITIES, type Severity, severityRank } from '../core/severity.ts';
import { visible } from '../core/text.ts';
import { html } from './escape.ts';
import { type GraphLine, layer } from './graph-layout.ts';
import { displayWidth } from './terminal.ts';

/** Columns from left to right, with their headings. */
export const COLUMNS: readonly (readonly [ExposureNode['kind'], string])[] = [
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
  /** The same for a line that passes a column. */
  lane: 18,
  /** From the top of its lane to the line. */
  inLane: 4,
  gap: 44,
  top: 34,
  /** Height of the line that counts what a column does not show. */
  more: 24,
  /** Nodes that a column shows at once; the others are counted. */
  most: 16,
} as const;

/** Columns of text that fit into a node. */
const LINE = 20;

type Point = readonly [x: number, y: number];

/** A place of the drawing: the places of the graph that are of one kind and have one name. */
interface DrawnNode {
  readonly kind: ExposureNode['kind'];
  readonly label: string;
}

/** The places of the drawing, of which each place of the graph is, and the ones that each path goes through. */
export interface DrawnNodes {
  readonly nodes: readonly DrawnNode[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Path by path, the other tools on it included. */
  readonly onPaths: readonly (readonly number[])[];
}

/** An agent stands in the graph once for each kind of conversation; a drawing shows it once. */
export function drawnNodes({ nodes, edges, paths }: ExposureReport): DrawnNodes {
  const byName = new Map<string, number>();
  const drawn: DrawnNode[] = [];
  const indexOf = new Map<string, number>();
  for (const { id, kind, label } of nodes) {
    const name = `${kind} ${label}`;
    let index = byName.get(name);
    if (index === undefined) {
      index = drawn.push({ kind, label }) - 1;
      byName.set(name, index);
    }
    indexOf.set(id, index);
  }
  const endOf = new Map(edges.map((e) => [e.id, e.to]));
  const onPaths = paths.map(({ nodes: own, otherEdges = [] }) => {
    const places = [...own, ...otherEdges.flatMap((id) => endOf.get(id) ?? [])];
    return [...new Set(places.flatMap((id) => indexOf.get(id) ?? []))];
  });
  return { nodes: drawn, indexOf, onPaths };
}

interface DrawnLine extends GraphLine {
  /** Indexes of the edges of the graph that it stands for. */
  readonly edges: number[];
  /** Classes of its kind: how bad the worst path on it is, and whether it is sure. */
  readonly look: string;
}

/**
 * The graph as it is without a choice: the places with the most paths of each column, and every line between them. All
 * others are in the document too, hidden, for the script to show. No text of it is measured.
 */
export function graphSvg(exposure: ExposureReport, { nodes, indexOf, onPaths }: DrawnNodes): string {
  const uses = nodes.map(() => 0);
  for (const places of onPaths) for (const n of places) uses[n]!++;
  const used = COLUMNS.filter(([kind]) => nodes.some((n) => n.kind === kind));
  const columnOf = nodes.map((n) => used.findIndex(([kind]) => kind === n.kind));
  const lines = drawnLines(exposure, indexOf);
  const { columns, passes } = layer(columnOf, lines);
  const isNode = (item: number) => item < nodes.length;
  const on = new Set(columns.flatMap((column) => chosen(column.filter(isNode), uses)));
  for (const [i, { from, to }] of lines.entries())
    if (on.has(from) && on.has(to)) for (const p of passes[i]!) on.add(p);
  const tall = (item: number) => (isNode(item) ? GRAPH.pitch : GRAPH.lane);
  const rests = columns.map((column) => column.filter((item) => isNode(item) && !on.has(item)).length);
  const heights = columns.map(
    (column, c) =>
      column.filter((i) => on.has(i)).reduce((sum, i) => sum + tall(i), 0) + (rests[c]! > 0 ? GRAPH.more : 0),
  );
  const height = Math.max(GRAPH.pitch, ...heights);
  const at = new Map<number, Point>();
  const boxes = columns.map((column, c) => {
    const x = c * (GRAPH.width + GRAPH.gap);
    let y = GRAPH.top + (height - heights[c]!) / 2;
    for (const item of column.filter((i) => on.has(i))) {
      at.set(item, [x, y]);
      y += tall(item);
    }
    const items = column.map((item) =>
      isNode(item)
        ? nodeSvg(nodes[item]!, item, c, at.get(item) ?? [x, 0], on.has(item))
        : `<g class="pass" data-i="${item}" data-c="${c}" data-x="${x}"/>`,
    );
    const rest = rests[c]!;
    return `<text class="col" x="${x}" y="16">${used[c]![1]}</text>${items.join('')}<text class="more${rest > 0 ? '' : ' off'}" x="${x + 8}" y="${y + 14}">${rest > 0 ? `and ${rest} more` : ''}</text>`;
  });
  const drawn = lines.map(({ from, to, edges, look }, i) => {
    const stops = [from, ...passes[i]!, to].map((item) => at.get(item));
    const d = stops.every((stop) => stop !== undefined) ? ` d="${lineThrough(stops)}"` : '';
    const through = passes[i]!.length > 0 ? ` data-p="${passes[i]!.join(' ')}"` : '';
    return `<path class="line ${look}${d === '' ? ' off' : ''}" data-e="${edges.join(' ')}" data-f="${from}" data-t="${to}"${through}${d}/>`;
  });
  const width = used.length * (GRAPH.width + GRAPH.gap) - GRAPH.gap + 4;
  return `<svg id="graph" viewBox="-2 0 ${width} ${height + GRAPH.top}" width="${width}" height="${height + GRAPH.top}" role="img" aria-label="Drawing of the paths; the lists below say the same in words"><g class="lines">${drawn.join('')}</g>${boxes.join('')}</svg>`;
}

function drawnLines({ edges, paths }: ExposureReport, indexOf: ReadonlyMap<string, number>): DrawnLine[] {
  const worst = new Map<string, Severity>();
  for (const { edges: own, otherEdges = [], severity } of paths)
    for (const id of [...own, ...otherEdges]) {
      const known = worst.get(id);
      if (known === undefined || severityRank(severity) > severityRank(known)) worst.set(id, severity);
    }
  const byEnds = new Map<string, { line: GraphLine; edges: number[] }>();
  edges.forEach((edge, i) => {
    const [from, to] = [indexOf.get(edge.from), indexOf.get(edge.to)];
    if (from === undefined || to === undefined) return;
    const known = byEnds.get(`${from} ${to}`);
    if (known) known.edges.push(i);
    else byEnds.set(`${from} ${to}`, { line: { from, to }, edges: [i] });
  });
  const drawn = [...byEnds.values()].map(({ line, edges: list }) => {
    const walked = list.map((i) => edges[i]!).filter((e) => worst.has(e.id));
    const severity = SEVERITIES.find((s) => walked.some((e) => worst.get(e.id) === s));
    const sure = walked.some((e) => e.state === 'open') ? '' : ' unsure';
    const rank = severity === undefined ? 0 : severityRank(severity);
    return { ...line, edges: list, rank, look: severity === undefined ? 'idle' : `${severity}${sure}` };
  });
  // What is worse lies above what is milder where they share a lane.
  return drawn.sort((a, b) => a.rank - b.rank);
}

/** The nodes of a column that are shown: those that most paths go through. */
function chosen(column: readonly number[], uses: readonly number[]): readonly number[] {
  if (column.length <= GRAPH.most) return column;
  return column.toSorted((a, b) => uses[b]! - uses[a]!).slice(0, GRAPH.most - 1);
}

/** From the right side of a node, straight through each pass, to the left side of the next node. */
function lineThrough(stops: readonly Point[]): string {
  const half = GRAPH.height / 2;
  const last = stops.length - 1;
  let [x, y] = [stops[0]![0] + GRAPH.width, stops[0]![1] + half];
  if (stops[last]![0] < x) return roundTheSide(x, y, stops[last]![0] + GRAPH.width, stops[last]![1] + half);
  let d = `M${x} ${y}`;
  for (const [i, [left, top]] of stops.slice(1).entries()) {
    const to = top + (i + 1 === last ? half : GRAPH.inLane);
    const bend = (left - x) / 2;
    d += `C${x + bend} ${y} ${left - bend} ${to} ${left} ${to}`;
    [x, y] = [left, to];
    if (i + 1 < last) {
      x += GRAPH.width;
      d += `H${x}`;
    }
  }
  return d;
}

function roundTheSide(x1: number, y1: number, x2: number, y2: number): string {
  return `M${x1} ${y1}C${x1 + 34} ${y1} ${x2 + 34} ${y2} ${x2} ${y2}`;
}

function nodeSvg(node: DrawnNode, n: number, column: number, at: readonly [number, number], on: boolean): string {
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
