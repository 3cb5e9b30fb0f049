import { chmod, type Fix, type FixOp, type FixSafety, setKey } from '../core/fix.ts';
import type { Json } from '../core/json.ts';
import { formatKeyPath, type KeyPath, keyRef, type Ref } from '../core/ref.ts';
import { plural } from '../core/text.ts';
import { channelSpec } from '../model/channels/specs.ts';
import type { Model } from '../model/model.ts';
import { word } from './edit-commands.ts';
import type { Lever } from './lever.ts';

/** A change that may close paths. */
export interface CandidateEdit extends Fix {
  /** The same change has the same key. */
  readonly key: string;
  /** The place that it is about. */
  readonly refs: readonly Ref[];
  /** What a person runs, where there is no operation. */
  readonly advice: readonly string[];
  /** Files that a walk counted are made private with it. */
  readonly walked?: true;
}

/** What to do about a lever; undefined where nothing can be proposed. */
export function editFor(model: Model, lever: Lever): CandidateEdit | undefined {
  const { settings, target } = model;
  switch (lever.lever) {
    case 'dm-policy': {
      const { dmPolicy, allowFrom, spec } = lever.account;
      if (!dmPolicy) return undefined;
      const policy = spec.dmPolicyDefault === 'allowlist' ? 'allowlist' : 'pairing';
      const ops = dmPolicy.value === policy ? [] : [setKey(dmPolicy.path, policy)];
      if (allowFrom.value.some(isStar)) ops.push(withoutStar(allowFrom.path, allowFrom.value));
      return edit(
        policy === 'pairing'
          ? `Let new senders on ${spec.label} wait for your approval`
          : `Answer only listed senders on ${spec.label}`,
        'unsafe',
        ops,
        `Who writes on ${spec.label} and is not listed gets no answer until you approve them.`,
      );
    }
    case 'group-policy': {
      const { groupPolicy, spec } = lever.account;
      if (!groupPolicy) return undefined;
      return edit(
        `Answer only in listed groups on ${spec.label}`,
        'safe',
        [setKey(groupPolicy.path, 'allowlist')],
        `Groups on ${spec.label} that are not listed get no answer any more.`,
      );
    }
    case 'group-senders':
      return groupSenders(model, lever.at);
    case 'place-users':
      return lever.at.kind === 'key'
        ? manual(
            `List who is answered in ${lever.label}`,
            [lever.at],
            [`openclaw config set ${word(formatKeyPath([...lever.at.path, 'users']))} '["<user id>"]'`],
          )
        : undefined;
    case 'bind':
      return edit(
        'Let the gateway listen on this machine only',
        'unsafe',
        [setKey(['gateway', 'bind'], 'loopback')],
        'Other devices reach the gateway through a tunnel or Tailscale only.',
      );
    case 'funnel':
      return edit(
        'Take the gateway off Tailscale',
        'unsafe',
        [setKey(['gateway', 'tailscale', 'mode'], 'off')],
        'Other devices no longer reach the gateway through Tailscale.',
      );
    case 'gateway-secret':
      return manual(
        'Give the gateway a long random token',
        [keyRef('gateway', 'auth')],
        [
          'openclaw config set gateway.auth.mode token',
          'openclaw config set gateway.auth.token "$(openssl rand -hex 32)"',
        ],
      );
    case 'hook-secret':
      return manual(
        'Give the webhooks a long random token of their own',
        [keyRef('hooks', 'token')],
        ['openclaw config set hooks.token "$(openssl rand -hex 32)"'],
      );
    case 'device-auth':
      return edit(
        'Ask for approval of new devices in the Control UI',
        'unsafe',
        [{ op: 'remove', key: ['gateway', 'controlUi', 'dangerouslyDisableDeviceAuth'] }],
        'Browsers that use the Control UI have to be approved once.',
      );
    case 'http-endpoint':
      return edit(
        `Switch ${lever.label} off`,
        'unsafe',
        [setKey(lever.path, false)],
        `Programs that use ${lever.label} stop working.`,
      );
    case 'http-tools':
      return httpTools(model, lever.tool);
    case 'hooks-off':
      return edit(
        'Switch webhooks off',
        'unsafe',
        [setKey(['hooks', 'enabled'], false)],
        'Services that post to the bot are no longer heard.',
      );
    case 'session-key':
      return edit(
        'Do not let webhook callers name the session',
        'unsafe',
        [setKey(['hooks', 'allowRequestSessionKey'], false)],
        'Callers that name a session get one of their own.',
      );
    case 'unsafe-content':
      return edit(
        'Mark text from outside as foreign',
        'unsafe',
        [setKey(lever.path, false)],
        'The agent no longer takes this text for its task.',
      );
    case 'sandbox':
      return edit(
        'Run every conversation in a sandbox',
        'unsafe',
        [
          setKey(
            [...scopeOf(model, lever.agent, ['agents', 'defaults'], ['sandbox', 'mode']), 'sandbox', 'mode'],
            'all',
          ),
        ],
        'Needs Docker; commands and files are those of a container, for you as well.',
      );
    case 'binds': {
      const left = riskless(model, lever.path, lever.index);
      return edit(
        'Hand the sandbox nothing that is the host',
        'unsafe',
        [left],
        'Programs in the sandbox lose that mount.',
      );
    }
    case 'exec-host':
      return edit(
        'Run commands inside the sandbox',
        'unsafe',
        [setKey(lever.path, 'sandbox')],
        'Commands no longer reach the host, for you as well.',
      );
    case 'exec-ask':
      return execAsk(model, lever.agent, target.secondEra);
    case 'deny': {
      const base = lever.agent ?? [];
      const path: KeyPath = [...base, 'tools', 'deny'];
      const names = lever.tools.includes('exec') ? ['group:runtime'] : lever.tools;
      const old = settings.strings(path).value ?? [];
      return edit(
        `Take ${names.join(', ')} away${lever.agent ? ` from ${formatKeyPath(lever.agent)}` : ''}`,
        'unsafe',
        [setKey(path, [...old, ...names.filter((n) => !old.includes(n))])],
        'The agent no longer has these tools, for you as well.',
      );
    }
    case 'elevated':
      return elevated(model, lever.path);
    case 'workspace-only':
      return edit(
        'Keep file tools in the workspace',
        'unsafe',
        [
          setKey(
            [...scopeOf(model, lever.agent, [], ['tools', 'fs', 'workspaceOnly']), 'tools', 'fs', 'workspaceOnly'],
            true,
          ),
        ],
        'The agent reads and changes files of its workspace only, for you as well.',
      );
    case 'dm-scope':
      return edit(
        'Give every sender a conversation of their own',
        'unsafe',
        [setKey(['session', 'dmScope'], 'per-channel-peer')],
        'Direct messages no longer continue in one shared conversation.',
      );
    case 'group-scope':
      return edit(
        'Give every group a conversation of its own',
        'unsafe',
        [setKey(lever.path, 'per-group')],
        'Groups no longer continue the main conversation.',
      );
    case 'visibility':
      return edit(
        'Show the session tools own conversations only',
        'unsafe',
        [setKey(['tools', 'sessions', 'visibility'], 'tree')],
        'Agents no longer read each other’s conversations.',
      );
    case 'private-network':
      return edit(
        'Keep the browser off private addresses',
        'unsafe',
        [setKey(lever.path, false)],
        'The agent’s browser no longer opens pages of the local network.',
      );
    case 'chmod':
      return modes(lever);
    case 'plugins-allow': {
      const names = [...model.plugins.extensions, ...model.plugins.elsewhere].map((d) => d.id ?? d.name);
      return edit(
        'List the plugins that may be loaded',
        'unsafe',
        [setKey(['plugins', 'allow'], [...new Set(names)])],
        'Other plugins, also those bundled with OpenClaw, are no longer loaded.',
      );
    }
  }
}

function edit(title: string, safety: FixSafety, ops: readonly FixOp[], sideEffect?: string): CandidateEdit {
  return {
    key: JSON.stringify(ops),
    title,
    safety,
    ops,
    advice: [],
    refs: ops.flatMap((op): Ref[] =>
      op.op === 'set' || op.op === 'remove'
        ? [keyRef(...op.key)]
        : op.op === 'chmod'
          ? [{ kind: 'file', path: op.path }]
          : [],
    ),
    ...(sideEffect === undefined ? {} : { sideEffect }),
  };
}

function manual(title: string, refs: readonly Ref[], advice: readonly string[]): CandidateEdit {
  return { key: JSON.stringify([title, advice]), title, safety: 'manual', ops: [], refs, advice };
}

const isStar = (entry: string) => entry.trim() === '*';

/** The list without its star; the key goes when nothing is left. */
function withoutStar(path: KeyPath, entries: readonly string[]): FixOp {
  const left = entries.filter((e) => !isStar(e));
  return left.length > 0 ? setKey(path, left) : { op: 'remove', key: path };
}

/** Where a setting is written: the agent's own object when it has it there, else the shared one. */
function scopeOf({ settings }: Model, agent: KeyPath | undefined, shared: KeyPath, steps: KeyPath): KeyPath {
  return agent && settings.has(...agent, ...steps) ? agent : shared;
}

function groupSenders({ settings }: Model, at: Ref): CandidateEdit | undefined {
  if (at.kind !== 'key') return undefined;
  const last = at.path[at.path.length - 1];
  const ops =
    last === 'groupPolicy'
      ? [setKey(at.path, 'allowlist')]
      : [withoutStar(listPath(at.path), settings.strings(listPath(at.path)).value ?? ['*'])];
  const label = channelSpec(String(at.path[1]))?.label ?? String(at.path[1]);
  return edit(
    `Answer only listed senders in groups on ${label}`,
    'unsafe',
    ops,
    'Other members of the group get no answer any more.',
  );
}

/** The list that an entry belongs to. */
function listPath(path: KeyPath): KeyPath {
  return typeof path[path.length - 1] === 'number' ? path.slice(0, -1) : path;
}

function httpTools({ settings }: Model, tool: string): CandidateEdit {
  const allow = settings.strings(['gateway', 'tools', 'allow']).value ?? [];
  const left = allow.filter((t) => t.toLowerCase() !== tool);
  const deny = settings.strings(['gateway', 'tools', 'deny']).value ?? [];
  const op: FixOp =
    left.length < allow.length
      ? setKey(['gateway', 'tools', 'allow'], [...left])
      : setKey(['gateway', 'tools', 'deny'], [...deny, tool]);
  return edit(`Do not serve ${tool} over HTTP`, 'unsafe', [op], `Programs that call ${tool} over HTTP stop working.`);
}

/** The list of mounts without one of them. */
function riskless({ settings }: Model, path: KeyPath, index: number): FixOp {
  const list = (settings.strings(path).value ?? []).filter((_, i) => i !== index);
  return list.length > 0 ? setKey(path, list as Json) : { op: 'remove', key: path };
}

function execAsk(model: Model, agent: KeyPath | undefined, secondEra: boolean): CandidateEdit {
  const { settings } = model;
  const own = agent && ['security', 'ask', 'mode', 'host'].some((k) => settings.has(...agent, 'tools', 'exec', k));
  const base: KeyPath = [...(own ? agent : []), 'tools', 'exec'];
  const ops = secondEra
    ? [setKey([...base, 'mode'], 'ask')]
    : [
        // In 2026.3.7 nobody is asked while the host is not written.
        setKey([...base, 'host'], 'gateway'),
        setKey([...base, 'security'], 'allowlist'),
        setKey([...base, 'ask'], 'on-miss'),
      ];
  return edit(
    'Ask before each command that is not listed',
    'unsafe',
    ops,
    'You approve commands that are not on the list, your own too.',
  );
}

function elevated({ settings }: Model, path: KeyPath): CandidateEdit {
  const list = settings.strings(path).value;
  const own = path.includes('elevated') && list?.some(isStar);
  const op = own ? withoutStar(path, list!) : setKey(['tools', 'elevated', 'enabled'], false);
  return edit(
    'Keep elevated mode to listed senders',
    'unsafe',
    [op],
    'Senders that are not listed no longer run commands outside the sandbox.',
  );
}

function modes({ files, walked }: Extract<Lever, { lever: 'chmod' }>): CandidateEdit {
  const ops = files.filter((f) => !f.link).map((f) => chmod(f.path, f.mode & (f.kind === 'directory' ? 0o700 : 0o600)));
  const made = edit(
    files.length === 1 && !walked ? `Make ${files[0]!.path} private` : `Make ${plural(files.length, 'file')} private`,
    files.some((f) => f.role === 'parent-dir') ? 'unsafe' : 'safe',
    ops,
  );
  return walked ? { ...made, walked: true, advice: ['openclaw-security fix apply --only fs'] } : made;
}
