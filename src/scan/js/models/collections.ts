import { callValue } from '../../flow/calls.ts';
import { callMember } from '../../flow/call-expressions.ts';
import type { CallSite, Machine } from '../../flow/machine.ts';
import { elementsOf, readKey, readNamed, writeKey } from '../../flow/members.ts';
import { arg, callBack, type Model, type Models, mixed, option } from '../../flow/model.ts';
import type { Obj } from '../../flow/object.ts';
import { keysOf } from '../../flow/statements.ts';
import { api, constant, HOLE, join, NEVER, object, OPEN, tainted, type Value } from '../../flow/value.ts';

/** An array that this call makes. */
export function newArray(machine: Machine, site: CallSite, elements: Value, key: unknown = site.node): Value {
  const obj = machine.object(site.frame, key, 'array');
  obj.writeRest(machine.round, elements);
  return object(obj);
}

/** An array with known elements. */
export function newList(machine: Machine, site: CallSite, elements: readonly Value[], key: unknown = site.node): Value {
  const obj = machine.object(site.frame, key, 'array');
  elements.forEach((value, i) => {
    obj.length = Math.max(obj.length, i + 1);
    obj.write(machine.round, String(i), value);
  });
  return object(obj);
}

const assign: Model = (machine, site) => {
  const target = arg(site, 0);
  const sources = site.rest ? [...site.args.slice(1), site.rest] : site.args.slice(1);
  for (const obj of target.objects) {
    for (const source of sources) obj.parents.write(machine.round, { ...source, consts: [] });
  }
  if (target.apis.length > 0) {
    for (const source of sources)
      for (const o of source.objects)
        for (const [name, cell] of o.fields)
          writeKey(
            machine,
            { ...NEVER, apis: target.apis },
            constant(name),
            cell.read(machine.round),
            site.node,
            site.frame,
          );
  }
  return target.objects.length > 0 ? target : join(target, mixed(machine, site, sources, 'merged'));
};

const keys: Model = (machine, site) => {
  const names = keysOf(arg(site, 0));
  if (names.consts.length > 0 && !names.open) return newList(machine, site, names.consts.map(constant));
  return { ...newArray(machine, site, names), taints: names.taints };
};

const values: Model = (machine, site) => newArray(machine, site, elementsOf(machine, arg(site, 0)));

const entries: Model = (machine, site) => {
  const source = arg(site, 0);
  const names = keysOf(source);
  const known = names.consts.length > 0 && !names.open && source.objects.length === 1;
  if (known) {
    const pairs = names.consts.map((name, i) =>
      newList(
        machine,
        site,
        [constant(name), readNamed(machine, source, String(name), site.node, site.frame)],
        `${site.node.start}:${i}`,
      ),
    );
    return newList(machine, site, pairs);
  }
  const pair = newList(machine, site, [names, elementsOf(machine, source)], `${site.node.start}:pair`);
  const list = newArray(machine, site, pair);
  return { ...list, taints: source.taints };
};

/** `Object.fromEntries`, `new Map(pairs)`. */
function fromPairs(machine: Machine, site: CallSite, target: Obj, pairs: Value): void {
  for (const list of pairs.objects) {
    for (const pair of elementsOf(machine, object(list)).objects) {
      const key = readNamed(machine, object(pair), '0', site.node, site.frame);
      const value = readNamed(machine, object(pair), '1', site.node, site.frame);
      writeKey(machine, object(target), key, value, site.node, site.frame);
    }
  }
  if (pairs.taints.length > 0) target.writeRest(machine.round, tainted(pairs.taints));
}

const fromEntries: Model = (machine, site) => {
  const obj = machine.object(site.frame, site.node, 'object');
  fromPairs(machine, site, obj, arg(site, 0));
  return object(obj);
};

const map: Model = (machine, site) => {
  const obj = machine.object(site.frame, site.node, 'object', 'Map#');
  fromPairs(machine, site, obj, arg(site, 0));
  return object(obj);
};

const set: Model = (machine, site) => {
  const obj = machine.object(site.frame, site.node, 'array');
  if (site.args.length > 0) obj.writeRest(machine.round, elementsOf(machine, arg(site, 0)));
  return object(obj);
};

const arrayFrom: Model = (machine, site) => {
  const source = arg(site, 0);
  const list = source.objects.length === 1 && !source.open ? source.objects[0]!.list(machine.round) : undefined;
  const texts = source.consts.filter((c): c is string => typeof c === 'string' && !c.includes(HOLE) && c.length <= 300);
  const items = list ?? (texts.length === 1 && source.consts.length === 1 ? [...texts[0]!].map(constant) : undefined);
  const mapper = arg(site, 1);
  if (items) {
    const mapped = mapper === NEVER ? items : items.map((v, i) => callBack(machine, site, mapper, [v, constant(i)]));
    return newList(machine, site, mapped);
  }
  const element = elementsOf(machine, source);
  return newArray(machine, site, mapper === NEVER ? element : callBack(machine, site, mapper, [element, OPEN]));
};

const first: Model = (_machine, site) => arg(site, 0);

/** The prototype of a function leads to what makes functions from text. */
const prototypeModel: Model = (_machine, site) => {
  const value = arg(site, 0);
  return value.funcs.length > 0 ? api('Function#') : value.objects.length > 0 ? value : OPEN;
};

const create: Model = (machine, site) => {
  const obj = machine.object(site.frame, site.node, 'object');
  obj.parents.write(machine.round, arg(site, 0));
  return object(obj);
};

const defineProperty: Model = (machine, site) => {
  const descriptor = arg(site, 2);
  let value = option(machine, site, descriptor, 'value');
  const getter = option(machine, site, descriptor, 'get');
  if (getter !== NEVER) value = join(value, callBack(machine, site, getter, []));
  writeKey(machine, arg(site, 0), arg(site, 1), value, site.node, site.frame);
  return arg(site, 0);
};

const reflectGet: Model = (machine, site) => readKey(machine, arg(site, 0), arg(site, 1), site.node, site.frame);

const reflectApply: Model = (machine, site) => {
  const list = arg(site, 2).objects.length === 1 ? arg(site, 2).objects[0]!.list(machine.round) : undefined;
  const rest = list ? undefined : elementsOf(machine, arg(site, 2));
  return callValue(machine, arg(site, 0), { ...site, self: arg(site, 1), args: list ?? [], rest });
};

const reflectConstruct: Model = (machine, site) =>
  reflectApply(machine, { ...site, args: [arg(site, 0), NEVER, arg(site, 1)], isNew: true }, '');

/** `new Promise((resolve) => resolve(value))`: the promise is the value. */
const promise: Model = (machine, site) => {
  const obj = machine.object(site.frame, site.node, 'object');
  if (obj.noted(machine.round, 'resolve') === NEVER) {
    const native = machine.native((m, s) => {
      obj.note(m.round, 'value', join(s.args[0] ?? NEVER, OPEN));
      return NEVER;
    });
    obj.note(machine.round, 'resolve', { ...NEVER, funcs: [native] });
  }
  callBack(machine, site, arg(site, 0), [obj.noted(machine.round, 'resolve'), OPEN]);
  const value = obj.noted(machine.round, 'value');
  return value === NEVER ? OPEN : value;
};

const all: Model = (machine, site) => {
  const list = arg(site, 0).objects.length === 1 ? arg(site, 0).objects[0]!.list(machine.round) : undefined;
  return list ? newList(machine, site, list) : newArray(machine, site, elementsOf(machine, arg(site, 0)));
};

const race: Model = (machine, site) => elementsOf(machine, arg(site, 0));

const proxy: Model = (machine, site) => {
  const traps = arg(site, 1);
  const getter = option(machine, site, traps, 'get');
  const got = getter === NEVER ? NEVER : callBack(machine, site, getter, [arg(site, 0), OPEN, OPEN]);
  const obj = machine.object(site.frame, site.node, 'object');
  obj.parents.write(machine.round, arg(site, 0));
  if (got !== NEVER) obj.writeRest(machine.round, got);
  return join(object(obj), { ...arg(site, 0), objects: [], taints: [] });
};

const pipeline: Model = (machine, site) => {
  for (let i = 0; i + 1 < site.args.length; i++) {
    callMember(machine, tainted(machine.deep(site.args[i]!)), constant('pipe'), site.node, {
      ...site,
      self: site.args[i]!,
      args: [site.args[i + 1]!],
      rest: undefined,
    });
  }
  return OPEN;
};

/** Objects, arrays, maps, promises and reflection. */
export const COLLECTION_MODELS: Models = {
  'Object.assign': assign,
  'Object.keys': keys,
  'Object.getOwnPropertyNames': keys,
  'Reflect.ownKeys': keys,
  'Object.values': values,
  'Object.entries': entries,
  'Object.fromEntries': fromEntries,
  'Object.getPrototypeOf': prototypeModel,
  'Reflect.getPrototypeOf': prototypeModel,
  'Object.freeze': first,
  'Object.seal': first,
  'Object.create': create,
  'Object.defineProperty': defineProperty,
  'Reflect.get': reflectGet,
  'Reflect.apply': reflectApply,
  'Reflect.construct': reflectConstruct,
  'Reflect.set': (machine, site) => {
    writeKey(machine, arg(site, 0), arg(site, 1), arg(site, 2), site.node, site.frame);
    return OPEN;
  },
  Object: first,
  Map: map,
  WeakMap: map,
  Set: set,
  WeakSet: set,
  Array: (machine, site) => newList(machine, site, site.args.length > 1 ? site.args : []),
  'Array.of': (machine, site) => newList(machine, site, site.args),
  'Array.from': arrayFrom,
  'Array.isArray': () => OPEN,
  Proxy: proxy,
  Promise: promise,
  'Promise.resolve': first,
  'Promise.reject': () => OPEN,
  'Promise.all': all,
  'Promise.allSettled': all,
  'Promise.any': race,
  'Promise.race': race,
  structuredClone: first,
  'lodash.cloneDeep': first,
  'lodash.merge': assign,
  'stream.pipeline': pipeline,
  'stream.Readable.from': first,
  'events.once': (_machine, site) => tainted(arg(site, 0).taints),
};
