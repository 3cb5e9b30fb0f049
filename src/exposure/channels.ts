import { keyRef, type Ref } from '../core/ref.ts';
import { allowsEverybody, type ChannelAccount, distinctSenders } from '../model/channels/accounts.ts';
import { broadDiscordPlaces } from '../model/channels/discord.ts';
import {
  entriesAt,
  mutableEntries,
  nameMatching,
  openGroupEntries,
  wildcardSenderLists,
} from '../model/channels/lists.ts';
import { sessionCollisions } from '../model/channels/routing.ts';
import { channelSpec } from '../model/channels/specs.ts';
import type { Model } from '../model/model.ts';
import type { SenderClass } from '../model/policy/query.ts';
import type { Landing, Sink } from './arrivals.ts';
import { holds, open, untold } from './boundary.ts';
import type { Boundary, Standing } from './graph.ts';
import type { Landings, Peer } from './landings.ts';

/** Direct messages and groups of every account. */
export function addChannels(model: Model, sink: Sink, landings: Landings): void {
  for (const account of model.channelAccounts) {
    if (sink.done) return;
    if (!account.enabled) continue;
    addDirectMessages(account, model, sink, landings);
    addGroups(account, model, sink, landings);
  }
  addListedSenders(model, sink, landings);
}

/** Says which open channel could not be followed. */
export function addUnknownChannels(model: Model, sink: Sink): void {
  const unknown = model.exposure.openInbound.find(({ at }) => at.kind === 'key' && !knownChannel(at.path[1]));
  if (unknown) sink.gap(`${unknown.key} is open; how that channel lets people in is not known here.`);
}

function knownChannel(id: unknown): boolean {
  return id === 'defaults' || (typeof id === 'string' && channelSpec(id) !== undefined);
}

/** An account that lacks what it needs to start here may have it where the gateway runs. */
function startBoundary(account: ChannelAccount): Boundary[] {
  if (account.gap) return [untold('network', `does it run? ${account.gap.reason}`, [account.gap.at])];
  if (account.configured) return [];
  return [untold('network', 'does it run? its credentials are not found here', [account.at])];
}

function addDirectMessages(account: ChannelAccount, model: Model, sink: Sink, landings: Landings): void {
  const { spec } = account;
  const door = {
    kind: `dm ${account.channel}`,
    one: `${spec.label} direct messages${account.named ? ` (account ${account.id})` : ''}`,
    many: `${spec.label} accounts, direct messages`,
    member: account.id,
  };
  const gate = directGate(account, model);
  if (!gate) return;
  const boundaries = [...startBoundary(account), gate];
  const peer: Peer = { channel: account.channel, account: account.id, peer: { kind: 'direct' } };
  sink.add({
    principal: 'anyone-dm',
    standing: 'stranger',
    door,
    step: 'writes a direct message',
    boundaries,
    landings: () => [directLanding(account, peer, 'anyone', model, landings)],
  });
}

/** Who is let in; undefined when nobody is. */
function directGate(account: ChannelAccount, model: Model): Boundary | undefined {
  const { dmPolicy, allowFrom } = account;
  if (!dmPolicy || dmPolicy.value === 'disabled') return undefined;
  const lever = { lever: 'dm-policy', account } as const;
  if (allowsEverybody(account))
    return open(
      'allowlist',
      `${dmPolicy.value === 'open' ? 'dmPolicy is open' : 'everybody is on the list ("*")'}`,
      [...(dmPolicy.value === 'open' ? [dmPolicy.at, allowFrom.at] : [allowFrom.at, dmPolicy.at])],
      lever,
    );
  if (dmPolicy.value === 'open') return open('allowlist', 'dmPolicy is open', [dmPolicy.at], lever);
  if (nameMatching(model.settings, account).value) {
    const entry = mutableEntries(model.settings, account)[0];
    if (entry)
      return untold('allowlist', 'the list names senders by what others can take as their name', [
        entry.at,
        nameMatching(model.settings, account).at,
      ]);
  }
  return dmPolicy.value === 'pairing'
    ? holds('pairing', 'a new sender waits for approval', dmPolicy.at)
    : holds('allowlist', `dmPolicy is ${dmPolicy.value}`, dmPolicy.at);
}

function directLanding(
  account: ChannelAccount,
  peer: Peer,
  sender: SenderClass,
  model: Model,
  landings: Landings,
): Landing {
  const { agentId, policy, route, conversation } = landings.at(peer, sender);
  const main = policy.session.main;
  const at = policy.session.at;
  const shared: Boundary | undefined = !main.known
    ? untold('routing', `do direct messages share a conversation? ${main.reason}`, at, { lever: 'dm-scope' })
    : main.value
      ? open('routing', 'all direct messages share one conversation', at, { lever: 'dm-scope' })
      : undefined;
  return {
    agentId,
    session: main.known ? (main.value ? 'main session' : `${account.spec.label} session of the sender`) : 'session',
    boundaries: [route],
    conversation,
    ...(shared ? { shared: { ...TAKES_PART, boundaries: [shared], ...amongStrangers(account, agentId, model) } } : {}),
  };
}

const TAKES_PART = { text: 'takes part in the conversation of others' };

/** An agent that is not the owner's, and whom nobody listed writes to: strangers meet only each other there. */
function amongStrangers(account: ChannelAccount, agentId: string, model: Model): { standing?: Standing } {
  const owners = agentId === model.agents.defaultId || distinctSenders(account).length > 0;
  return owners ? {} : { standing: 'circle' };
}

/** Several named people in one conversation. Each was let in, so it is no more than a note. */
function addListedSenders(model: Model, sink: Sink, landings: Landings): void {
  const scope = model.settings.string(['session', 'dmScope'], 'main');
  if (!scope.known) return;
  const live = model.liveAccounts;
  for (const { accounts } of sessionCollisions(model.settings, model.agents, live, scope.value)) {
    for (const account of accounts) {
      if (distinctSenders(account).length === 0) continue;
      const peer: Peer = { channel: account.channel, account: account.id, peer: { kind: 'direct' } };
      const landing = directLanding(account, peer, 'allowed', model, landings);
      if (!landing.shared) continue;
      sink.add({
        principal: 'allowed-sender',
        standing: 'named',
        door: {
          kind: `listed ${account.channel}`,
          one: `${account.spec.label} direct messages${account.named ? ` (account ${account.id})` : ''}`,
          many: `${account.spec.label} accounts, direct messages`,
          member: account.id,
        },
        step: 'writes a direct message',
        boundaries: [open('allowlist', 'the sender is listed', [account.allowFrom.at])],
        landings: () => [{ ...landing, sharedOnly: true }],
      });
    }
  }
}

/** Places where a group policy and lists of senders let every member in. */
interface OpenPlace {
  readonly boundary: Boundary;
  readonly standing: Standing;
  readonly label: string;
  readonly id?: string;
  readonly guildId?: string;
}

function addGroups(account: ChannelAccount, model: Model, sink: Sink, landings: Landings): void {
  const { groupPolicy, spec } = account;
  if (!groupPolicy || groupPolicy.value === 'disabled') return;
  const of = account.named ? ` (account ${account.id})` : '';
  const places = placesOf(account, model);
  for (const place of places) {
    const peer: Peer = {
      channel: account.channel,
      account: account.id,
      peer: { kind: 'group', ...(place.id === undefined ? {} : { id: place.id }) },
      ...(place.guildId === undefined ? {} : { guildId: place.guildId }),
    };
    sink.add({
      principal: 'group-member',
      standing: place.standing,
      door: {
        kind: `group ${account.channel} ${place.standing}`,
        one: `${spec.label} ${place.label}${of}`,
        many: `${spec.label} groups`,
        member: `${account.id}/${place.guildId ?? ''}/${place.id ?? '*'}`,
      },
      step: 'writes in a group',
      boundaries: [...startBoundary(account), place.boundary],
      landings: () => groupLandings(account, peer, place, landings),
    });
  }
  if (places.length > 0) return;
  sink.add({
    principal: 'group-member',
    standing: 'circle',
    door: {
      kind: `group ${account.channel}`,
      one: `${spec.label} groups${of}`,
      many: `${spec.label} accounts, groups`,
      member: account.id,
    },
    step: 'writes in a group',
    boundaries: [holds('allowlist', 'only listed senders or places are answered', groupPolicy.at)],
  });
}

/** An account is another object wherever its channel's settings differ. */
const knownPlaces = new WeakMap<ChannelAccount, readonly OpenPlace[]>();

function placesOf(account: ChannelAccount, model: Model): readonly OpenPlace[] {
  const places = knownPlaces.get(account) ?? openPlaces(account, model);
  knownPlaces.set(account, places);
  return places;
}

function openPlaces(account: ChannelAccount, model: Model): readonly OpenPlace[] {
  const { groupPolicy, groupAllowFrom } = account;
  const { settings } = model;
  const lever = { lever: 'group-policy', account } as const;
  if (groupPolicy!.value === 'open') {
    const groups = account.spec.groups && LISTED_EVEN_WHEN_OPEN.has(account.channel) ? account.spec.groups : undefined;
    const path = groups && [account.path, ['channels', account.channel]].find((p) => settings.has(...p, groups));
    const listed = path ? settings.keys(...path, groups!) : [];
    const boundary = open('allowlist', 'groupPolicy is open', [groupPolicy!.at], lever);
    if (listed.length === 0 || listed.includes('*')) return [{ boundary, standing: 'stranger', label: 'groups' }];
    return listed.map((id) => ({ boundary, standing: 'circle', label: `group ${id}`, id }));
  }
  const star = entriesAt(settings, groupAllowFrom.path).find((e) => e.text.trim() === '*');
  const places: OpenPlace[] = [];
  if (star)
    places.push({
      boundary: open('allowlist', 'every sender is on the list ("*")', [star.at], {
        lever: 'group-senders',
        at: star.at,
      }),
      standing: 'circle',
      label: 'groups',
    });
  for (const at of openGroupEntries(settings, account))
    places.push({
      boundary: open('allowlist', 'its own groupPolicy is open', [at], { lever: 'group-senders', at }),
      standing: 'circle',
      ...placeAt(at),
    });
  for (const at of wildcardSenderLists(settings, account))
    places.push({
      boundary: open('allowlist', 'every sender is on its list ("*")', [at], { lever: 'group-senders', at }),
      standing: 'circle',
      ...placeAt(at),
    });
  for (const place of account.channel === 'discord'
    ? broadDiscordPlaces(settings, account)
    : slackPlaces(account, model))
    places.push({
      boundary: open('allowlist', 'every member of it is answered', [place.at], {
        lever: 'place-users',
        at: place.at,
        label: place.label,
      }),
      standing: 'circle',
      label: place.label,
      ...idsAt(place.at),
    });
  return places;
}

/** Channels whose list of groups limits an open policy too. */
const LISTED_EVEN_WHEN_OPEN = new Set(['telegram', 'whatsapp', 'imessage']);

/** Listed Slack channels without a list of users. */
function slackPlaces(account: ChannelAccount, { settings }: Model): readonly { label: string; at: Ref }[] {
  if (account.channel !== 'slack') return [];
  const root = settings.has(...account.path, 'channels') ? account.path : ['channels', 'slack'];
  return settings.keys(...root, 'channels').flatMap((id) => {
    const path = [...root, 'channels', id];
    const off =
      settings.boolean([...path, 'enabled'], true).value === false ||
      settings.boolean([...path, 'allow'], true).value === false;
    return off || entriesAt(settings, [...path, 'users']).length > 0
      ? []
      : [{ label: `channel ${id}`, at: keyRef(...path) }];
  });
}

function placeAt(at: Ref): Pick<OpenPlace, 'label' | 'id' | 'guildId'> {
  const ids = idsAt(at);
  const id = ids.id ?? ids.guildId;
  return { label: id === undefined ? 'groups' : `group ${id}`, ...ids };
}

const PLACE_KEYS = new Set(['groups', 'channels', 'rooms', 'teams']);

/** The ids of the server and the innermost place that a key stands in; `*` names none. */
function idsAt(at: Ref): { id?: string; guildId?: string } {
  const out: { id?: string; guildId?: string } = {};
  const path = at.kind === 'key' ? at.path : [];
  for (let i = 2; i + 1 < path.length; i++) {
    const [key, id] = [String(path[i]), String(path[i + 1])];
    if (id === '*') continue;
    if (key === 'guilds') out.guildId = id;
    else if (PLACE_KEYS.has(key)) out.id = id;
  }
  return out;
}

/** Where a group lands; where any group may write, also the groups that bindings name. */
function groupLandings(account: ChannelAccount, peer: Peer, place: OpenPlace, landings: Landings): readonly Landing[] {
  const peers = place.id === undefined ? [peer, ...landings.boundGroups(account)] : [peer];
  return peers.map((p) => {
    const { agentId, policy, route, conversation } = landings.at(p, 'anyone');
    const { main, at } = policy.session;
    const lever = {
      lever: 'group-scope',
      path: at[0]?.kind === 'key' ? at[0].path : ['session', 'groupScope'],
    } as const;
    const shared = !main.known
      ? untold('routing', `do groups share the main conversation? ${main.reason}`, at, lever)
      : main.value
        ? open('routing', 'groups share the main conversation', at, lever)
        : undefined;
    return {
      agentId,
      session: main.value === true ? 'main session' : 'group session',
      boundaries: [route],
      conversation,
      ...(shared ? { shared: { ...TAKES_PART, boundaries: [shared] } } : {}),
    };
  });
}
