import type { CallSite, Machine } from '../flow/machine.ts';
import { arg, callBack } from '../flow/model.ts';
import { concatenate, type Const, constant, constants, HOLE, OPEN, type Value, withTaints } from '../flow/value.ts';
import { newList } from './models/collections.ts';

/** Each constant text mapped; undefined when one cannot be. */
function each(receiver: Value, map: (text: string) => Const | undefined): Value | undefined {
  const out: Const[] = [];
  for (const c of receiver.consts) {
    const mapped = map(String(c));
    if (mapped === undefined) return undefined;
    out.push(mapped);
  }
  const value = constants(out);
  return withTaints(receiver.open ? { ...value, open: true } : value, receiver.taints);
}

function number(site: CallSite, index: number): number | undefined {
  const c = arg(site, index).consts[0];
  return typeof c === 'number' ? c : undefined;
}

function replace(machine: Machine, receiver: Value, site: CallSite, all: boolean): Value | undefined {
  const [from, to] = [arg(site, 0), arg(site, 1)];
  if (to.funcs.length > 0) {
    callBack(machine, site, to, [OPEN, OPEN]);
    return withTaints(OPEN, receiver.taints);
  }
  const [what, by] = [from.consts[0], to.consts[0]];
  if (typeof what === 'string' && typeof by === 'string' && !from.open && !to.open && what !== '') {
    return each(receiver, (t) => (all ? t.split(what).join(by) : t.replace(what, () => by)));
  }
  const pattern = regexOf(site);
  if (pattern && typeof by === 'string' && !to.open)
    return each(receiver, (t) => (t.length > 20_000 ? undefined : t.replace(pattern, () => by)));
  return withTaints(OPEN, [...receiver.taints, ...to.taints]);
}

/**
 * The pattern of a `replace` when it is a plain character or class, as in `/x/g`: hidden text is often padded so. Other
 * patterns are not run, since a hostile one could take for ever.
 */
function regexOf(site: CallSite): RegExp | undefined {
  const node = (site.node.arguments as readonly { regex?: { pattern?: unknown; flags?: unknown } }[] | undefined)?.[0]
    ?.regex;
  const pattern = typeof node?.pattern === 'string' ? node.pattern : '';
  if (!/^(?:[\w\s\-#@!%&~;:,|_]+|\[[\w\s\-#@!%&~;:,|.^]+\]\+?|\\s\+?|\\[.|*$-])$/.test(pattern)) return undefined;
  try {
    return new RegExp(pattern, String(node?.flags ?? '').includes('g') ? 'g' : '');
  } catch {
    return undefined;
  }
}

function split(machine: Machine, receiver: Value, site: CallSite): Value | undefined {
  const separator = arg(site, 0).consts[0];
  const text = receiver.consts[0];
  if (
    receiver.consts.length !== 1 ||
    receiver.open ||
    typeof text !== 'string' ||
    typeof separator !== 'string' ||
    text.includes(HOLE)
  )
    return undefined;
  const parts = text.split(separator);
  return parts.length <= 400 ? withTaints(newList(machine, site, parts.map(constant)), receiver.taints) : undefined;
}

/** A string method on constant text; undefined when the result is not constant. */
export function stringMethod(machine: Machine, receiver: Value, name: string, site: CallSite): Value | undefined {
  switch (name) {
    case 'trim':
    case 'trimStart':
    case 'trimEnd':
      return each(receiver, (t) => t.trim());
    case 'toLowerCase':
    case 'toLocaleLowerCase':
      return each(receiver, (t) => t.toLowerCase());
    case 'toUpperCase':
      return each(receiver, (t) => t.toUpperCase());
    case 'concat':
      return concatenate([receiver, ...site.args]);
    case 'slice':
    case 'substring':
    case 'substr': {
      const from = number(site, 0);
      const to = number(site, 1);
      if (from === undefined || (site.args.length > 1 && to === undefined)) return withTaints(OPEN, receiver.taints);
      return each(receiver, (t) =>
        t.includes(HOLE)
          ? undefined
          : name === 'substr'
            ? t.substring(from, to === undefined ? undefined : from + to)
            : name === 'slice'
              ? t.slice(from, to)
              : t.substring(from, to),
      );
    }
    case 'charAt':
    case 'at': {
      const at = number(site, 0);
      return at === undefined ? undefined : each(receiver, (t) => t.at(at));
    }
    case 'charCodeAt':
    case 'codePointAt': {
      const at = number(site, 0) ?? (site.args.length === 0 ? 0 : undefined);
      return at === undefined
        ? OPEN
        : each({ ...receiver, taints: [] }, (t) => (t.includes(HOLE) || at >= t.length ? undefined : t.charCodeAt(at)));
    }
    case 'repeat': {
      const times = number(site, 0);
      return times === undefined || times > 1000
        ? OPEN
        : each(receiver, (t) => (t.length * times > 100_000 ? undefined : t.repeat(times)));
    }
    case 'replace':
      return replace(machine, receiver, site, false);
    case 'replaceAll':
      return replace(machine, receiver, site, true);
    case 'split':
      return split(machine, receiver, site);
    case 'padStart':
    case 'padEnd':
    case 'normalize':
      return receiver;
    default:
      return undefined;
  }
}
