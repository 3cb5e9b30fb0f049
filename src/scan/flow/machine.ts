import type { SyntaxNode } from '../types.ts';
import { child } from './node.ts';
import type { Closure, Native } from './callable.ts';
import type { Cell, Round } from './cell.ts';
import { runPending, runUnit } from './calls.ts';
import type { SinkEvent } from './events.ts';
import type { Frame, Unit } from './frame.ts';
import { deepTaints, Obj, type ObjKind } from './object.ts';
import { newTaint, type Taint, type TaintKind, type Value } from './value.ts';

/** One call while it is analysed. */
export interface CallSite {
  readonly node: SyntaxNode;
  readonly frame: Frame;
  readonly self: Value;
  readonly args: readonly Value[];
  /** What a spread argument of unknown length may add at any place. */
  readonly rest: Value | undefined;
  /** Keyword arguments (Python). */
  readonly keywords: ReadonlyMap<string, Value> | undefined;
  readonly isNew: boolean;
  /** The callee as written, for messages. */
  readonly name: string;
}

/** Thrown when the part of the work that is running has used its share; caught where the part began. */
export class Spent extends Error {}

/** Work limits, in visited syntax nodes. */
export interface WorkLimits {
  /** For everything together. */
  readonly total: number;
  /** For one top level or one function that nothing calls, so that no part can starve the others. */
  readonly part: number;
}

/** Nested evaluations; keeps the stack of the engine that runs this far from its end. */
const MAX_DEPTH = 500;
const MAX_ROUNDS = 3;
const MAX_EVENTS = 4000;

/** Where modules come from; implemented by the scan of a package. */
export interface ModuleHost {
  /** The unit that `specifier` means in `unit`, when it is part of what is scanned. */
  resolve(specifier: string, unit: Unit): Unit | undefined;
  /**
   * Parses code that was found in a string; undefined when it is no code. It counts as part of `unit`, with every node
   * at `position`; the same text at the same place gives the same nodes.
   */
  parseInline(text: string, unit: Unit, position: number): SyntaxNode | undefined;
  /** The text of a file of what is scanned; undefined when it is not known or long. */
  textOf(path: string): string | undefined;
}

/**
 * Runs code on abstract values instead of real ones: each expression gives everything it can be, calls of the scanned
 * code are followed with their arguments, and calls into the platform are answered by the language's model. Nothing of
 * the scanned code is executed.
 */
export class Machine {
  readonly host: ModuleHost;
  readonly limits: WorkLimits;
  round: Round = { number: 1, dirty: false, growth: 0 };
  depth = 0;
  callDepth = 0;
  /** Functions found so far, in the order they were found. */
  readonly closures: Closure[] = [];
  /** Functions that get what other people or the model wrote. */
  readonly handlers = new Set<SyntaxNode>();
  /** What the scanned code itself wrote to files, by path. */
  readonly written = new Map<string, Cell>();
  /** What the scanned code keeps under global names of its own. */
  readonly globals = new Obj(0, 'object');
  /** Units whose analysis was cut short, and why. */
  readonly cut = new Map<string, 'work' | 'depth'>();
  private nextId = 1;
  private readonly sites = new Map<unknown, number>();
  private steps = 0;
  private partEnd = 0;
  private readonly owners = new Map<Frame, number>();
  private readonly sinks = new Map<string, SinkEvent>();

  constructor(host: ModuleHost, limits: WorkLimits) {
    this.host = host;
    this.limits = limits;
  }

  /** Runs the units, then every function that nothing called, until nothing new is learned. */
  run(units: readonly Unit[]): void {
    for (let number = 1; number <= MAX_ROUNDS; number++) {
      this.round = { number, dirty: false, growth: 0 };
      for (const closure of this.closures) closure.called = false;
      for (const unit of units) this.part(unit, () => runUnit(this, unit));
      runPending(this);
      if (!this.round.dirty || this.exhausted) break;
    }
    // The judges ask anew for what objects hold.
    this.round = { number: this.round.number + 1, dirty: false, growth: 0 };
  }

  get exhausted(): boolean {
    return this.steps >= this.limits.total;
  }

  /** Runs one share of the work; when it is used up the share ends, and the unit counts as cut. */
  part(unit: Unit, work: () => void): void {
    if (this.exhausted) {
      this.cut.set(unit.path, 'work');
      return;
    }
    this.partEnd = Math.min(this.steps + this.limits.part, this.limits.total);
    this.depth = 0;
    this.callDepth = 0;
    try {
      work();
    } catch (error) {
      // Nesting is bounded; where the engine that runs this has less room still, the part ends like any other that is too deep.
      if (!(error instanceof Spent || error instanceof RangeError)) throw error;
      this.cut.set(unit.path, error instanceof Spent ? 'work' : 'depth');
    }
  }

  /** Counts one step of work. Returns false when the code is nested too deeply to follow. */
  enter(frame: Frame): boolean {
    if (++this.steps > this.partEnd) throw new Spent();
    if (this.depth >= MAX_DEPTH) {
      if (!this.cut.has(frame.unit.path)) this.cut.set(frame.unit.path, 'depth');
      return false;
    }
    this.depth++;
    return true;
  }

  id(): number {
    return this.nextId++;
  }

  /** A number for a place in the source, apart from the numbers of single values. */
  site(place: unknown): number {
    let known = this.sites.get(place);
    if (known === undefined) {
      known = -1 - this.sites.size;
      this.sites.set(place, known);
    }
    return known;
  }

  /** The object that this place makes. */
  object(frame: Frame, site: unknown, kind: ObjKind, apiName?: string): Obj {
    return frame.object(site, () => new Obj(this.id(), kind, apiName, this.site(site)));
  }

  native(call: Native['call']): Native {
    return { kind: 'native', id: this.id(), call };
  }

  deep(value: Value): readonly Taint[] {
    return deepTaints(this.round, value);
  }

  taint(kind: TaintKind, detail: string, node: SyntaxNode, frame: Frame, what: string): Taint {
    return newTaint(kind, detail, frame.unit.path, place(node), what);
  }

  /** Keeps what ends at a sink: once for each place and each analysed call of the function around it. */
  emit(event: SinkEvent, frame: Frame, part = ''): void {
    let owner = this.owners.get(frame);
    if (owner === undefined) {
      owner = this.owners.size;
      this.owners.set(frame, owner);
    }
    const id = `${event.kind}:${event.file}:${event.pos}:${owner}:${part}`;
    if (this.sinks.has(id) || this.sinks.size < MAX_EVENTS) this.sinks.set(id, event);
  }

  get events(): readonly SinkEvent[] {
    return [...this.sinks.values()];
  }

  get eventsFull(): boolean {
    return this.sinks.size >= MAX_EVENTS;
  }
}

/** Where a call or member is shown: at its last name, which stays right in long chains. */
export function place(node: SyntaxNode): number {
  if (node.type === 'CallExpression' || node.type === 'NewExpression') {
    const callee = child(node, 'callee');
    if (callee?.type === 'MemberExpression' || callee?.type === 'Identifier') return place(callee);
  }
  if (node.type === 'MemberExpression') {
    const target = child(node, 'object');
    // A chain over several lines is shown at the line of its last name.
    if (target?.type === 'CallExpression' || target?.type === 'NewExpression')
      return child(node, 'property')?.start ?? node.start;
  }
  return node.start;
}
