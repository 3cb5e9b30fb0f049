import { join, NEVER, type Value } from './value.ts';

/** The current pass over the code. Values only grow, so passes are repeated until a pass learns nothing new. */
export interface Round {
  readonly number: number;
  /** Set when a value grew after it had been read in this pass. */
  dirty: boolean;
  /** Counts everything that grew. */
  growth: number;
}

/** A variable or field: the join of everything ever written to it. */
export class Cell {
  value: Value = NEVER;
  readIn = 0;

  read(round: Round): Value {
    this.readIn = round.number;
    return this.value;
  }

  write(round: Round, value: Value): void {
    const joined = join(this.value, value);
    const before = this.value;
    if (joined === before) return;
    this.value = joined;
    round.growth++;
    // More constants where there were some already change little; they alone are not worth another pass.
    if (this.readIn === round.number && (before === NEVER || reaches(joined) > reaches(before))) round.dirty = true;
  }
}

function reaches(value: Value): number {
  return value.apis.length + value.funcs.length + value.objects.length + value.taints.length;
}
