import type { Closure } from './callable.ts';
import { Cell, type Round } from './cell.ts';
import { join, joinTaints, NEVER, type Taint, type Value } from './value.ts';

export type ObjKind = 'object' | 'array' | 'instance' | 'module';

const MAX_FIELDS = 400;

/** An object, array or instance of the scanned code: one for each place that makes it. */
export class Obj {
  readonly id: number;
  /** The same for all objects that one place in the source makes. */
  readonly site: number;
  readonly kind: ObjKind;
  /** Set when the platform made it: `net.Socket`. Members that are not fields are looked up there. */
  readonly api: string | undefined;
  readonly fields = new Map<string, Cell>();
  /** What lies under keys that are not known, and the elements of arrays beyond the known ones. */
  readonly rest = new Cell();
  /** Where missing members are looked up: the class, `module.exports` of a re-export, a spread object. */
  readonly parents = new Cell();
  /** The function whose instances inherit from this object. */
  prototypeFor: Closure | undefined;
  /** What the model remembers about it, e.g. the address of a request. */
  readonly notes = new Map<string, Cell>();
  /** Number of elements that are known one by one, for arrays. */
  length = 0;
  /** False once something was added in an unknown place. */
  exact = true;
  /** The labels of everything in it, as of a pass and its growth. */
  deep: { readonly round: Round; readonly growth: number; readonly taints: readonly Taint[] } | undefined;
  private readonly pushed = new Map<unknown, number>();

  constructor(id: number, kind: ObjKind, apiName?: string, site = id) {
    this.id = id;
    this.site = site;
    this.kind = kind;
    this.api = apiName;
  }

  write(round: Round, key: string, value: Value): void {
    let cell = this.fields.get(key);
    if (!cell) {
      if (this.fields.size >= MAX_FIELDS) {
        this.writeRest(round, value);
        return;
      }
      cell = new Cell();
      this.fields.set(key, cell);
      // Somebody may have asked for this field before it was there.
      cell.readIn = this.rest.readIn;
    }
    cell.write(round, value);
  }

  writeRest(round: Round, value: Value): void {
    this.exact = false;
    this.rest.write(round, value);
  }

  note(round: Round, key: string, value: Value): void {
    let cell = this.notes.get(key);
    if (!cell) {
      cell = new Cell();
      this.notes.set(key, cell);
    }
    cell.write(round, value);
  }

  noted(round: Round, key: string): Value {
    return this.notes.get(key)?.read(round) ?? NEVER;
  }

  /** Own value of a known key, without parents. */
  own(round: Round, key: string): Value {
    const rest = this.rest.read(round);
    const field = this.fields.get(key);
    return field ? join(field.read(round), rest) : rest;
  }

  has(key: string): boolean {
    return this.fields.has(key);
  }

  /** All values in it, joined: what an iteration or an unknown key gives. */
  elements(round: Round): Value {
    let out = this.rest.read(round);
    for (const cell of this.fields.values()) out = join(out, cell.read(round));
    return out;
  }

  /** The known elements of an array in order, or undefined when there may be others. */
  list(round: Round): readonly Value[] | undefined {
    if (this.kind !== 'array' || !this.exact) return undefined;
    const out: Value[] = [];
    for (let i = 0; i < this.length; i++) out.push(this.fields.get(String(i))?.read(round) ?? NEVER);
    return out;
  }

  /** Adds an element at the end; a place in the code that adds more than once keeps its first index. */
  push(round: Round, value: Value, site: unknown): void {
    let index = this.pushed.get(site);
    if (index === undefined) {
      if (!this.exact || this.length >= MAX_FIELDS) {
        this.writeRest(round, value);
        return;
      }
      index = this.length++;
      this.pushed.set(site, index);
    }
    this.write(round, String(index), value);
  }
}

const MAX_DEPTH = 5;
const MAX_VISITED = 120;
const ROUGH_ROUNDS = 2;
const ROUGH_GROWTH = 100;

/** The labels of a value and of everything it holds. */
export function deepTaints(round: Round, value: Value): readonly Taint[] {
  let out = value.taints;
  for (const obj of value.objects) out = joinTaints(out, labelsIn(round, obj));
  return out;
}

/** The labels of a value and of what lies directly in it. */
export function nearTaints(round: Round, value: Value): readonly Taint[] {
  let out = value.taints;
  for (const obj of value.objects) {
    for (const cell of obj.fields.values()) out = joinTaints(out, cell.read(round).taints);
    out = joinTaints(out, obj.rest.read(round).taints);
    out = joinTaints(out, obj.parents.read(round).taints);
  }
  return out;
}

function labelsIn(round: Round, start: Obj): readonly Taint[] {
  const known = start.deep;
  if (known && known.round === round) {
    if (known.growth === round.growth) return known.taints;
    // What was gathered once is good enough for a while; in the first passes, until the next one, which then follows.
    if (round.number <= ROUGH_ROUNDS) round.dirty = true;
    if (round.number <= ROUGH_ROUNDS || round.growth - known.growth < ROUGH_GROWTH) return known.taints;
  }
  let out: readonly Taint[] = [];
  const seen = new Set<Obj>([start]);
  let layer: Obj[] = [start];
  for (let depth = 0; depth < MAX_DEPTH && layer.length > 0; depth++) {
    const next: Obj[] = [];
    for (const obj of layer) {
      for (const cell of obj.fields.values()) out = visit(cell.read(round), out, seen, next);
      out = visit(obj.rest.read(round), out, seen, next);
      // Spread objects are held as parents; a class is a parent too, and its members are functions without labels.
      const parents = obj.parents.read(round);
      if (obj.kind === 'instance') out = joinTaints(out, parents.taints);
      else out = visit(parents, out, seen, next);
    }
    layer = next;
  }
  start.deep = { round, growth: round.growth, taints: out };
  return out;
}

function visit(value: Value, labels: readonly Taint[], seen: Set<Obj>, next: Obj[]): readonly Taint[] {
  for (const obj of value.objects) {
    if (seen.size >= MAX_VISITED) break;
    // What a module exports is no data that travels.
    if (obj.kind === 'module' || obj.prototypeFor || seen.has(obj)) continue;
    seen.add(obj);
    next.push(obj);
  }
  return value.taints.length === 0 ? labels : joinTaints(labels, value.taints);
}
