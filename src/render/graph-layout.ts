/** An edge between two nodes, by their indexes. */
export interface GraphLine {
  readonly from: number;
  readonly to: number;
}

/** Nodes in columns. Where a line crosses a column there is a pass, which takes a place of its own between the nodes. */
export interface Layered {
  /** Nodes and passes of each column from top to bottom; a pass has an index beyond those of the nodes. */
  readonly columns: readonly (readonly number[])[];
  /** The passes that each line goes through, from left to right. */
  readonly passes: readonly (readonly number[])[];
}

const SWEEPS = 6;

/**
 * Puts the nodes of each column in an order in which few lines cross: a node stands where the middle of its neighbours
 * is. Nodes that tie stay in the order in which they came. Lines to one node share the passes on their way.
 *
 * @param columnOf the column of each node, from 0
 */
export function layer(columnOf: readonly number[], lines: readonly GraphLine[]): Layered {
  const all = [...columnOf];
  const known = new Map<string, number>();
  const passes = lines.map(({ from, to }) => {
    const through: number[] = [];
    for (let column = columnOf[from]! + 1; column < columnOf[to]!; column++) {
      const key = `${to} ${column}`;
      let pass = known.get(key);
      if (pass === undefined) {
        pass = all.push(column) - 1;
        known.set(key, pass);
      }
      through.push(pass);
    }
    return through;
  });
  const steps = lines.flatMap(({ from, to }, i) => {
    const stops = [from, ...passes[i]!, to];
    return stops.slice(1).map((stop, k): GraphLine => ({ from: stops[k]!, to: stop }));
  });
  return { columns: orderColumns(all, steps), passes };
}

function orderColumns(columnOf: readonly number[], steps: readonly GraphLine[]): number[][] {
  const columns: number[][] = Array.from({ length: Math.max(-1, ...columnOf) + 1 }, () => []);
  for (const [node, column] of columnOf.entries()) columns[column]!.push(node);
  const neighbours: number[][] = columnOf.map(() => []);
  for (const { from, to } of steps) {
    if (columnOf[from] === columnOf[to]) continue;
    neighbours[from]!.push(to);
    neighbours[to]!.push(from);
  }
  // Between 0 and 1, so that a long column and a short one compare.
  const place = columnOf.map(() => 0);
  const settle = (column: readonly number[]): void => {
    for (const [i, node] of column.entries()) place[node] = (i + 0.5) / column.length;
  };
  columns.forEach(settle);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? columns : columns.toReversed()) {
      const wish = new Map(
        column.map((node) => {
          const side = neighbours[node]!.filter((n) => columnOf[n]! < columnOf[node]! === forward);
          return [node, side.length === 0 ? place[node]! : side.reduce((sum, n) => sum + place[n]!, 0) / side.length];
        }),
      );
      column.sort((a, b) => wish.get(a)! - wish.get(b)!);
      settle(column);
    }
  }
  return columns;
}
