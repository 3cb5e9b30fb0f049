import type { CallSite, Machine } from './machine.ts';
import { place } from './machine.ts';
import { readNamed } from './members.ts';
import {
  join,
  joinTaints,
  NEVER,
  stepTaints,
  type Taint,
  type TaintKind,
  tainted,
  type Value,
  withTaints,
} from './value.ts';
import { callValue } from './calls.ts';
import type { NetworkEvent } from './events.ts';
import { destination } from '../data/hosts.ts';
import { CLOUD_CREDENTIALS, showPath } from '../data/sensitive-paths.ts';
import { constStrings } from './value.ts';

/** What a call of the platform does; undefined when this model has no answer. */
export type Model = (machine: Machine, site: CallSite, api: string) => Value | undefined;

/** Models by the dotted name of what is called. */
export type Models = Readonly<Record<string, Model>>;

/** An argument, or nothing. */
export function arg(site: CallSite, index: number): Value {
  const value = site.args[index];
  if (value) return site.rest && index >= site.args.length ? join(value, site.rest) : value;
  return site.rest ?? NEVER;
}

/** A field of an object argument. */
export function option(machine: Machine, site: CallSite, value: Value, name: string): Value {
  if (value.objects.length === 0) return NEVER;
  return readNamed(machine, { ...NEVER, objects: value.objects }, name, site.node, site.frame);
}

/** A fresh label that starts at this call. */
export function source(machine: Machine, site: CallSite, kind: TaintKind, detail: string, what: string): Taint {
  return machine.taint(kind, detail, site.node, site.frame, what);
}

/** An unknown value with a fresh label. */
export function fresh(machine: Machine, site: CallSite, kind: TaintKind, detail: string, what: string): Value {
  return tainted([source(machine, site, kind, detail, what)]);
}

/** Calls the function among the last arguments, as asynchronous APIs do, with `args`. */
export function callBack(machine: Machine, site: CallSite, callback: Value, args: readonly Value[]): Value {
  if (callback.funcs.length + callback.apis.length === 0) return NEVER;
  return callValue(
    machine,
    { ...NEVER, funcs: callback.funcs, apis: callback.apis },
    { ...site, self: NEVER, args, rest: undefined, keywords: undefined, isNew: false, name: '' },
  );
}

/** The last argument that is a function. */
export function lastFunction(site: CallSite): Value {
  for (let i = site.args.length - 1; i >= 0; i--) if (site.args[i]!.funcs.length > 0) return site.args[i]!;
  return NEVER;
}

const METADATA_SERVICES = new Set(['169.254.169.254', 'metadata.google.internal', '169.254.170.2', '100.100.100.200']);

/** Records data that leaves, and gives the label of what comes back. */
export function send(
  machine: Machine,
  site: CallSite,
  event: Pick<NetworkEvent, 'api' | 'url' | 'headers' | 'body'>,
  part = '',
): Value {
  machine.emit({ kind: 'network', file: site.frame.unit.path, pos: place(site.node), ...event }, site.frame, part);
  const host = constStrings(event.url)
    .map((u) => destination(u))
    .find((d) => d.kind !== 'unknown');
  if (host && METADATA_SERVICES.has(host.host)) {
    return fresh(machine, site, 'credential-file', CLOUD_CREDENTIALS, 'asks the metadata service of the cloud machine');
  }
  const shown = host ? showPath(host.host) : 'a server';
  return fresh(machine, site, 'network', host?.kind === 'local' ? 'local' : shown, `receives data from ${shown}`);
}

/** The same value, with everything it holds as labels, and one more step. */
export function through(machine: Machine, site: CallSite, value: Value, what: string): Value {
  const deep = machine.deep(value);
  return deep.length === 0
    ? value
    : { ...value, taints: stepTaints(deep, site.frame.unit.path, place(site.node), what) };
}

/** An unknown value with all labels of the given ones. */
export function mixed(machine: Machine, site: CallSite, values: readonly Value[], what: string): Value {
  let taints: readonly Taint[] = [];
  for (const value of values) taints = joinTaints(taints, machine.deep(value));
  return tainted(stepTaints(taints, site.frame.unit.path, place(site.node), what));
}

/** Adds a label to a value. */
export function label(
  machine: Machine,
  site: CallSite,
  value: Value,
  kind: TaintKind,
  detail: string,
  what: string,
): Value {
  return withTaints(value, [source(machine, site, kind, detail, what)]);
}
