import type { SyntaxNode } from '../types.ts';
import type { ClassInfo, Closure } from './callable.ts';
import { evaluate } from './expressions.ts';
import type { Frame } from './frame.ts';
import type { Machine } from './machine.ts';
import { GETTER, prototypeOf, staticsOf } from './members.ts';
import { child, children } from './node.ts';
import { keyOf } from './patterns.ts';
import { runBlock } from './statements.ts';
import { func, NEVER, type Value } from './value.ts';

/** The function value of a function node in a scope; the same each time. */
export function makeClosure(machine: Machine, node: SyntaxNode, frame: Frame, classInfo?: ClassInfo): Closure {
  return frame.closure(node, () => {
    const closure: Closure = {
      kind: 'closure',
      id: machine.id(),
      site: machine.site(node),
      fn: node,
      frame,
      self: undefined,
      classInfo,
      owner: undefined,
      statics: undefined,
      prototype: undefined,
      contexts: new Map(),
      called: false,
    };
    machine.closures.push(closure);
    return closure;
  });
}

/** The name a function was given in the source, or ''. */
export function functionName(closure: Closure): string {
  const id = child(closure.fn, 'id');
  return typeof id?.name === 'string' ? id.name : '';
}

/** A class value: its methods, statics and fields. */
export function evaluateClass(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  const superNode = child(node, 'superClass');
  const superClass = superNode ? evaluate(machine, superNode, frame) : NEVER;
  for (const decorator of children(node, 'decorators')) evaluate(machine, decorator, frame);
  const members = children(child(node, 'body') ?? node, 'body');
  const isField = (m: SyntaxNode) =>
    m.type === 'PropertyDefinition' || m.type === 'ClassProperty' || m.type === 'AccessorProperty';
  const info: ClassInfo = {
    superClass,
    init: undefined,
    fields: members.filter((m) => isField(m) && m.static !== true),
    instances: [],
  };
  const closure = makeClosure(machine, node, frame, info);
  closure.classInfo!.superClass = superClass;
  const prototype = prototypeOf(machine, closure);
  prototype.parents.write(machine.round, superClass);
  for (const member of members) {
    if (member.type === 'StaticBlock') {
      const inner = frame.block(member);
      inner.self = func(closure);
      runBlock(machine, member, inner);
    } else if (isField(member)) {
      const value = child(member, 'value');
      if (member.static === true && value)
        writeMember(machine, closure, member, evaluate(machine, value, frame), frame, true);
    } else if (member.type === 'MethodDefinition') method(machine, closure, member, frame);
  }
  return func(closure);
}

function method(machine: Machine, owner: Closure, member: SyntaxNode, frame: Frame): void {
  const fn = child(member, 'value');
  if (!fn) return;
  const value = evaluate(machine, fn, frame);
  for (const callable of value.funcs) {
    if (callable.kind !== 'closure') continue;
    if (member.static === true) callable.self ??= func(owner);
    else callable.owner ??= owner;
    if (member.kind === 'constructor') {
      owner.classInfo!.init = callable;
      // It is run by `new`, never by itself.
      callable.called = true;
    }
  }
  writeMember(machine, owner, member, value, frame, member.static === true);
}

function writeMember(
  machine: Machine,
  owner: Closure,
  member: SyntaxNode,
  value: Value,
  frame: Frame,
  isStatic: boolean,
): void {
  const target = isStatic ? staticsOf(machine, owner) : prototypeOf(machine, owner);
  const prefix = member.kind === 'get' ? GETTER : '';
  if (member.kind === 'set') return;
  for (const name of keyOf(machine, member, frame).consts) target.write(machine.round, prefix + String(name), value);
}
