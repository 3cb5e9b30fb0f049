import type { SyntaxNode } from '../types.ts';
import { evaluate } from './expressions.ts';
import type { Frame } from './frame.ts';
import type { Machine } from './machine.ts';
import { elementsOf, readKey, readNamed, writeKey } from './members.ts';
import { child, children, textField } from './node.ts';
import { constant, join, object, OPEN, stepTaints, type Value } from './value.ts';

/** Writes a value into a pattern: a name, a member, or a destructuring of both. `declare` makes new names in `frame`. */
export function bind(machine: Machine, pattern: SyntaxNode, value: Value, frame: Frame, declare: boolean): void {
  switch (pattern.type) {
    case 'Identifier':
      writeName(machine, pattern, value, frame, declare);
      return;
    case 'MemberExpression': {
      const target = evaluate(machine, child(pattern, 'object')!, frame);
      writeKey(machine, target, keyOf(machine, pattern, frame), held(value, pattern, frame), pattern, frame);
      return;
    }
    case 'AssignmentPattern': {
      const fallback = evaluate(machine, child(pattern, 'right')!, frame);
      bind(machine, child(pattern, 'left')!, join(value, fallback), frame, declare);
      return;
    }
    case 'RestElement':
      bind(machine, child(pattern, 'argument')!, value, frame, declare);
      return;
    case 'TSParameterProperty': {
      const inner = child(pattern, 'parameter')!;
      bind(machine, inner, value, frame, declare);
      const name = inner.type === 'AssignmentPattern' ? child(inner, 'left') : inner;
      if (name?.type === 'Identifier')
        writeKey(machine, frame.self, constant(textField(name, 'name')), value, pattern, frame);
      return;
    }
    case 'ArrayPattern':
    case 'TupleExpression':
      bindList(machine, pattern, value, frame, declare);
      return;
    case 'ObjectPattern':
      bindFields(machine, pattern, value, frame, declare);
      return;
    case 'ArrayExpression':
      bindList(machine, pattern, value, frame, declare);
      return;
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      bind(machine, child(pattern, 'expression')!, value, frame, declare);
      return;
    default:
      return;
  }
}

function held(value: Value, node: SyntaxNode, frame: Frame): Value {
  if (value.taints.length === 0) return value;
  const name =
    node.type === 'Identifier' ? textField(node, 'name') : textField(child(node, 'property') ?? node, 'name');
  const what = name ? `stored in ${name.slice(0, 40)}` : 'stored';
  return { ...value, taints: stepTaints(value.taints, frame.unit.path, node.start, what) };
}

function writeName(machine: Machine, node: SyntaxNode, value: Value, frame: Frame, declare: boolean): void {
  const name = textField(node, 'name');
  const cell = declare ? frame.declare(name) : (frame.lookup(name) ?? frame.unit.frame.declare(name));
  cell.write(machine.round, held(value, node, frame));
}

/** The key of a member expression or property. */
export function keyOf(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  const property = child(node, node.type === 'MemberExpression' ? 'property' : 'key');
  if (!property) return OPEN;
  if (node.computed !== true) {
    if (property.type === 'Identifier') return constant(textField(property, 'name'));
    if (property.type === 'PrivateIdentifier' || property.type === 'PrivateName')
      return constant(`#${textField(property, 'name')}`);
  }
  return evaluate(machine, property, frame);
}

function bindList(machine: Machine, pattern: SyntaxNode, value: Value, frame: Frame, declare: boolean): void {
  const elements = Array.isArray(pattern.elements) ? (pattern.elements as (SyntaxNode | null)[]) : [];
  elements.forEach((element, index) => {
    if (!element) return;
    if (element.type === 'RestElement' || element.type === 'SpreadElement') {
      const rest = machine.object(frame, element, 'array');
      rest.writeRest(machine.round, elementsOf(machine, value));
      bind(machine, child(element, 'argument')!, object(rest), frame, declare);
      return;
    }
    bind(machine, element, elementAt(machine, value, index, element, frame), frame, declare);
  });
}

function elementAt(machine: Machine, value: Value, index: number, node: SyntaxNode, frame: Frame): Value {
  const known = value.objects.length > 0 && value.objects.every((o) => o.kind === 'array') && !value.open;
  return known ? readNamed(machine, value, String(index), node, frame) : elementsOf(machine, value);
}

function bindFields(machine: Machine, pattern: SyntaxNode, value: Value, frame: Frame, declare: boolean): void {
  const taken: string[] = [];
  for (const property of children(pattern, 'properties')) {
    if (
      property.type === 'RestElement' ||
      property.type === 'SpreadElement' ||
      property.type === 'ExperimentalRestProperty'
    ) {
      const rest = machine.object(frame, property, 'object');
      rest.parents.write(machine.round, value);
      bind(machine, child(property, 'argument')!, object(rest), frame, declare);
      continue;
    }
    const key = keyOf(machine, property, frame);
    taken.push(...key.consts.map(String));
    const target = child(property, 'value');
    if (target) bind(machine, target, readKey(machine, value, key, property, frame), frame, declare);
  }
}
