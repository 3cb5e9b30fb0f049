import { closest } from '../../core/closest.ts';
import { jsonText, visible } from '../../core/text.ts';
import { policyReport } from '../../engine/policy.ts';
import { normalizeAgentId } from '../../model/agents.ts';
import { normalizeAccountId } from '../../model/channels/accounts.ts';
import { CHANNEL_SPECS } from '../../model/channels/specs.ts';
import { Model } from '../../model/model.ts';
import type { PeerKind, PolicyQuery, SenderClass } from '../../model/policy/query.ts';
import { routeToAgent } from '../../model/policy/route.ts';
import { renderPolicy } from '../../render/policy-text.ts';
import { type HomeOptions, loadSnapshot, noHome } from '../home.ts';
import { EXIT, type Io, UsageError, wantsColor } from '../io.ts';

export interface PolicyExplainOptions extends Omit<HomeOptions, 'from'> {
  readonly agent?: string;
  readonly channel?: string;
  readonly account?: string;
  /** Id of a private chat. */
  readonly peer?: string;
  /** Id of a group, or `any`. */
  readonly group?: string;
  readonly thread?: boolean;
  /** A class, or the id of somebody. */
  readonly sender?: string;
  readonly guild?: string;
  readonly team?: string;
  readonly role: readonly string[];
  readonly subagent?: number;
  readonly provider?: string;
  readonly model?: string;
  readonly snapshot?: string;
  readonly json?: boolean;
  readonly color: boolean;
}

/** Services whose groups OpenClaw calls channels. */
const CHANNEL_KIND = new Set(['discord', 'slack', 'msteams', 'mattermost', 'irc', 'matrix']);
const CLASSES: readonly SenderClass[] = ['anyone', 'allowed', 'owner'];

/** `policy explain`: what a sender can make an agent do in one conversation, and which key decides it. */
export async function policyExplainCommand(options: PolicyExplainOptions, io: Io): Promise<number> {
  const { snapshot: file, ...home } = options;
  const snapshot = await loadSnapshot({ ...home, ...(file === undefined ? {} : { from: file }) }, io);
  const model = new Model(snapshot);
  if (!snapshot.home.found && !options.json) {
    io.out(noHome(snapshot.home));
    return EXIT.ok;
  }
  const report = policyReport(model, readQuery(model, options));
  if (options.json) io.out(`${jsonText(report, 2)}\n`);
  else
    io.out(
      renderPolicy(report, {
        columns: io.columns ?? 80,
        color: wantsColor(io, !options.color),
        homeDir: snapshot.host.homeDir,
        stateDir: snapshot.home.stateDir,
      }),
    );
  return EXIT.ok;
}

function readQuery(model: Model, options: PolicyExplainOptions): PolicyQuery {
  const channel = options.channel === undefined ? undefined : knownChannel(model, options.channel);
  const { account, peer, group, guild, team, role, subagent, provider } = options;
  for (const [flag, value] of Object.entries({ account, peer, group, guild, team, sender: options.sender }))
    if (value !== undefined && channel === undefined)
      throw new UsageError(`--${flag} needs --channel`, 'For example: --channel telegram');
  if (peer !== undefined && group !== undefined)
    throw new UsageError('--peer is for a private chat and --group for a group: use one of them');
  if (options.thread && group === undefined) throw new UsageError('--thread needs --group', 'For example: --group any');
  const where = {
    channel,
    account: account === undefined ? undefined : knownAccount(model, channel!, account),
    peer: peerOf(channel, peer, group, options.thread === true),
    guildId: guild,
    teamId: team,
    roles: role,
    sender: channel === undefined ? undefined : senderOf(options.sender, peer),
  };
  return {
    ...where,
    agentId: options.agent === undefined ? defaultAgent(model, where) : knownAgent(model, options.agent),
    subagent,
    provider,
    modelId: options.model,
  };
}

function peerOf(
  channel: string | undefined,
  peer: string | undefined,
  group: string | undefined,
  thread: boolean,
): PolicyQuery['peer'] {
  if (channel === undefined) return undefined;
  if (group === undefined) return { kind: 'direct', id: peer };
  const kind: PeerKind = thread ? 'thread' : CHANNEL_KIND.has(channel) ? 'channel' : 'group';
  return { kind, id: group === 'any' ? undefined : group };
}

/** A class, or an id: then it is for the lists to say what the sender is. */
function senderOf(word: string | undefined, peer: string | undefined): PolicyQuery['sender'] {
  const id = peer;
  if (word === undefined) return { class: 'anyone', id };
  const named = CLASSES.find((c) => c === word.trim().toLowerCase());
  return named ? { class: named, id } : { class: 'allowed', id: word };
}

/** The agent that answers, else the default one. */
function defaultAgent(model: Model, where: Omit<PolicyQuery, 'agentId'>): string {
  if (where.channel === undefined) return model.agents.defaultId;
  const { agentId } = routeToAgent(model, { ...where, channel: where.channel });
  if (agentId === undefined)
    throw new UsageError('no agent answers such a message: no binding leads to one', 'Name one with --agent.');
  return agentId;
}

function knownAgent(model: Model, word: string): string {
  const { written, defaultId } = model.agents;
  const ids = written.length > 0 ? written.map((a) => a.normalizedId) : [defaultId];
  const id = normalizeAgentId(word);
  if (ids.includes(id) || model.agents.gap !== undefined) return id;
  throw new UsageError(`there is no agent "${visible(word)}"`, hint(word, ids));
}

function knownChannel(model: Model, word: string): string {
  const id = word.trim().toLowerCase();
  const written = model.settings.keys('channels').filter((k) => k !== 'defaults');
  const ids = ['webchat', ...new Set([...CHANNEL_SPECS.map((c) => c.id), ...written])];
  if (ids.includes(id)) return id;
  throw new UsageError(`there is no channel "${visible(word)}"`, hint(word, ids));
}

function knownAccount(model: Model, channel: string, word: string): string {
  const id = normalizeAccountId(word);
  const written = model.settings.keys('channels', channel, 'accounts').map(normalizeAccountId);
  if (id === 'default' || written.includes(id)) return id;
  throw new UsageError(`${channel} has no account "${visible(word)}"`, hint(word, ['default', ...written]));
}

/** The nearest name, or a few of them. */
function hint(word: string, names: readonly string[]): string {
  const close = closest(word, names);
  if (close !== undefined) return `Did you mean ${visible(close, 64)}?`;
  const shown = names.slice(0, 12).map((n) => visible(n, 64));
  return `Known: ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}`;
}
