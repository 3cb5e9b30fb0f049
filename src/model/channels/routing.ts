import { normalizeAgentId } from '../agents.ts';
import type { Agents } from '../agents.ts';
import type { Settings } from '../settings.ts';
import { allowsEverybody, type ChannelAccount, distinctSenders, normalizeAccountId } from './accounts.ts';

/** The agent that answers direct messages of an account when no binding names the sender; undefined when none does. */
export function directMessageAgent(settings: Settings, agents: Agents, account: ChannelAccount): string | undefined {
  for (let i = 0; i < settings.count('bindings'); i++) {
    const match = ['bindings', i, 'match'] as const;
    const text = (key: string) => settings.string([...match, key], undefined).value?.trim();
    if (text('channel') !== account.channel) continue;
    const bound = text('accountId');
    if (bound !== undefined && bound !== '*' && normalizeAccountId(bound) !== account.id) continue;
    const kind = settings.string([...match, 'peer', 'kind'], undefined).value;
    if (settings.has(...match, 'peer') && kind !== 'direct' && kind !== 'dm') continue;
    if (settings.has(...match, 'peer', 'id')) continue;
    const agent = settings.string(['bindings', i, 'agentId'], undefined).value;
    if (agent) return normalizeAgentId(agent);
  }
  const explicit = settings.string(['agents', 'ownership'], undefined).value === 'explicit';
  return explicit ? undefined : agents.defaultId;
}

/** Two or more people whose direct messages land in the same conversation. */
export interface SessionCollision {
  readonly accounts: readonly ChannelAccount[];
  readonly people: readonly string[];
  readonly agent: string;
}

/**
 * Groups the admitted senders by the conversation their messages land in under `session.dmScope` (OpenClaw 2026.9.6);
 * `session.identityLinks` makes one person of several spellings, and a star counts as two people.
 */
export function sessionCollisions(
  settings: Settings,
  agents: Agents,
  accounts: readonly ChannelAccount[],
  dmScope: string,
): readonly SessionCollision[] {
  const linked = readIdentityLinks(settings);
  const buckets = new Map<string, { agent: string; accounts: Set<ChannelAccount>; people: Set<string> }>();
  for (const account of accounts) {
    if (!account.dmPolicy || account.dmPolicy.value === 'disabled') continue;
    const agent = directMessageAgent(settings, agents, account) ?? agents.defaultId;
    const admit = (sender: string) => {
      const person = linked.get(`${account.channel}:${sender}`.toLowerCase()) ?? `${account.channel}:${sender}`;
      const key = `${agent}\u0000${bucketOf(account, sender, person, dmScope)}`;
      const bucket = buckets.get(key) ?? { agent, accounts: new Set(), people: new Set() };
      bucket.accounts.add(account);
      bucket.people.add(person);
      buckets.set(key, bucket);
    };
    for (const sender of distinctSenders(account)) admit(sender);
    if (allowsEverybody(account) && dmScope === 'main') {
      admit('somebody');
      admit('somebody else');
    }
  }
  return [...buckets.values()]
    .filter((b) => b.people.size > 1)
    .map((b) => ({ agent: b.agent, accounts: [...b.accounts], people: [...b.people] }));
}

function bucketOf(account: ChannelAccount, sender: string, person: string, dmScope: string): string {
  switch (dmScope) {
    case 'per-peer':
      // The same id on two channels is one key there, although two people may have it.
      return person.includes(':') ? sender : person;
    case 'per-channel-peer':
      return `${account.channel} ${sender}`;
    case 'per-account-channel-peer':
      return `${account.channel} ${account.id} ${sender}`;
    default:
      return 'main';
  }
}

/** `session.identityLinks`: a name and the ids that are the same person. */
function readIdentityLinks(settings: Settings): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const name of settings.keys('session', 'identityLinks')) {
    const ids = settings.strings(['session', 'identityLinks', name]);
    for (const id of ids.value ?? []) links.set(id.toLowerCase(), `link ${name}`);
  }
  return links;
}
