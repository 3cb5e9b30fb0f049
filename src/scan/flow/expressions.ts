import type { SyntaxNode } from '../types.ts';
import { evaluateCall, evaluateNew, evaluateTagged } from './call-expressions.ts';
import { evaluateClass, makeClosure } from './functions.ts';
import type { Frame } from './frame.ts';
import type { Machine } from './machine.ts';
import { elementsOf, GETTER, readKey, writeKey } from './members.ts';
import { child, children, eachChild, isNode, textField } from './node.ts';
import { add, arithmetic, compare } from './operators.ts';
import { bind, keyOf } from './patterns.ts';
import { api, concatenate, constant, func, HOLE, join, NEVER, object, OPEN, type Value, withTaints } from './value.ts';

/** Everything an expression can be. */
export function evaluate(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  if (!machine.enter(frame)) return OPEN;
  const value = evaluateNode(machine, node, frame);
  machine.depth--;
  return value;
}

function evaluateNode(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  switch (node.type) {
    case 'Identifier':
      return readName(machine, textField(node, 'name'), frame);
    case 'Literal':
      return literal(node);
    case 'TemplateLiteral':
      return template(machine, node, frame);
    case 'MemberExpression': {
      const target = evaluate(machine, child(node, 'object')!, frame);
      return readKey(machine, target, keyOf(machine, node, frame), node, frame);
    }
    case 'CallExpression':
      return evaluateCall(machine, node, frame);
    case 'NewExpression':
      return evaluateNew(machine, node, frame);
    case 'TaggedTemplateExpression':
      return evaluateTagged(machine, node, frame);
    case 'ChainExpression':
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'JSXExpressionContainer':
      return evaluateInner(machine, node, 'expression', frame);
    case 'AwaitExpression':
      return evaluateInner(machine, node, 'argument', frame);
    case 'YieldExpression': {
      const value = evaluateInner(machine, node, 'argument', frame);
      frame.context?.returned.write(machine.round, yielded(machine, node, value, frame));
      return OPEN;
    }
    case 'ThisExpression':
      return frame.self;
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return func(makeClosure(machine, node, frame));
    case 'ClassExpression':
      return evaluateClass(machine, node, frame);
    case 'ObjectExpression':
      return objectLiteral(machine, node, frame);
    case 'ArrayExpression':
      return arrayLiteral(machine, node, frame);
    case 'AssignmentExpression':
      return assign(machine, node, frame);
    case 'BinaryExpression':
      return binary(machine, node, frame);
    case 'LogicalExpression':
      return logical(machine, node, frame);
    case 'ConditionalExpression':
      return conditional(machine, node, frame);
    case 'SequenceExpression': {
      let last: Value = NEVER;
      for (const item of children(node, 'expressions')) last = evaluate(machine, item, frame);
      return last;
    }
    case 'UnaryExpression':
      return unary(machine, node, frame);
    case 'UpdateExpression':
      evaluateInner(machine, node, 'argument', frame);
      return OPEN;
    case 'ImportExpression':
      return importExpression(machine, node, frame);
    case 'MetaProperty':
      return textField(child(node, 'meta') ?? node, 'name') === 'import' ? api('import.meta') : OPEN;
    case 'SpreadElement':
      return elementsOf(machine, evaluateInner(machine, node, 'argument', frame));
    case 'Comprehension':
      return comprehension(machine, node, frame);
    default: {
      let value: Value = OPEN;
      eachChild(node, (c) => {
        value = withTaints(value, evaluate(machine, c, frame).taints);
      });
      return value;
    }
  }
}

function evaluateInner(machine: Machine, node: SyntaxNode, field: string, frame: Frame): Value {
  const inner = child(node, field);
  return inner ? evaluate(machine, inner, frame) : NEVER;
}

function readName(machine: Machine, name: string, frame: Frame): Value {
  const fixed = frame.unit.language.fixed(name);
  if (fixed) return fixed;
  const cell = frame.lookup(name);
  if (cell) return cell.read(machine.round);
  if (name === 'arguments') return argumentsOf(machine, frame);
  return join(frame.unit.language.global(name), machine.globals.own(machine.round, name));
}

function argumentsOf(machine: Machine, frame: Frame): Value {
  if (!frame.context) return OPEN;
  const obj = machine.object(frame.context.frame, 'arguments', 'array');
  frame.context.args.forEach((value, i) => {
    obj.length = Math.max(obj.length, i + 1);
    obj.write(machine.round, String(i), value);
  });
  return object(obj);
}

function literal(node: SyntaxNode): Value {
  if (node.regex !== undefined && node.regex !== null) return api('RegExp#');
  const value = node.value;
  if (typeof value === 'string') return constant(value.length > 400_000 ? HOLE : value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return constant(value);
  return OPEN;
}

/** The text of a template element. */
export function quasiText(quasi: SyntaxNode): string {
  const value = quasi.value as { cooked?: unknown; raw?: unknown } | undefined;
  return typeof value?.cooked === 'string' ? value.cooked : typeof value?.raw === 'string' ? value.raw : '';
}

function template(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  const parts: Value[] = [];
  const quasis = children(node, 'quasis');
  const expressions = children(node, 'expressions');
  quasis.forEach((quasi, i) => {
    parts.push(constant(quasiText(quasi)));
    const expression = expressions[i];
    if (expression) parts.push(asText(machine, evaluate(machine, expression, frame)));
  });
  return concatenate(parts);
}

/** What a value gives inside of a text: labels of what it holds come along. */
export function asText(machine: Machine, value: Value): Value {
  return value.objects.length > 0 ? withTaints(value, machine.deep(value)) : value;
}

function objectLiteral(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  const obj = machine.object(frame, node, 'object');
  const self = object(obj);
  for (const property of children(node, 'properties')) {
    if (property.type === 'SpreadElement' || property.type === 'ExperimentalSpreadProperty') {
      const spread = evaluateInner(machine, property, 'argument', frame);
      obj.parents.write(machine.round, { ...spread, consts: [] });
      continue;
    }
    const key = keyOf(machine, property, frame);
    const valueNode = child(property, 'value');
    if (!valueNode) continue;
    const value = evaluate(machine, valueNode, frame);
    for (const callable of value.funcs) {
      const method = property.method === true || property.kind === 'get' || property.kind === 'set';
      if (
        callable.kind === 'closure' &&
        callable.fn === valueNode &&
        (method || valueNode.type === 'FunctionExpression')
      ) {
        callable.self ??= self;
      }
    }
    if (property.kind === 'get') {
      for (const name of key.consts) obj.write(machine.round, GETTER + String(name), value);
    } else writeKey(machine, self, key, value, property, frame);
  }
  return self;
}

function arrayLiteral(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  const obj = machine.object(frame, node, 'array');
  const elements = Array.isArray(node.elements) ? node.elements : [];
  elements.forEach((element, index) => {
    if (!isNode(element)) return;
    if (element.type === 'SpreadElement') {
      const spread = evaluateInner(machine, element, 'argument', frame);
      obj.writeRest(machine.round, elementsOf(machine, spread));
      return;
    }
    const value = evaluate(machine, element, frame);
    if (index < 300 && obj.exact) {
      obj.length = Math.max(obj.length, index + 1);
      obj.write(machine.round, String(index), value);
    } else obj.writeRest(machine.round, value);
  });
  return object(obj);
}

function assign(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  const left = child(node, 'left')!;
  const right = evaluate(machine, child(node, 'right')!, frame);
  const operator = textField(node, 'operator');
  let value = right;
  if (operator !== '=') {
    const before =
      left.type === 'Identifier' || left.type === 'MemberExpression' ? evaluate(machine, left, frame) : OPEN;
    if (operator === '+=') value = add(machine, before, right);
    else if (operator === '||=' || operator === '&&=' || operator === '??=') value = join(before, right);
    else value = arithmetic(operator.slice(0, -1), before, right);
  }
  bind(machine, left, value, frame, false);
  return value;
}

function binary(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  // Long chains lean to the left; they are walked without nesting.
  const chain: SyntaxNode[] = [];
  let at = node;
  while (at.type === 'BinaryExpression') {
    chain.push(at);
    const left = child(at, 'left');
    if (!left) return OPEN;
    at = left;
  }
  let value = evaluate(machine, at, frame);
  for (let i = chain.length - 1; i >= 0; i--) {
    const link = chain[i]!;
    const right = evaluate(machine, child(link, 'right')!, frame);
    const operator = textField(link, 'operator');
    if (operator === '+') value = add(machine, value, right);
    else value = compare(operator) ? OPEN : arithmetic(operator, value, right);
  }
  return value;
}

function logical(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  const rights: SyntaxNode[] = [];
  let at: SyntaxNode = node;
  while (at.type === 'LogicalExpression') {
    rights.push(child(at, 'right')!);
    at = child(at, 'left')!;
  }
  let value = evaluate(machine, at, frame);
  for (let i = rights.length - 1; i >= 0; i--) value = join(value, evaluate(machine, rights[i]!, frame));
  return value;
}

function conditional(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  let value: Value = NEVER;
  let at: SyntaxNode | undefined = node;
  while (at?.type === 'ConditionalExpression') {
    evaluateInner(machine, at, 'test', frame);
    value = join(value, evaluateInner(machine, at, 'consequent', frame));
    at = child(at, 'alternate');
  }
  return at ? join(value, evaluate(machine, at, frame)) : value;
}

function unary(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  const value = evaluateInner(machine, node, 'argument', frame);
  switch (node.operator) {
    case '-':
      return value.consts.length > 0 && value.consts.every((c) => typeof c === 'number')
        ? { ...NEVER, consts: value.consts.map((c) => -Number(c)), taints: value.taints, open: value.open }
        : OPEN;
    case '~':
      return arithmetic('^', value, constant(-1));
    case '+':
      return value;
    case 'void':
      return NEVER;
    case 'await':
    case 'not':
      return value;
    default:
      return OPEN;
  }
}

function importExpression(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  const source = evaluateInner(machine, node, 'source', frame);
  return (
    frame.unit.language.callApi(machine, 'import()', {
      node,
      frame,
      self: NEVER,
      args: [source],
      rest: undefined,
      keywords: undefined,
      isNew: false,
      name: 'import',
    }) ?? OPEN
  );
}

/** Python's `[f(x) for x in xs]` and its relatives. */
function comprehension(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  const inner = frame.block(node);
  for (const generator of children(node, 'generators')) {
    const source = evaluateInner(machine, generator, 'iter', inner);
    const target = child(generator, 'target');
    if (target) bind(machine, target, elementsOf(machine, source), inner, true);
    for (const condition of children(generator, 'ifs')) evaluate(machine, condition, inner);
  }
  const obj = machine.object(frame, node, node.kind === 'dict' ? 'object' : 'array');
  const key = child(node, 'key');
  if (key) evaluate(machine, key, inner);
  const element = evaluateInner(machine, node, 'element', inner);
  obj.writeRest(machine.round, element);
  return object(obj);
}

/** What a generator hands out: a list of everything it yields. A Python generator may be a context, which is its value. */
function yielded(machine: Machine, node: SyntaxNode, value: Value, frame: Frame): Value {
  if (frame.unit.language.id !== 'js') return value;
  const list = machine.object(frame, node, 'array');
  list.writeRest(machine.round, node.delegate === true ? elementsOf(machine, value) : value);
  return { ...NEVER, objects: [list], taints: value.taints };
}
