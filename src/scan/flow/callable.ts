import type { SyntaxNode } from '../types.ts';
import type { Context, Frame } from './frame.ts';
import type { CallSite, Machine } from './machine.ts';
import type { Obj } from './object.ts';
import type { Value } from './value.ts';

/** A function of the scanned code together with the variables it sees. */
export interface Closure {
  readonly kind: 'closure';
  readonly id: number;
  /** The same for all functions of one place in the source. */
  readonly site: number;
  readonly fn: SyntaxNode;
  readonly frame: Frame;
  /** `this` where the function keeps the one around it (arrow functions), or the object it was written in. */
  self: Value | undefined;
  /** The class it constructs; set for classes only. */
  readonly classInfo: ClassInfo | undefined;
  /** The class it is a method of. */
  owner: Closure | undefined;
  /** Own properties, e.g. `f.helper = …`, and statics. */
  statics: Obj | undefined;
  prototype: Obj | undefined;
  /** Calls analysed so far, by signature of the arguments. */
  readonly contexts: Map<string, Context>;
  called: boolean;
}

/** What `new` needs to know of a class. */
export interface ClassInfo {
  superClass: Value;
  /** `constructor` or `__init__`. */
  init: Closure | undefined;
  /** Fields with their initial values. */
  readonly fields: readonly SyntaxNode[];
  /** Everything constructed from it, so that methods nobody calls can be run on each. */
  readonly instances: Obj[];
}

/** A function with fixed arguments: `f.bind(self, a)`. */
export interface Bound {
  readonly kind: 'bound';
  readonly id: number;
  target: Value;
  self: Value;
  args: readonly Value[];
}

/** A function of the model, e.g. the `resolve` of a promise. */
export interface Native {
  readonly kind: 'native';
  readonly id: number;
  readonly call: (machine: Machine, site: CallSite) => Value;
}

export type Callable = Closure | Bound | Native;
