import type { SyntaxNode } from '../types.ts';
import type { Bound, Closure } from './callable.ts';
import { Cell, type Round } from './cell.ts';
import type { Language } from './language.ts';
import type { Obj } from './object.ts';
import { NEVER, type Value } from './value.ts';

/** One analysed call of a function: its arguments' frame and what it returns. */
export interface Context {
  readonly frame: Frame;
  /** The arguments; for a context that stands for several calls, joined. */
  args: readonly Value[];
  /** Everything returned or yielded. */
  readonly returned: Cell;
  /** The pass in which the body was last run. */
  round: number;
  active: boolean;
  /** Set when the arguments grew since the body was last run. */
  stale: boolean;
}

/** A scanned source file while it is analysed. */
export class Unit {
  readonly path: string;
  readonly language: Language;
  readonly program: SyntaxNode;
  readonly frame: Frame;
  /** CommonJS `module`, whose field `exports` is what others get; Python modules keep their names there too. */
  readonly moduleObject: Obj;
  /** The pass in which the top level was last run. */
  round = 0;
  active = false;

  constructor(path: string, language: Language, program: SyntaxNode, moduleObject: Obj) {
    this.path = path;
    this.language = language;
    this.program = program;
    this.moduleObject = moduleObject;
    this.frame = new Frame(this, undefined, undefined, NEVER);
  }
}

/** Variables of one scope. */
export class Frame {
  readonly vars = new Map<string, Cell>();
  readonly parent: Frame | undefined;
  readonly unit: Unit;
  readonly context: Context | undefined;
  /** `this` inside of it. */
  self: Value;
  private blocks: Map<SyntaxNode, Frame> | undefined;
  private closures: Map<SyntaxNode, Closure> | undefined;
  private bounds: Map<SyntaxNode, Bound> | undefined;
  private objects: Map<unknown, Obj> | undefined;

  constructor(unit: Unit, parent: Frame | undefined, context: Context | undefined, self: Value) {
    this.unit = unit;
    this.parent = parent;
    this.context = context;
    this.self = self;
  }

  /** The scope of a block inside of this one; the same each time. */
  block(node: SyntaxNode): Frame {
    this.blocks ??= new Map();
    let frame = this.blocks.get(node);
    if (!frame) {
      frame = new Frame(this.unit, this, this.context, this.self);
      this.blocks.set(node, frame);
    }
    frame.self = this.self;
    return frame;
  }

  closure(node: SyntaxNode, make: () => Closure): Closure {
    this.closures ??= new Map();
    let closure = this.closures.get(node);
    if (!closure) {
      closure = make();
      this.closures.set(node, closure);
    }
    return closure;
  }

  /** The bound function that a place in the code makes; the same each time in this scope. */
  bound(node: SyntaxNode, make: () => Bound): Bound {
    this.bounds ??= new Map();
    let bound = this.bounds.get(node);
    if (!bound) {
      bound = make();
      this.bounds.set(node, bound);
    }
    return bound;
  }

  /** The object that a place in the code makes; the same each time in this scope. */
  object(site: unknown, make: () => Obj): Obj {
    this.objects ??= new Map();
    let obj = this.objects.get(site);
    if (!obj) {
      obj = make();
      this.objects.set(site, obj);
    }
    return obj;
  }

  declare(name: string): Cell {
    let cell = this.vars.get(name);
    if (!cell) {
      cell = new Cell();
      this.vars.set(name, cell);
    }
    return cell;
  }

  lookup(name: string): Cell | undefined {
    for (let frame: Frame | undefined = this; frame; frame = frame.parent) {
      const cell = frame.vars.get(name);
      if (cell) return cell;
    }
    return undefined;
  }

  read(round: Round, name: string): Value {
    return this.lookup(name)?.read(round) ?? NEVER;
  }
}
