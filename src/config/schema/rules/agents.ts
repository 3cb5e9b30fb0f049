import type { KeyPath } from '../../../core/ref.ts';
import type { ObjectValue } from '../../value.ts';
import { isFlag, isWhole, member, named, normalAgentId, type RuleView, textOf } from './view.ts';

const SANDBOXES = ['agents.defaults.sandbox', 'agents.list.*.sandbox', 'agents.entries.*.sandbox'];

/** What OpenClaw never gives a sandbox container, whatever the audit would say about it. */
export function checkSandboxes(view: RuleView): void {
  for (const { path, value: sandbox } of SANDBOXES.flatMap((pattern) => view.objects(pattern))) {
    const mayJoin = isFlag(member(sandbox, 'docker', 'dangerouslyAllowContainerNamespaceJoin'), true);
    for (const part of ['docker', 'browser']) {
      const network = textOf(member(sandbox, part, 'network'))
        ?.trim()
        .toLowerCase();
      const at = [...path, part, 'network'];
      if (network === 'host') view.report(at, 'a network of its own, such as bridge or none', 'host');
      else if (network?.startsWith('container:') && !mayJoin)
        view.report(at, 'no container:…, unless docker.dangerouslyAllowContainerNamespaceJoin is true', 'container:…');
      checkBinds(view, [...path, part, 'binds']);
    }
    for (const key of ['seccompProfile', 'apparmorProfile']) {
      const at = [...path, 'docker', key];
      if (
        textOf(view.at(...at))
          ?.trim()
          .toLowerCase() === 'unconfined'
      )
        view.report(at, 'a profile that confines, or none to keep the default', 'unconfined');
    }
  }
}

function checkBinds(view: RuleView, path: KeyPath): void {
  const second = view.era === '2026.9.6';
  // 2026.3.7 looks at the binds of the container only, trims them, and knows no drive letters.
  if (!second && path[path.length - 2] === 'browser') return;
  const absolute = second ? /^(?:\/|[a-z]:[\\/]|\\\\\?\\)/i : /^\//;
  const binds = view.at(...path);
  if (binds?.kind !== 'array') return;
  for (const [i, item] of binds.items.entries()) {
    const bind = second ? textOf(item) : textOf(item)?.trim();
    if (bind !== undefined && !absolute.test(bind))
      view.report(
        [...path, i],
        'a bind whose source is an absolute path of the host',
        bind.trim() ? 'a relative path' : 'nothing',
      );
  }
}

interface RosterEntry {
  readonly path: KeyPath;
  /** As written. */
  readonly id: string;
  readonly value: ObjectValue;
}

/** The agents with an id that can be told, or undefined when some may be missing. */
function rosterOf(view: RuleView): RosterEntry[] | undefined {
  const agents = view.at('agents');
  if (agents === undefined) return [];
  if (!isWhole(agents)) return undefined;
  const list = member(agents, 'list');
  const entries = member(agents, 'entries');
  if (list?.kind === 'array' && list.incomplete === undefined && !entries) {
    const named = list.items.flatMap((value, i) => {
      const id = textOf(member(value, 'id'));
      return id !== undefined && value.kind === 'object' ? [{ path: ['agents', 'list', i], id, value }] : [];
    });
    return named.length === list.items.length ? named : undefined;
  }
  if (isWhole(entries) && !list) {
    return [...entries.entries].flatMap(([id, { value }]) =>
      value.kind === 'object' ? [{ path: ['agents', 'entries', id], id, value }] : [],
    );
  }
  return list || entries ? undefined : [];
}

/** Two agents may not share a directory, nor in newer versions an id; and a newer roster says whose the ambient work is. */
export function checkRoster(view: RuleView): void {
  const roster = rosterOf(view);
  if (!roster) {
    if (view.era === '2026.9.6' && view.at('agents', 'list') && view.at('agents', 'entries'))
      view.report(['agents', 'list'], 'agents.entries alone', 'both', 'moved-key', 'agents.entries');
    return;
  }
  checkAgentDirs(view, roster);
  if (view.era === '2026.3.7') return;
  const byId = new Map<string, RosterEntry>();
  for (const entry of roster) {
    const first = byId.get(normalAgentId(entry.id));
    if (first) view.report(entry.path, `an id other than that of ${named(first.path)}`, 'the same id');
    else byId.set(normalAgentId(entry.id), entry);
  }
  checkDefaultAgent(view, roster);
}

function checkDefaultAgent(view: RuleView, roster: readonly RosterEntry[]): void {
  const marked = roster.filter(({ value }) => isFlag(member(value, 'default'), true));
  const ownership = ['agents', 'ownership'];
  const explicit = textOf(view.at(...ownership)) === 'explicit';
  if (marked.length > 1) view.report(marked[1]!.path, 'one agent with default: true', `${marked.length} of them`);
  if (explicit && marked.length > 0)
    view.report(ownership, 'no agent with default: true beside ownership: explicit', 'both');
  if (!explicit && marked.length === 0 && roster.length > 1 && view.at(...ownership) === undefined)
    view.report(
      ownership,
      'explicit, or one agent with default: true, for there are several agents',
      'neither',
      'missing',
    );
  if (explicit && roster.length === 0 && view.at('agents', 'list') === undefined)
    view.report(['agents', 'entries'], 'at least one agent, for ownership is explicit', 'none', 'missing');
}

function checkAgentDirs(view: RuleView, roster: readonly RosterEntry[]): void {
  const owners = new Map<string, RosterEntry>();
  const ids = new Set<string>();
  for (const entry of roster) {
    // Only the first agent of an id counts.
    if (ids.has(normalAgentId(entry.id))) continue;
    ids.add(normalAgentId(entry.id));
    const dir = textOf(member(entry.value, 'agentDir'))?.trim();
    if (!dir) continue;
    const plain = plainDir(dir);
    const owner = owners.get(plain);
    if (owner)
      view.report([...entry.path, 'agentDir'], `a directory other than that of ${named(owner.path)}`, 'the same one');
    else owners.set(plain, entry);
  }
}

/** An absolute path without empty, `.` and `..` steps; another one as it is. Links are not followed. */
function plainDir(dir: string): string {
  if (!dir.startsWith('/')) return dir;
  const steps: string[] = [];
  for (const step of dir.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return `/${steps.join('/')}`;
}

const AGENT_REFERENCES = ['agents.defaults.heartbeat.agentId', 'agents.defaults.systemAgent.agentId', 'talk.agentId'];

/** Keys that name an agent have to name one of the roster. */
export function checkAgentReferences(view: RuleView): void {
  const roster = rosterOf(view);
  if (!roster) return;
  const second = view.era === '2026.9.6';
  // 2026.9.6 gives an empty roster one agent, 2026.3.7 does not look then.
  const ids = roster.length > 0 ? roster.map((entry) => entry.id) : second ? ['main'] : undefined;
  if (!ids) return;
  const normal = new Set(ids.map(normalAgentId));
  const report = (path: KeyPath) => view.report(path, 'the id of an agent of the roster', 'another id');
  const bindings = second ? view.each('bindings.*.agentId') : [];
  const keys = second ? AGENT_REFERENCES.flatMap((key) => view.each(key)) : [];
  for (const { path, value } of [...keys, ...bindings]) {
    const id = textOf(value);
    if (id !== undefined && !(path[0] === 'bindings' && id === 'main') && !normal.has(normalAgentId(id))) report(path);
  }
  const members = [...view.each('broadcast.*.*'), ...(second ? view.each('broadcast.*.agents.*') : [])];
  for (const { path, value } of members) {
    const id = textOf(value);
    const listed = typeof path[path.length - 1] === 'number';
    if (listed && path[1] !== 'strategy' && id !== undefined && !ids.includes(id)) report(path);
  }
}
