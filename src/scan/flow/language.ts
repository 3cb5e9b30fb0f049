import type { SyntaxNode } from '../types.ts';
import type { Frame, Unit } from './frame.ts';
import type { CallSite, Machine } from './machine.ts';
import type { Obj } from './object.ts';
import type { Value } from './value.ts';

/** What differs between the languages that one machine runs: names, library calls and methods of built-in types. */
export interface Language {
  readonly id: 'js' | 'py';
  /** A name that means the same whatever the file declares, e.g. a bundler's helper. */
  fixed(name: string): Value | undefined;
  /** What the host hands to a function as a parameter of this name; undefined when that is not known. */
  given(name: string, index: number): Value | undefined;
  /** A name that no scope declares. */
  global(name: string): Value;
  /** `api.name`, e.g. `process` and `env`. */
  readApi(machine: Machine, api: string, name: string, node: SyntaxNode, frame: Frame): Value;
  /** `api.name = value`; `obj` is the object the platform made, when it is one. */
  writeApi(machine: Machine, api: string, name: string, value: Value, node: SyntaxNode, frame: Frame, obj?: Obj): void;
  /** A call of something the platform provides; undefined when it is not modelled. */
  callApi(machine: Machine, api: string, site: CallSite): Value | undefined;
  /** A method of a built-in type (string, array, promise, stream …); undefined when it is not modelled. */
  callMethod(machine: Machine, receiver: Value, name: string, site: CallSite): Value | undefined;
  /** What an import of `specifier` gives. */
  importModule(machine: Machine, specifier: string, unit: Unit, node: SyntaxNode): Value;
}
