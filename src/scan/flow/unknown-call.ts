import { callValue } from './calls.ts';
import type { CallSite, Machine } from './machine.ts';
import { place } from './machine.ts';
import { nearTaints } from './object.ts';
import { joinTaints, NEVER, object, stepTaints, type Taint, tainted, type Value, weaken } from './value.ts';

/** Calls whose handlers get what other people or the model wrote. */
const TAKES_HANDLERS =
  /(?:tool|command|action|skill|route|method|function|webhook|handler|hook)s?$|^(?:app|router|server|fastify|api)\.(?:get|post|put|patch|delete|all|use)$/i;
/** The function of a handler object that gets the request. */
const HANDLER_FIELDS = new Set([
  'execute',
  'handler',
  'run',
  'invoke',
  'handle',
  'call',
  'action',
  'callback',
  'fn',
  'func',
]);

/**
 * A call of code that is not part of the scan: it may give back anything it was given, less and less surely, and it may
 * call the functions it was given.
 */
export function unknownCall(machine: Machine, site: CallSite, callee: Value): Value {
  let taints: readonly Taint[] = joinTaints(callee.taints, nearTaints(machine.round, site.self));
  for (const arg of site.args) taints = joinTaints(taints, machine.deep(arg));
  if (site.rest) taints = joinTaints(taints, machine.deep(site.rest));
  if (site.keywords) for (const value of site.keywords.values()) taints = joinTaints(taints, machine.deep(value));
  const what = site.name ? `through ${site.name}()` : 'through a call';
  const passed = stepTaints(weaken(taints), site.frame.unit.path, place(site.node), what);
  const given = tainted(passed);
  const handlers = TAKES_HANDLERS.test(site.name);
  let extra: Value = NEVER;
  if (handlers)
    extra = tainted([machine.taint('input', 'request', site.node, site.frame, `handler given to ${site.name}()`)]);
  for (const arg of [...site.args, ...(site.keywords?.values() ?? [])]) callback(machine, arg, given, extra, site);
  return given;
}

function callback(machine: Machine, arg: Value, given: Value, input: Value, site: CallSite): void {
  const value = input === NEVER ? given : { ...given, taints: joinTaints(given.taints, input.taints) };
  const called = (self: Value): CallSite => ({
    node: site.node,
    frame: site.frame,
    self,
    args: [value, value, value],
    rest: undefined,
    keywords: undefined,
    isNew: false,
    name: '',
  });
  if (arg.funcs.length > 0) callValue(machine, { ...NEVER, funcs: arg.funcs }, called(NEVER));
  for (const obj of arg.objects) {
    if (obj.kind !== 'object' || obj.api !== undefined) continue;
    for (const [name, cell] of obj.fields) {
      if (!HANDLER_FIELDS.has(name)) continue;
      const held = cell.read(machine.round);
      if (held.funcs.length > 0) callValue(machine, { ...NEVER, funcs: held.funcs }, called(object(obj)));
    }
  }
}
