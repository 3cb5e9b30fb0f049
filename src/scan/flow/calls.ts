import type { SyntaxNode } from '../types.ts';
import type { Callable, Closure } from './callable.ts';
import { Cell } from './cell.ts';
import { evaluate } from './expressions.ts';
import { type Context, Frame, type Unit } from './frame.ts';
import { functionName } from './functions.ts';
import { hoistedNames } from './hoist.ts';
import type { CallSite, Machine } from './machine.ts';
import { place } from './machine.ts';
import { prototypeOf } from './members.ts';
import { child, children, sourceName, textField } from './node.ts';
import type { Obj } from './object.ts';
import { bind, keyOf } from './patterns.ts';
import { runBlock } from './statements.ts';
import { unknownCall } from './unknown-call.ts';
import { join, NEVER, object, OPEN, signature, stepTaints, tainted, type Value } from './value.ts';

const MAX_CALL_DEPTH = 24;
/** Different calls of one function that are told apart; further ones share one context. */
const MAX_CONTEXTS = 12;
const MAX_INSTANCES = 6;

/** Calls everything that `callee` can be. */
export function callValue(machine: Machine, callee: Value, site: CallSite): Value {
  let out: Value = NEVER;
  let answered = false;
  for (const callable of callee.funcs) {
    out = join(out, callCallable(machine, callable, site));
    answered = true;
  }
  for (const name of callee.apis) {
    const result = site.frame.unit.language.callApi(machine, name, site);
    out = join(out, result ?? unknownCall(machine, site, callee));
    answered = true;
  }
  // An object that was made by a model can be called too, e.g. an HTTP client.
  for (const obj of callee.objects) {
    if (obj.api === undefined) continue;
    const result = site.frame.unit.language.callApi(machine, obj.api, { ...site, self: object(obj) });
    if (result) {
      out = join(out, result);
      answered = true;
    }
  }
  if (callee.open || !answered) out = join(out, unknownCall(machine, site, callee));
  return out;
}

function callCallable(machine: Machine, callable: Callable, site: CallSite): Value {
  if (callable.kind === 'native') return callable.call(machine, site);
  if (callable.kind === 'bound') {
    if (callable.active) return NEVER;
    callable.active = true;
    try {
      return callValue(machine, callable.target, {
        ...site,
        args: [...callable.args, ...site.args],
        self: callable.self,
      });
    } finally {
      callable.active = false;
    }
  }
  if (callable.classInfo) return construct(machine, callable, site);
  return callClosure(machine, callable, site, site.self);
}

/** `new` of a function or class of the scanned code. */
export function construct(machine: Machine, closure: Closure, site: CallSite): Value {
  const obj = machine.object(site.frame, site.node, 'instance');
  const self = object(obj);
  obj.parents.write(machine.round, { ...NEVER, funcs: [closure] });
  const result = initialise(machine, closure, obj, { ...site, self });
  return closure.classInfo ? self : { ...result, consts: [], objects: [...new Set([obj, ...result.objects])] };
}

/** Runs field initialisers and the constructor on an object, from the base class down. */
export function initialise(machine: Machine, closure: Closure, obj: Obj, site: CallSite, depth = 0): Value {
  closure.called = true;
  const info = closure.classInfo;
  if (!info) return callClosure(machine, closure, site, object(obj));
  if (info.instances.length < MAX_INSTANCES && !info.instances.includes(obj)) info.instances.push(obj);
  if (depth > 8) return NEVER;
  for (const base of info.superClass.funcs) {
    if (base.kind !== 'closure') continue;
    // A constructor of its own calls `super` itself; instances are counted for the base all the same.
    if (!info.init) initialise(machine, base, obj, site, depth + 1);
    else if (
      base.classInfo &&
      base.classInfo.instances.length < MAX_INSTANCES &&
      !base.classInfo.instances.includes(obj)
    ) {
      base.classInfo.instances.push(obj);
    }
  }
  const fieldFrame = closure.frame.block(closure.fn);
  const before = fieldFrame.self;
  fieldFrame.self = object(obj);
  for (const field of info.fields) {
    const value = child(field, 'value');
    if (!value) continue;
    for (const name of keyOf(machine, field, fieldFrame).consts) {
      obj.write(machine.round, String(name), evaluate(machine, value, fieldFrame));
    }
  }
  fieldFrame.self = before;
  return info.init ? callClosure(machine, info.init, site, object(obj)) : NEVER;
}

/** Follows one call of a function of the scanned code. */
export function callClosure(machine: Machine, closure: Closure, site: CallSite, self: Value): Value {
  closure.called = true;
  if (machine.callDepth >= MAX_CALL_DEPTH) return unknownCall(machine, site, OPEN);
  const own =
    closure.fn.type === 'ArrowFunctionExpression'
      ? closure.frame.self
      : self === NEVER
        ? (closure.self ?? NEVER)
        : self;
  const context = contextOf(closure, site, own);
  if (context.active) return context.returned.read(machine.round);
  if (context.round === machine.round.number && !context.stale) return context.returned.read(machine.round);
  context.round = machine.round.number;
  context.stale = false;
  context.active = true;
  machine.callDepth++;
  const depth = machine.depth;
  try {
    bindParameters(machine, closure, context, site);
    const body = child(closure.fn, 'body');
    if (body?.type === 'BlockStatement') {
      for (const name of hoistedNames(body)) context.frame.declare(name);
      runBlock(machine, body, context.frame);
    } else if (body) context.returned.write(machine.round, evaluate(machine, body, context.frame));
  } finally {
    context.active = false;
    machine.callDepth--;
    machine.depth = depth;
  }
  return context.returned.read(machine.round);
}

function contextOf(closure: Closure, site: CallSite, self: Value): Context {
  let key = `${signature(self)}|`;
  for (const arg of site.args) key += `${signature(arg)}|`;
  if (site.rest) key += `…${signature(site.rest)}`;
  if (site.keywords) for (const [name, value] of site.keywords) key += `${name}=${signature(value)}|`;
  let context = closure.contexts.get(key);
  if (context) return context;
  const shared = closure.contexts.size >= MAX_CONTEXTS;
  if (shared) context = closure.contexts.get('*');
  if (!context) {
    const frame = new Frame(closure.frame.unit, closure.frame, undefined, self);
    const made: Context = { frame, args: site.args, returned: new Cell(), round: 0, active: false, stale: false };
    context = made;
    (frame as { context: Context | undefined }).context = made;
    closure.contexts.set(shared ? '*' : key, context);
    return context;
  }
  const args: Value[] = [...context.args];
  site.args.forEach((arg, i) => {
    const before = args[i] ?? NEVER;
    args[i] = join(before, arg);
    if (args[i] !== before) context.stale = true;
  });
  const joinedSelf = join(context.frame.self, self);
  if (joinedSelf !== context.frame.self) {
    context.frame.self = joinedSelf;
    context.stale = true;
  }
  if (context.stale) context.args = args;
  return context;
}

function bindParameters(machine: Machine, closure: Closure, context: Context, site: CallSite): void {
  const params = children(closure.fn, 'params');
  const name = functionName(closure) || site.name;
  const what = name ? `passed to ${name.slice(0, 40)}()` : 'passed to a function';
  const step = (value: Value): Value =>
    value.taints.length === 0
      ? value
      : { ...value, taints: stepTaints(value.taints, site.frame.unit.path, place(site.node), what) };
  params.forEach((param, index) => {
    if (param.type === 'RestElement') {
      const rest = machine.object(context.frame, param, 'array');
      context.args.slice(index).forEach((arg, i) => {
        rest.length = Math.max(rest.length, i + 1);
        rest.write(machine.round, String(i), step(arg));
      });
      if (site.rest) rest.writeRest(machine.round, step(site.rest));
      if (site.keywords && param.keywordRest === true)
        for (const [key, v] of site.keywords) rest.write(machine.round, key, step(v));
      bind(machine, param, object(rest), context.frame, true);
      return;
    }
    let value = context.args[index] ?? NEVER;
    if (site.rest && index >= site.args.length) value = join(value, site.rest);
    if (site.keywords) value = join(value, site.keywords.get(parameterName(param)) ?? NEVER);
    bind(machine, param, step(value), context.frame, true);
  });
}

function parameterName(param: SyntaxNode): string {
  const inner =
    param.type === 'AssignmentPattern'
      ? child(param, 'left')
      : param.type === 'TSParameterProperty'
        ? child(param, 'parameter')
        : param;
  return inner?.type === 'Identifier' ? textField(inner, 'name') : '';
}

/** Runs the top level of a file once in this pass. */
export function runUnit(machine: Machine, unit: Unit): void {
  if (unit.active || unit.round === machine.round.number) return;
  unit.active = true;
  unit.round = machine.round.number;
  const callDepth = machine.callDepth;
  try {
    for (const name of hoistedNames(unit.program)) unit.frame.declare(name);
    runBlock(machine, unit.program, unit.frame);
  } finally {
    unit.active = false;
    machine.callDepth = callDepth;
  }
}

/** Calls each function that nothing has called: the host may. */
export function runPending(machine: Machine): void {
  for (let i = 0; i < machine.closures.length; i++) {
    const closure = machine.closures[i]!;
    if (closure.called) continue;
    machine.part(closure.frame.unit, () => callFromOutside(machine, closure));
  }
}

function callFromOutside(machine: Machine, closure: Closure): void {
  closure.called = true;
  const handler = machine.handlers.has(closure.fn);
  const args = children(closure.fn, 'params').map((param, i) => {
    const given = closure.frame.unit.language.given(parameterName(param), i);
    if (given) return given;
    if (param.type === 'RestElement' || !handler) return OPEN;
    const name = parameterName(param) || 'an argument';
    return tainted([machine.taint('input', name, param, closure.frame, `given by the caller as ${name}`)]);
  });
  const name = functionName(closure);
  const site = (self: Value): CallSite => ({
    node: closure.fn,
    frame: closure.frame,
    self,
    args: closure.classInfo ? [OPEN, OPEN, OPEN] : args,
    rest: undefined,
    keywords: undefined,
    isNew: false,
    name,
  });
  if (closure.classInfo) {
    construct(machine, closure, site(NEVER));
    return;
  }
  const instances = closure.owner ? instancesOf(machine, closure.owner) : [];
  if (instances.length === 0) callClosure(machine, closure, site(closure.self ?? NEVER), closure.self ?? NEVER);
  for (const obj of instances) callClosure(machine, closure, site(object(obj)), object(obj));
}

function instancesOf(machine: Machine, owner: Closure): readonly Obj[] {
  if (owner.classInfo) {
    if (owner.classInfo.instances.length === 0) {
      const obj = machine.object(owner.frame, owner.fn, 'instance');
      obj.parents.write(machine.round, { ...NEVER, funcs: [owner] });
      initialise(machine, owner, obj, {
        node: owner.fn,
        frame: owner.frame,
        self: object(obj),
        args: [OPEN, OPEN, OPEN],
        rest: undefined,
        keywords: undefined,
        isNew: true,
        name: functionName(owner),
      });
    }
    return owner.classInfo.instances;
  }
  const generic = machine.object(owner.frame, prototypeOf(machine, owner), 'instance');
  generic.parents.write(machine.round, { ...NEVER, funcs: [owner] });
  callClosure(
    machine,
    owner,
    {
      node: owner.fn,
      frame: owner.frame,
      self: object(generic),
      args: [],
      rest: undefined,
      keywords: undefined,
      isNew: true,
      name: functionName(owner),
    },
    object(generic),
  );
  return [generic];
}

/** The callee as written, for messages. */
export function calleeName(node: SyntaxNode): string {
  return sourceName(child(node, 'callee') ?? child(node, 'tag'));
}
