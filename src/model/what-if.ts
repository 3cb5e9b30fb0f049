import type { ObjectValue, Origin, Value } from '../config/value.ts';
import type { FixOp } from '../core/fix.ts';
import type { Json } from '../core/json.ts';
import type { KeyPath } from '../core/ref.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { Model } from './model.ts';
import { Settings } from './settings.ts';

/**
 * The model as it would be after some operations, without writing a text: what a key is set to counts as written where
 * its nearest ancestor stands. Commands are left out.
 */
export function whatIf(model: Model, ops: readonly FixOp[]): Model {
  const { snapshot, settings } = model;
  const { document } = settings;
  let root = document.root;
  const modes = new Map<string, number>();
  for (const op of ops) {
    if (op.op === 'chmod') modes.set(op.path, op.mode);
    else if (op.op !== 'run') root = changed(root ?? EMPTY, op.key, 0, op.op === 'set' ? op.value : undefined);
  }
  const after = modes.size > 0 ? withModes(snapshot, modes) : snapshot;
  const made = new Settings(snapshot.config, snapshot.env, { ...document, ...(root ? { root } : {}) });
  return new AlteredModel(model, after, made, ops);
}

/** Parts that the operations are not about are those of the model before. */
class AlteredModel extends Model {
  private readonly before: Model;
  private readonly sameAgents: boolean;
  private readonly sameAccounts: boolean;

  constructor(before: Model, snapshot: Snapshot, settings: Settings, ops: readonly FixOp[]) {
    super(snapshot, undefined, settings);
    this.before = before;
    const keys = ops.flatMap((op) => (op.op === 'set' || op.op === 'remove' ? [op.key] : []));
    const parsed = before.settings.document.root !== undefined;
    this.sameAgents = parsed && keys.every(leavesRoster);
    this.sameAccounts = parsed && keys.every(([root]) => LEAVES_ACCOUNTS.has(root));
  }

  override get agents(): Model['agents'] {
    return this.sameAgents ? this.before.agents : super.agents;
  }

  override get channelAccounts(): Model['channelAccounts'] {
    return this.sameAccounts ? this.before.channelAccounts : super.channelAccounts;
  }
}

/** Who the agents are is read from their ids, their order and which one is marked. */
function leavesRoster([root, ...below]: KeyPath): boolean {
  return root !== 'agents' || below[0] === 'defaults' || below[2] === 'tools' || below[2] === 'sandbox';
}

/** Accounts are read from `channels`, `plugins` and `web`, beside what is stored. */
const LEAVES_ACCOUNTS: ReadonlySet<unknown> = new Set(['agents', 'browser', 'gateway', 'hooks', 'session', 'tools']);

const NOWHERE: Origin = { file: 0, start: 0, end: 0 };
const EMPTY: ObjectValue = { kind: 'object', origin: NOWHERE, entries: new Map() };

/** The value with one key replaced, added or (undefined) removed below it. */
function changed(value: Value, path: KeyPath, depth: number, to: Json | undefined): Value {
  const step = path[depth];
  if (step === undefined) return to === undefined ? value : jsonValue(to, value.origin);
  const last = depth === path.length - 1;
  if (value.kind === 'array' && typeof step === 'number') {
    const items = [...value.items];
    if (last && to === undefined) items.splice(step, 1);
    else items[step] = changed(items[step] ?? { ...EMPTY, origin: value.origin }, path, depth + 1, to);
    return { ...value, items };
  }
  // What stands in the way of an object is replaced, as an editor would have to.
  const object: ObjectValue = value.kind === 'object' ? value : { ...EMPTY, origin: value.origin };
  const entries = new Map(object.entries);
  const key = String(step);
  const entry = entries.get(key);
  if (last && to === undefined) entries.delete(key);
  else
    entries.set(key, {
      keyOrigin: entry?.keyOrigin ?? object.origin,
      value: changed(entry?.value ?? { ...EMPTY, origin: object.origin }, path, depth + 1, to),
    });
  return { ...object, entries };
}

function jsonValue(json: Json, origin: Origin): Value {
  if (Array.isArray(json)) return { kind: 'array', origin, items: json.map((item: Json) => jsonValue(item, origin)) };
  if (typeof json === 'object' && json !== null)
    return {
      kind: 'object',
      origin,
      entries: new Map(Object.entries(json).map(([k, v]) => [k, { keyOrigin: origin, value: jsonValue(v, origin) }])),
    };
  if (typeof json === 'string') return { kind: 'string', origin, value: json };
  return { kind: json === null ? 'null' : typeof json === 'boolean' ? 'boolean' : 'number', origin, value: json };
}

function withModes(snapshot: Snapshot, modes: ReadonlyMap<string, number>): Snapshot {
  const named = snapshot.files.named.map((f) => {
    const mode = modes.get(f.path);
    return mode === undefined ? f : { ...f, mode };
  });
  return { ...snapshot, files: { ...snapshot.files, named } };
}
