import type { SyntaxNode } from '../types.ts';
import type { Bound } from './callable.ts';
import { calleeName, callValue, construct, initialise } from './calls.ts';
import { asText, evaluate, quasiText } from './expressions.ts';
import type { Frame } from './frame.ts';
import { type CallSite, type Machine, place } from './machine.ts';
import { elementsOf, readKey } from './members.ts';
import { child, children } from './node.ts';
import { keyOf } from './patterns.ts';
import { unknownCall } from './unknown-call.ts';
import { concatenate, constant, HOLE, join, NEVER, object, OPEN, stepTaints, type Value } from './value.ts';

function siteOf(machine: Machine, node: SyntaxNode, frame: Frame, self: Value): CallSite {
  const args: Value[] = [];
  let rest: Value | undefined;
  for (const argument of children(node, 'arguments')) {
    if (argument.type === 'SpreadElement') {
      const inner = evaluate(machine, child(argument, 'argument')!, frame);
      const list = inner.objects.length === 1 && !inner.open ? inner.objects[0]!.list(machine.round) : undefined;
      if (list && !rest) args.push(...list);
      else rest = join(rest ?? NEVER, elementsOf(machine, inner));
    } else {
      const value = evaluate(machine, argument, frame);
      if (rest) rest = join(rest, value);
      else args.push(value);
    }
  }
  let keywords: Map<string, Value> | undefined;
  for (const keyword of children(node, 'keywords')) {
    keywords ??= new Map();
    const value = evaluate(machine, child(keyword, 'value')!, frame);
    const name = String(keyword.name);
    // `**options` of a known dictionary gives its names.
    if (name === '**') {
      for (const obj of value.objects)
        for (const [key, cell] of obj.fields) keywords.set(key, cell.read(machine.round));
      if (value.taints.length > 0) rest = join(rest ?? NEVER, value);
    } else keywords.set(name, value);
  }
  return { node, frame, self, args, rest, keywords, isNew: node.type === 'NewExpression', name: calleeName(node) };
}

/** A call: of a member, of `super`, or of any value. */
export function evaluateCall(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  let callee = child(node, 'callee')!;
  while (
    callee.type === 'ChainExpression' ||
    callee.type === 'ParenthesizedExpression' ||
    callee.type === 'TSNonNullExpression'
  ) {
    callee = child(callee, 'expression')!;
  }
  if (callee.type === 'Super') return callSuper(machine, node, frame);
  if (callee.type === 'Import') {
    const site = siteOf(machine, node, frame, NEVER);
    return frame.unit.language.callApi(machine, 'import()', site) ?? OPEN;
  }
  if (callee.type === 'MemberExpression') {
    const targetNode = child(callee, 'object')!;
    const receiver = targetNode.type === 'Super' ? frame.self : evaluate(machine, targetNode, frame);
    const key = keyOf(machine, callee, frame);
    return callMember(machine, receiver, key, callee, siteOf(machine, node, frame, receiver));
  }
  const target = evaluate(machine, callee, frame);
  return callValue(machine, target, siteOf(machine, node, frame, NEVER));
}

/** `receiver.name(…)`. */
export function callMember(machine: Machine, receiver: Value, key: Value, node: SyntaxNode, site: CallSite): Value {
  const name = key.consts.length > 0 && !String(key.consts[0]).includes(HOLE) ? String(key.consts[0]) : '';
  if (receiver.funcs.length + receiver.apis.length > 0 && (name === 'call' || name === 'apply' || name === 'bind')) {
    const indirect = callIndirect(machine, receiver, name, site);
    if (indirect) return indirect;
  }
  const members = readKey(machine, receiver, key, node, site.frame);
  let out: Value = NEVER;
  let answered = false;
  if (members.funcs.length > 0) {
    out = callValue(machine, { ...NEVER, funcs: members.funcs }, site);
    answered = true;
  }
  for (const apiName of members.apis) {
    const result = site.frame.unit.language.callApi(machine, apiName, site);
    if (!result) continue;
    out = join(out, result);
    answered = true;
  }
  if (answered && !receiver.open && receiver.consts.length === 0) return out;
  const built = name ? site.frame.unit.language.callMethod(machine, receiver, name, site) : undefined;
  if (built) return join(out, built);
  return answered ? out : unknownCall(machine, site, NEVER);
}

function callIndirect(machine: Machine, receiver: Value, name: string, site: CallSite): Value | undefined {
  const target: Value = { ...NEVER, funcs: receiver.funcs, apis: receiver.apis };
  const [self = NEVER, ...args] = site.args;
  if (name === 'call') return callValue(machine, target, { ...site, self, args });
  if (name === 'bind') {
    return { ...NEVER, funcs: [bindTo(machine, site, target, self, args)] };
  }
  const list = args[0]?.objects.length === 1 ? args[0].objects[0]!.list(machine.round) : undefined;
  if (list) return callValue(machine, target, { ...site, self, args: list });
  const rest = args[0] ? elementsOf(machine, args[0]) : undefined;
  return callValue(machine, target, { ...site, self, args: [], rest });
}

/** The function that a place binds; the same each time, over everything it was ever bound to. */
function bindTo(machine: Machine, site: CallSite, target: Value, self: Value, args: readonly Value[]): Bound {
  const known = site.frame.bound(site.node, () => ({ kind: 'bound', id: machine.id(), target, self, args }));
  known.target = join(known.target, target);
  known.self = join(known.self, self);
  known.args = args.map((a, i) => join(known.args[i] ?? NEVER, a));
  return known;
}

/** `new X(…)`. */
export function evaluateNew(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  const callee = evaluate(machine, child(node, 'callee')!, frame);
  const site = siteOf(machine, node, frame, NEVER);
  let out: Value = NEVER;
  for (const callable of callee.funcs) {
    if (callable.kind === 'closure') out = join(out, construct(machine, callable, site));
    else out = join(out, callValue(machine, { ...NEVER, funcs: [callable] }, site));
  }
  for (const apiName of callee.apis) {
    out = join(out, frame.unit.language.callApi(machine, apiName, site) ?? unknownCall(machine, site, NEVER));
  }
  if (callee.open || callee.funcs.length + callee.apis.length === 0)
    out = join(out, unknownCall(machine, site, callee));
  return out;
}

function callSuper(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  const site = siteOf(machine, node, frame, frame.self);
  for (const obj of frame.self.objects) {
    for (const own of obj.parents.read(machine.round).funcs) {
      if (own.kind !== 'closure' || !own.classInfo) continue;
      for (const base of own.classInfo.superClass.funcs) {
        if (base.kind === 'closure') initialise(machine, base, obj, site);
      }
      if (own.classInfo.superClass.apis.length + Number(own.classInfo.superClass.open) > 0)
        unknownCall(machine, site, NEVER);
    }
  }
  return frame.self.objects.length > 0 ? object(frame.self.objects[0]!) : OPEN;
}

/** A tagged template: the tag is called with the whole text as its first argument. */
export function evaluateTagged(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  const tagNode = child(node, 'tag')!;
  const quasi = child(node, 'quasi')!;
  const parts: Value[] = [];
  const values: Value[] = [];
  const quasis = children(quasi, 'quasis');
  const expressions = children(quasi, 'expressions');
  quasis.forEach((q, i) => {
    parts.push(constant(quasiText(q)));
    const expression = expressions[i];
    if (!expression) return;
    const value = asText(machine, evaluate(machine, expression, frame));
    values.push(value);
    parts.push(value);
  });
  const text = concatenate(parts);
  const what = calleeName(node);
  const stepped = {
    ...text,
    taints: stepTaints(text.taints, frame.unit.path, place(node), `in the template of ${what || 'a tag'}`),
  };
  const site: CallSite = {
    node,
    frame,
    self: NEVER,
    args: [stepped, ...values],
    rest: undefined,
    keywords: undefined,
    isNew: false,
    name: what,
  };
  return callValue(machine, evaluate(machine, tagNode, frame), site);
}
