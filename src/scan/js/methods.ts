import { callValue } from '../flow/calls.ts';
import { type CallSite, type Machine, place } from '../flow/machine.ts';
import { elementsOf, readKey, writeKey } from '../flow/members.ts';
import { arg, callBack, lastFunction, mixed } from '../flow/model.ts';
import {
  concatenate,
  constant,
  isPlainOpen,
  join,
  joinAll,
  joinTaints,
  NEVER,
  OPEN,
  stepTaints,
  tainted,
  type Value,
  withoutTaints,
  withTaints,
} from '../flow/value.ts';
import { child, children, eachChild, sourceName } from '../flow/node.ts';
import type { SyntaxNode } from '../types.ts';
import { newArray, newList } from './models/collections.ts';
import { replacedWallet } from './models/clipboard.ts';
import { flowInto } from './models/sockets.ts';
import { stringMethod } from './string-methods.ts';

type Method = (machine: Machine, receiver: Value, site: CallSite, name: string) => Value | undefined;

function list(machine: Machine, receiver: Value): readonly Value[] | undefined {
  return receiver.objects.length === 1 && !receiver.open ? receiver.objects[0]!.list(machine.round) : undefined;
}

function isArray(receiver: Value): boolean {
  return receiver.objects.some((o) => o.kind === 'array');
}

const PER_ELEMENT = 64;

const mapMethod: Method = (machine, receiver, site) => {
  const items = list(machine, receiver);
  const mapper = arg(site, 0);
  if (items && items.length <= PER_ELEMENT) {
    return newList(
      machine,
      site,
      items.map((v, i) => callBack(machine, site, mapper, [v, constant(i), receiver])),
    );
  }
  const element = elementsOf(machine, receiver);
  return newArray(machine, site, callBack(machine, site, mapper, [element, OPEN, receiver]));
};

const filterMethod: Method = (machine, receiver, site) => {
  const element = elementsOf(machine, receiver);
  callBack(machine, site, arg(site, 0), [element, OPEN, receiver]);
  const prefixed = ownPrefix(site) ? dropEnvironment(element) : element;
  return {
    ...newArray(machine, site, prefixed),
    taints: ownPrefix(site) ? dropEnvironment(receiver).taints : receiver.taints,
  };
};

/** Prefixes of well-known credentials; filtering for them is looking for them. */
const FOREIGN_PREFIX = /^(?:AWS|AZURE|GITHUB|GH|NPM|OPENAI|ANTHROPIC|GOOGLE|SSH|SLACK|STRIPE)_$/;

/** `.filter(([name]) => name.startsWith('ACME_'))` picks a program's own settings. */
function ownPrefix(site: CallSite): boolean {
  const callback = site.args[0]?.funcs[0];
  if (callback?.kind !== 'closure') return false;
  const stack: SyntaxNode[] = [callback.fn];
  for (let visited = 0; stack.length > 0 && visited < 200; visited++) {
    const node = stack.pop()!;
    if (node.type === 'CallExpression' && sourceName(child(node, 'callee')).endsWith('startsWith')) {
      const prefix = children(node, 'arguments')[0]?.value;
      if (typeof prefix === 'string' && /^[A-Z][A-Z0-9]+_$/.test(prefix)) return !FOREIGN_PREFIX.test(prefix);
    }
    eachChild(node, (c) => stack.push(c));
  }
  return false;
}

function dropEnvironment(value: Value): Value {
  return withoutTaints(value, (t) => t.kind === 'env-all' || t.kind === 'env-names');
}

const eachMethod: Method = (machine, receiver, site) => {
  const items = list(machine, receiver);
  if (items && items.length <= PER_ELEMENT) {
    for (const [i, item] of items.entries()) callBack(machine, site, arg(site, 0), [item, constant(i), receiver]);
  } else callBack(machine, site, arg(site, 0), [elementsOf(machine, receiver), OPEN, receiver]);
  return NEVER;
};

const findMethod: Method = (machine, receiver, site) => {
  const element = elementsOf(machine, receiver);
  callBack(machine, site, arg(site, 0), [element, OPEN, receiver]);
  return element;
};

const testMethod: Method = (machine, receiver, site) => {
  callBack(machine, site, arg(site, 0), [elementsOf(machine, receiver), OPEN, receiver]);
  return OPEN;
};

const reduceMethod: Method = (machine, receiver, site) => {
  const start = site.args.length > 1 ? arg(site, 1) : NEVER;
  const items = list(machine, receiver);
  let value = start;
  if (items && items.length <= PER_ELEMENT) {
    for (const item of items)
      value = value === NEVER ? item : callBack(machine, site, arg(site, 0), [value, item, OPEN, receiver]);
    return value;
  }
  const element = elementsOf(machine, receiver);
  if (value === NEVER) value = element;
  value = join(value, callBack(machine, site, arg(site, 0), [value, element, OPEN, receiver]));
  return join(value, callBack(machine, site, arg(site, 0), [value, element, OPEN, receiver]));
};

const pushMethod: Method = (machine, receiver, site) => {
  for (const obj of receiver.objects) {
    site.args.forEach((value, i) => {
      obj.push(machine.round, value, `${site.node.start}:${i}`);
    });
    if (site.rest) obj.writeRest(machine.round, site.rest);
  }
  return OPEN;
};

const joinMethod: Method = (machine, receiver, site) => {
  const separator = site.args.length > 0 ? arg(site, 0) : constant(',');
  const items = list(machine, receiver);
  if (items && items.length <= 400) {
    return concatenate(
      items.flatMap((item, i) => (i === 0 ? [item] : [separator, item])),
      [...receiver.taints, ...items.flatMap((item) => machine.deep(item))],
    );
  }
  return tainted(stepTaints(machine.deep(receiver), site.frame.unit.path, place(site.node), 'joined into a text'));
};

const reverseMethod: Method = (machine, receiver, site) => {
  const items = list(machine, receiver);
  if (!items) return receiver;
  const reversed = newList(machine, site, [...items].reverse());
  // Reversing is a way to hide a text.
  if (items.length > 8 && items.every((v) => v.consts.length === 1)) {
    return withTaints(reversed, [
      machine.taint('decoded', 'reversed', site.node, site.frame, 'reverses a hidden text'),
    ]);
  }
  return reversed;
};

const sliceMethod: Method = (machine, receiver, site) => {
  const items = list(machine, receiver);
  const [from, to] = [arg(site, 0).consts[0], arg(site, 1).consts[0]];
  if (items && site.args.length > 0 && typeof from === 'number' && (site.args.length < 2 || typeof to === 'number')) {
    return newList(machine, site, items.slice(from, typeof to === 'number' ? to : undefined));
  }
  return isArray(receiver)
    ? { ...newArray(machine, site, elementsOf(machine, receiver)), taints: receiver.taints }
    : undefined;
};

const concatMethod: Method = (machine, receiver, site) => {
  const parts = [receiver, ...site.args].map((v) => (isArray(v) ? elementsOf(machine, v) : v));
  return newArray(machine, site, joinAll(parts));
};

const elementMethod: Method = (machine, receiver, site, name) => {
  const key = name === 'at' ? arg(site, 0) : OPEN;
  if (key.consts.some((c) => typeof c === 'number' && c >= 0))
    return readKey(machine, receiver, key, site.node, site.frame);
  return elementsOf(machine, receiver);
};

const getMethod: Method = (machine, receiver, site) => {
  const value = readKey(machine, receiver, arg(site, 0), site.node, site.frame);
  return receiver.open ? join(value, tainted(receiver.taints)) : value;
};

/** `map.set(k, v)`, `form.append(k, v)`, `headers.set(k, v)`, `set.add(v)`. */
const setMethod: Method = (machine, receiver, site) => {
  const target: Value = { ...NEVER, objects: receiver.objects };
  if (site.args.length === 1) for (const obj of receiver.objects) obj.writeRest(machine.round, arg(site, 0));
  else writeKey(machine, target, arg(site, 0), arg(site, 1), site.node, site.frame);
  return receiver;
};

/** `.then(f)`, `.catch(f)`: promises are their values. */
const thenMethod: Method = (machine, receiver, site, name) => {
  if (name === 'then') {
    const result = callBack(machine, site, arg(site, 0), [receiver]);
    if (site.args[1]) callBack(machine, site, site.args[1], [failure(machine, receiver, site)]);
    return arg(site, 0).funcs.length + arg(site, 0).apis.length > 0 ? result : receiver;
  }
  if (name === 'catch')
    return join(receiver, callBack(machine, site, arg(site, 0), [failure(machine, receiver, site)]));
  callBack(machine, site, arg(site, 0), []);
  return receiver;
};

/** The error of a request: a client keeps the answer of the server in it. */
function failure(machine: Machine, receiver: Value, site: CallSite): Value {
  const answer = receiver.taints.filter((t) => t.kind === 'network');
  if (answer.length === 0) return OPEN;
  const error = machine.object(site.frame, `${site.node.start}:error`, 'object');
  error.write(machine.round, 'response', tainted(answer));
  return { ...OPEN, objects: [error] };
}

/** Events that bring what somebody else wrote. */
/** Events of OpenClaw (2026.3.7, 2026.9.6) that bring the conversation with the model. */
const CONVERSATION =
  /^(?:message_received|llm_input|llm_output|before_prompt_build|before_agent_start|agent_end|message_sending|message_sent|before_message_write)$/;
const INCOMING = /(?:^|[_.:-])(?:messages?|chat|prompt|command|input|request|webhook|mention|dm)(?:$|[_.:-])/i;

/** Events of streams, sockets and emitters: handlers get what the receiver carries. */
const onMethod: Method = (machine, receiver, site) => {
  let given: Value = tainted(receiver.taints);
  for (const obj of receiver.objects) given = withTaints(given, obj.noted(machine.round, 'data').taints);
  if (given.taints.length === 0 && arg(site, 0).consts.some((c) => INCOMING.test(String(c)))) {
    given = tainted([
      machine.taint('input', 'message', site.node, site.frame, `handler of ${String(arg(site, 0).consts[0])}`),
    ]);
  }
  for (const obj of receiver.objects) {
    for (const name of arg(site, 0).consts)
      obj.note(machine.round, `on ${String(name)}`, { ...NEVER, funcs: lastFunction(site).funcs });
  }
  const event = arg(site, 0).consts.find((c) => CONVERSATION.test(String(c)));
  if (event !== undefined) {
    given = withTaints(given, [
      machine.taint('session-store', 'the conversation', site.node, site.frame, `handler of ${String(event)}`),
    ]);
  }
  callBack(machine, site, lastFunction(site), [given, given]);
  return receiver;
};

/** `emitter.emit(name, …)` calls what listens to the name on the same object. */
const emitMethod: Method = (machine, receiver, site) => {
  let known = false;
  for (const obj of receiver.objects) {
    for (const name of arg(site, 0).consts) {
      // The file that listens may be followed later; the note is made so that its growth is seen.
      obj.note(machine.round, `on ${String(name)}`, NEVER);
      const listeners = obj.noted(machine.round, `on ${String(name)}`);
      known ||= listeners !== NEVER;
      callBack(machine, site, listeners, site.args.slice(1));
    }
  }
  return known ? OPEN : undefined;
};

const pipeMethod: Method = (machine, receiver, site) => {
  let taints = machine.deep(receiver);
  for (const obj of receiver.objects) taints = joinTaints(taints, obj.noted(machine.round, 'data').taints);
  const target = arg(site, 0);
  flowInto(machine, site, target, tainted(taints));
  return withTaints(target, taints);
};

/** Methods whose result is what the receiver holds, in another form. */
const KEEPS = new Set(
  'json text arrayBuffer blob buffer bytes toJSON valueOf flat values entries getReader next read readAll stream tee clone formData getAll toArray sort fill keys stdout lines data content toSorted toReversed setEncoding resume unref ref cork exec match matchAll promise iterator raw body'.split(
    ' ',
  ),
);

const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>(
  Object.entries({
    map: mapMethod,
    flatMap: mapMethod,
    filter: filterMethod,
    forEach: eachMethod,
    find: findMethod,
    findLast: findMethod,
    some: testMethod,
    every: testMethod,
    findIndex: testMethod,
    reduce: reduceMethod,
    reduceRight: reduceMethod,
    push: pushMethod,
    unshift: pushMethod,
    join: joinMethod,
    reverse: reverseMethod,
    slice: sliceMethod,
    splice: sliceMethod,
    pop: elementMethod,
    shift: elementMethod,
    at: elementMethod,
    get: getMethod,
    set: setMethod,
    add: setMethod,
    append: setMethod,
    // biome-ignore lint/suspicious/noThenProperty: the name of the method that is modelled
    then: thenMethod,
    catch: thenMethod,
    finally: thenMethod,
    emit: emitMethod,
    on: onMethod,
    once: onMethod,
    addListener: onMethod,
    addEventListener: onMethod,
    prependListener: onMethod,
    subscribe: onMethod,
    pipe: pipeMethod,
    pipeTo: pipeMethod,
    pipeThrough: pipeMethod,
  }),
);

/** Methods that only make sense on lists; on anything unknown they are calls of unknown code. */
const ON_LISTS = new Set([
  'push',
  'unshift',
  'join',
  'reverse',
  'slice',
  'splice',
  'pop',
  'shift',
  'get',
  'set',
  'add',
  'append',
]);

/** True for `replace(/[^a-z0-9-]/g, …)`, which leaves nothing with a meaning to a shell, and for quoting single quotes. */
function isSafeForShell(site: CallSite): boolean {
  const [from, to] = children(site.node, 'arguments');
  const regex = from?.regex as { pattern?: unknown; flags?: unknown } | undefined;
  const quotes = regex?.pattern === "'" && (to?.value === "'\\''" || to?.value === "'\"'\"'");
  if (quotes) return String(regex?.flags ?? '').includes('g');
  return (
    typeof regex?.pattern === 'string' &&
    /^\[\^(?:[a-zA-Z0-9]-[a-zA-Z0-9]|\\[wd]|[\w.-]|\\[.-])+\]\+?$/.test(regex.pattern) &&
    String(regex.flags ?? '').includes('g')
  );
}

const replaceMethod = (machine: Machine, receiver: Value, name: string, site: CallSite): Value => {
  const text = receiver.consts.length > 0 ? stringMethod(machine, receiver, name, site) : undefined;
  if (text) return text;
  if (isSafeForShell(site)) return tainted(receiver.taints.filter((t) => t.kind !== 'network' && t.kind !== 'input'));
  return mixed(machine, site, [receiver, ...site.args], `through ${name}()`);
};

/** A method of a built-in type. */
export function callJsMethod(machine: Machine, receiver: Value, name: string, site: CallSite): Value | undefined {
  if (name === 'toString' || name === 'toLocaleString') return toText(machine, receiver, site);
  if (name === 'concat' && isArray(receiver)) return concatMethod(machine, receiver, site, name);
  if (name === 'replace' || name === 'replaceAll') {
    const replaced = replaceMethod(machine, receiver, name, site);
    return replacedWallet(machine, receiver, site, replaced);
  }
  const text = receiver.consts.length > 0 ? stringMethod(machine, receiver, name, site) : undefined;
  if (text) return text;
  if (receiver.apis.includes('RegExp#') && (name === 'exec' || name === 'test')) {
    return name === 'test' ? OPEN : mixed(machine, site, [arg(site, 0)], 'through exec()');
  }
  const method = METHODS.get(name);
  if (method) {
    const known = receiver.objects.length > 0 || !ON_LISTS.has(name);
    const result = known ? method(machine, receiver, site, name) : undefined;
    if (result) return result;
  }
  if (KEEPS.has(name) || stringMethodKeeps(name))
    return mixed(machine, site, name === 'concat' ? [receiver, ...site.args] : [receiver], `through ${name}()`);
  return isPlainOpen(receiver) ? undefined : onUnknown(machine, receiver, name, site);
}

const TESTS = new Set([
  'startsWith',
  'endsWith',
  'includes',
  'indexOf',
  'lastIndexOf',
  'test',
  'has',
  'localeCompare',
  'search',
  'charCodeAt',
  'codePointAt',
  'hasOwnProperty',
  'isArray',
  'equals',
  'close',
  'destroy',
  'abort',
  'clear',
  'delete',
  'removeListener',
  'off',
  'end',
  'emit',
  'kill',
]);

function onUnknown(machine: Machine, receiver: Value, name: string, site: CallSite): Value | undefined {
  if (TESTS.has(name)) {
    if (name === 'emit') return undefined;
    return OPEN;
  }
  if (receiver.funcs.length > 0 && name === 'apply') return callValue(machine, receiver, site);
  return undefined;
}

const STRING_KEEPS = new Set(
  'trim trimStart trimEnd toLowerCase toUpperCase toLocaleLowerCase slice substring substr split padStart padEnd repeat normalize concat charAt toWellFormed subarray toFixed join'.split(
    ' ',
  ),
);

function stringMethodKeeps(name: string): boolean {
  return STRING_KEEPS.has(name);
}

/** `toString('base64')` encodes; without an argument the text stays what it is. */
function toText(machine: Machine, receiver: Value, site: CallSite): Value {
  const encoding = arg(site, 0).consts[0];
  if (encoding === 'base64' || encoding === 'hex' || encoding === 'base64url')
    return mixed(machine, site, [receiver], `encoded as ${encoding}`);
  const source = receiver.funcs.length > 0 ? { ...receiver, funcs: [] } : receiver;
  let value: Value = { ...source, objects: source.objects.filter((o) => o.kind === 'array') };
  for (const obj of receiver.objects) value = join(value, obj.noted(machine.round, 'href'));
  return withTaints(value.objects.length > 0 ? { ...value, objects: [] } : value, machine.deep(receiver));
}
