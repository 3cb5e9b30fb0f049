/** Choices that touch every set, and whether fewer were shown not to do. */
export interface HittingSet {
  readonly chosen: readonly number[];
  readonly minimal: boolean;
}

/** Branches looked at before the best so far is taken. */
const MAX_BRANCHES = 20_000;

/**
 * The smallest choice of elements that touches every set; among equally small ones the cheapest, then the first. Exact by
 * branch and bound within a bound on the work, else as good as a greedy choice.
 *
 * @param sets the elements that would do for each; none may be empty
 * @param cost of each element, to decide between equally many
 */
export function smallestHittingSet(
  sets: readonly (readonly number[])[],
  cost: (element: number) => number,
): HittingSet {
  const needed = undominated(sets);
  let best = greedy(needed, cost);
  let branches = 0;
  const search = (rest: readonly ReadonlySet<number>[], chosen: readonly number[], paid: number): void => {
    if (++branches > MAX_BRANCHES) return;
    if (rest.length === 0) {
      if (chosen.length < best.length || (chosen.length === best.length && paid < total(best, cost)))
        best = [...chosen];
      return;
    }
    // Sets that share nothing need an element each.
    const bound = chosen.length + disjoint(rest);
    if (bound > best.length || (bound === best.length && paid >= total(best, cost))) return;
    const narrowest = rest.reduce((a, b) => (b.size < a.size ? b : a));
    const byUse = [...narrowest].sort((a, b) => uses(rest, b) - uses(rest, a) || cost(a) - cost(b) || a - b);
    for (const element of byUse)
      search(
        rest.filter((s) => !s.has(element)),
        [...chosen, element],
        paid + cost(element),
      );
  };
  search(needed, [], 0);
  return { chosen: [...best].sort((a, b) => a - b), minimal: branches <= MAX_BRANCHES };
}

/** Each set once, without those that hold another whole: what touches that one touches them. */
function undominated(sets: readonly (readonly number[])[]): ReadonlySet<number>[] {
  const distinct = new Map(sets.map((s) => [[...s].sort((a, b) => a - b).join(), new Set(s)]));
  const all = [...distinct.values()].sort((a, b) => a.size - b.size);
  const kept: ReadonlySet<number>[] = [];
  for (const set of all) if (!kept.some((k) => [...k].every((e) => set.has(e)))) kept.push(set);
  return kept;
}

function greedy(sets: readonly ReadonlySet<number>[], cost: (element: number) => number): number[] {
  const chosen: number[] = [];
  for (let rest = sets; rest.length > 0; ) {
    const elements = [...new Set(rest.flatMap((s) => [...s]))];
    const next = elements.reduce((a, b) => {
      const gain = uses(rest, b) - uses(rest, a);
      return gain > 0 || (gain === 0 && (cost(b) < cost(a) || (cost(b) === cost(a) && b < a))) ? b : a;
    });
    chosen.push(next);
    rest = rest.filter((s) => !s.has(next));
  }
  return chosen;
}

function uses(sets: readonly ReadonlySet<number>[], element: number): number {
  return sets.reduce((n, s) => n + Number(s.has(element)), 0);
}

/** How many of the sets, taken narrowest first, share no element with those taken before. */
function disjoint(sets: readonly ReadonlySet<number>[]): number {
  const used = new Set<number>();
  let count = 0;
  for (const set of [...sets].sort((a, b) => a.size - b.size)) {
    if ([...set].some((e) => used.has(e))) continue;
    for (const e of set) used.add(e);
    count++;
  }
  return count;
}

function total(elements: readonly number[], cost: (element: number) => number): number {
  return elements.reduce((sum, e) => sum + cost(e), 0);
}
