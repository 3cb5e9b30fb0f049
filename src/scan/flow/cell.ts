import { join, NEVER, type Value } from './value.ts';

/** The current pass over the code. Values only grow, so passes are repeated until a pass learns nothing new. */
export interface Round {
  readonly number: number;
  /** Set when a value grew after it had been read in this pass. */
  dirty: boolean;
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
    if (joined === this.value) return;
    this.value = joined;
    if (this.readIn === round.number) round.dirty = true;
  }
}
