import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestHittingSet } from '../../src/exposure/hitting-set.ts';

/** Every choice of elements, by its bits: the fewest that touch all, among those the cheapest. */
function byForce(sets: readonly (readonly number[])[], count: number, cost: readonly number[]) {
  let best = { size: Number.POSITIVE_INFINITY, paid: Number.POSITIVE_INFINITY };
  for (let bits = 0; bits < 1 << count; bits++) {
    if (!sets.every((s) => s.some((e) => (bits >> e) & 1))) continue;
    const chosen = Array.from({ length: count }, (_, i) => i).filter((i) => (bits >> i) & 1);
    const paid = chosen.reduce((sum, i) => sum + cost[i]!, 0);
    if (chosen.length < best.size || (chosen.length === best.size && paid < best.paid))
      best = { size: chosen.length, paid };
  }
  return best;
}

const ELEMENTS = 9;
const element = fc.integer({ min: 0, max: ELEMENTS - 1 });
const family = fc.array(fc.uniqueArray(element, { minLength: 1, maxLength: 5 }), { maxLength: 14 });
const costs = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: ELEMENTS, maxLength: ELEMENTS });

describe('the smallest choice that touches every set', () => {
  it('is as small and as cheap as the best of all choices', () => {
    fc.assert(
      fc.property(family, costs, (sets, cost) => {
        const { chosen, minimal } = smallestHittingSet(sets, (e) => cost[e]!);
        const best = byForce(sets, ELEMENTS, cost);
        expect(minimal).toBe(true);
        expect(sets.every((s) => s.some((e) => chosen.includes(e)))).toBe(true);
        expect({ size: chosen.length, paid: chosen.reduce((sum, e) => sum + cost[e]!, 0) }).toEqual(best);
      }),
      { numRuns: 300, seed: 20261125 },
    );
  });

  it('is empty where there is nothing to touch', () => {
    expect(smallestHittingSet([], () => 1)).toEqual({ chosen: [], minimal: true });
  });

  it('touches every set, and says so when the search was cut short', () => {
    // Pairs out of many elements: the edges of a large graph, whose smallest vertex cover is hard to prove.
    const sets = Array.from({ length: 240 }, (_, i) => [i % 60, (i * 17 + 7) % 60]).filter(([a, b]) => a !== b);
    const { chosen, minimal } = smallestHittingSet(sets, () => 1);
    expect(sets.every((s) => s.some((e) => chosen.includes(e)))).toBe(true);
    expect(minimal).toBe(false);
  });
});
