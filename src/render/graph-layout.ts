/** An edge between two nodes, by their indexes. */
export interface GraphLine {
  readonly from: number;
  readonly to: number;
}

const SWEEPS = 4;

/**
 * Puts the nodes of each column in an order in which few lines cross: a node stands where the middle of its neighbours
 * is. Nodes that tie stay in the order in which they came. Returns the indexes of the nodes, column by column.
 *
 * @param columnOf the column of each node, from 0
 */
export function orderColumns(columnOf: readonly number[], lines: readonly GraphLine[]): number[][] {
  const columns: number[][] = Array.from({ length: Math.max(-1, ...columnOf) + 1 }, () => []);
  for (const [node, column] of columnOf.entries()) columns[column]!.push(node);
  const neighbours: number[][] = columnOf.map(() => []);
  for (const { from, to } of lines) {
    if (columnOf[from] === columnOf[to]) continue;
    neighbours[from]!.push(to);
    neighbours[to]!.push(from);
  }
  // Between 0 and 1, so that a long column and a short one compare.
  const place = columnOf.map(() => 0);
  const settle = (column: readonly number[]) =>
    column.forEach((node, i) => {
      place[node] = (i + 0.5) / column.length;
    });
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
