// Configs and questions at random, the same for the same seed: every setting that the effective policy depends on.

/** A generator of numbers from 0 to 1 (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const TOOLS = [
  ...['exec', 'bash', 'process', 'read', 'write', 'edit', 'apply_patch', 'apply-patch', 'browser', 'canvas', 'cron'],
  ...['gateway', 'nodes', 'message', 'image', 'tts', 'web_search', 'web_fetch', 'sessions_spawn', 'session_status'],
  ...['memory_search', 'lobster', 'web_*', 'sessions_*', '*', '*_search', 'group:fs', 'group:runtime', 'group:web'],
  ...['group:sessions', 'group:memory', 'group:openclaw', 'group:ui', 'group:plugins', ' Exec ', 'GROUP:FS'],
];
const SECOND_TOOLS = ['automations', 'view_image', 'update_plan', 'screen', 'plugins', 'group:agents', 'group:media'];
const PROFILES = ['minimal', 'coding', 'messaging', 'full'];
const SENDERS = ['42', '7', '+15550001'];
const GROUPS = ['-1001', '-1002', 'c1'];

/** One config of an era, and a question about it. */
export function makeCase(random, secondEra) {
  const roll = (p) => random() < p;
  const pick = (list) => list[Math.floor(random() * list.length)];
  const maybe = (p, make) => (roll(p) ? make() : undefined);
  const some = (list, max) => Array.from({ length: Math.floor(random() * (max + 1)) }, () => pick(list));
  const clean = (object) => {
    const entries = Object.entries(object).filter(([, v]) => v !== undefined);
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  };
  const names = secondEra ? [...TOOLS, ...SECOND_TOOLS] : TOOLS;
  const list = () => some(names, 4);
  // A scope may have `allow` or `alsoAllow`, not both.
  const lists = (p) => {
    const which = random();
    return {
      allow: which < p ? list() : undefined,
      alsoAllow: which >= p && which < 2 * p ? list() : undefined,
      deny: maybe(p, list),
    };
  };
  const bySender = (p) =>
    maybe(p, () => {
      const keys = some(['*', 'id:42', '7', 'e164:+15550001', ...(secondEra ? ['channel:telegram:42'] : [])], 3);
      return clean(Object.fromEntries(keys.map((k) => [k, clean(lists(0.5)) ?? { deny: ['exec'] }])));
    });
  const override = (p) =>
    maybe(p, () => {
      const keys = some(['openai', 'OpenAI', 'openai/gpt-5', 'anthropic'], 2);
      return clean(
        Object.fromEntries(
          keys.map((k) => [k, clean({ profile: maybe(0.4, () => pick(PROFILES)), ...lists(0.4) }) ?? {}]),
        ),
      );
    });
  const sandbox = (p) =>
    maybe(p, () => ({
      mode: maybe(0.8, () => pick(['off', 'non-main', 'non-main', 'all'])),
      scope: maybe(0.4, () => pick(['session', 'agent', 'shared'])),
      perSession: secondEra ? undefined : maybe(0.3, () => roll(0.5)),
      workspaceAccess: maybe(0.4, () => pick(['none', 'ro', 'rw'])),
    }));
  const elevated = (p) =>
    maybe(
      p,
      () =>
        clean({
          enabled: maybe(0.4, () => roll(0.6)),
          allowFrom: maybe(
            0.7,
            () =>
              clean({ webchat: maybe(0.8, () => some(['*', '42', '7'], 2)), telegram: maybe(0.5, () => ['*']) }) ?? {},
          ),
        }) ?? {},
    );
  const exec = (p) =>
    maybe(p, () => {
      const mode = secondEra && roll(0.4);
      return (
        clean({
          host: maybe(0.5, () => pick(['sandbox', 'gateway', 'node', ...(secondEra ? ['auto'] : [])])),
          mode: mode ? pick(['deny', 'allowlist', 'ask', 'auto', 'full']) : undefined,
          security: mode ? undefined : maybe(0.5, () => pick(['deny', 'allowlist', 'full'])),
          ask: mode ? undefined : maybe(0.5, () => pick(['off', 'on-miss', 'always'])),
        }) ?? {}
      );
    });
  const sandboxTools = (p) =>
    maybe(p, () => {
      const { allow, alsoAllow, deny } = lists(0.5);
      const tools = clean({ allow, alsoAllow: secondEra ? alsoAllow : undefined, deny });
      return { tools: tools ?? {} };
    });
  const toolsOf = (p, shared) =>
    clean({
      profile: maybe(p * 0.6, () => pick(PROFILES)),
      ...lists(p * 0.5),
      byProvider: override(p * 0.5),
      elevated: elevated(p),
      exec: exec(p),
      sandbox: sandboxTools(p),
      toolsBySender: secondEra ? bySender(p * 0.6) : undefined,
      subagents: shared && roll(0.3) ? { tools: clean(lists(0.5)) ?? {} } : undefined,
    });
  const ids = pick([[], ['main'], ['work'], ['main', 'work'], ['work', 'main', 'home-1']]);
  const chosen = ids.length > 1 ? Math.floor(random() * ids.length) : -1;
  const agentOf = (i) => ({
    default: i === chosen ? true : undefined,
    sandbox: sandbox(0.5),
    tools: toolsOf(0.4, false),
  });
  const defaults = clean({
    sandbox: sandbox(0.8),
    subagents: maybe(0.3, () => ({ maxSpawnDepth: 1 + Math.floor(random() * 3) })),
  });
  const roster = secondEra
    ? { entries: ids.length > 0 ? Object.fromEntries(ids.map((id, i) => [id, clean(agentOf(i)) ?? {}])) : undefined }
    : { list: ids.length > 0 ? ids.map((id, i) => ({ id, ...clean(agentOf(i)) })) : undefined };
  const dmScopes = ['main', 'per-peer', 'per-channel-peer', 'per-account-channel-peer'];
  const session = clean({
    scope: maybe(0.3, () => pick(['per-sender', 'global'])),
    dmScope: maybe(0.7, () => pick(dmScopes)),
    groupScope: secondEra ? maybe(0.3, () => pick(['main', 'per-group'])) : undefined,
    mainKey: maybe(0.2, () => pick(['main', 'home', ' Main '])),
    identityLinks: maybe(0.3, () => ({ Alice: ['telegram:42', '7'] })),
  });
  const peerOf = () => {
    const kind = pick(['direct', 'group', 'channel']);
    const id = kind === 'direct' ? pick(SENDERS) : pick(GROUPS);
    return { kind, id: secondEra && roll(0.2) ? '*' : id };
  };
  const bindings = maybe(0.5, () =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
      agentId: pick(ids.length > 0 ? ids : ['main']),
      match: clean({
        channel: pick(['telegram', 'telegram', 'webchat']),
        accountId: maybe(0.6, () => pick(['*', 'default', 'Work'])),
        peer: maybe(0.4, peerOf),
        guildId: maybe(0.15, () => 'g1'),
        teamId: maybe(0.1, () => 't1'),
        roles: maybe(0.1, () => ['r1']),
      }),
      session: secondEra ? maybe(0.3, () => clean({ dmScope: pick(dmScopes) })) : undefined,
    })),
  );
  const groupEntry = () => clean({ tools: maybe(0.6, () => clean(lists(0.5))), toolsBySender: bySender(0.5) }) ?? {};
  const groups = () => Object.fromEntries(some([...GROUPS, '*'], 3).map((g) => [g, groupEntry()]));
  const people = () => Object.fromEntries(some(['42', '7', '*'], 3).map((g) => [g, groupEntry()]));
  const telegram = maybe(0.6, () =>
    clean({
      groups: maybe(0.8, groups),
      direct: maybe(0.4, people),
      accounts: maybe(0.3, () => ({ Work: clean({ groups: maybe(0.6, groups), direct: maybe(0.3, people) }) ?? {} })),
    }),
  );
  // The newer package does not bring these channels along.
  const others = secondEra
    ? {}
    : {
        whatsapp: maybe(0.3, () => ({ groups: groups() })),
        slack: maybe(0.3, () => ({ channels: groups() })),
        discord: maybe(0.4, () => ({
          guilds: Object.fromEntries(
            some(['g1', 'g2', '*'], 2).map((g) => [
              g,
              { ...groupEntry(), channels: maybe(0.7, () => without(groups(), '*')) },
            ]),
          ),
        })),
      };
  const config = clean({
    agents: clean({ defaults, ...roster }),
    tools: toolsOf(0.6, true),
    session,
    bindings,
    channels: clean({ telegram, ...others }),
  });
  return {
    config: JSON.parse(JSON.stringify(config ?? {})),
    question: makeQuestion({ roll, pick, maybe, random, ids }),
  };
}

function without(object, key) {
  const { [key]: _, ...rest } = object;
  return rest;
}

function makeQuestion({ roll, pick, maybe, random, ids, secondEra }) {
  const agentId = pick(ids.length > 0 ? ids : ['main']);
  const provider = maybe(0.4, () => pick(['openai', 'anthropic', 'OPENAI']));
  const modelId = provider && maybe(0.5, () => pick(['gpt-5', 'o4']));
  const sender = { class: 'anyone', id: maybe(0.6, () => pick(SENDERS)) };
  const kind = random();
  if (kind < 0.12) return { agentId, sessionKey: pick(['main', 'global', `agent:${agentId}:main`, 'home']) };
  if (kind < 0.24) return { agentId, query: { provider, modelId } };
  if (kind < 0.34) return { agentId, query: { subagent: 1 + Math.floor(random() * 3), provider } };
  const channel = pick(['telegram', 'telegram', 'webchat', ...(secondEra ? [] : ['whatsapp', 'slack', 'discord'])]);
  const group = roll(0.6);
  const peer = group
    ? { kind: pick(['group', 'channel']), id: pick([...GROUPS, '-1003']) }
    : { kind: 'direct', id: sender.id ?? 'stranger' };
  return {
    query: {
      channel,
      account: maybe(0.4, () => pick(['default', 'work', 'other'])),
      peer,
      guildId: maybe(channel === 'discord' ? 0.9 : 0.2, () => pick(['g1', 'g3'])),
      teamId: maybe(0.1, () => 't1'),
      roles: maybe(0.2, () => ['r1', 'r2']),
      sender,
      provider,
      modelId,
    },
  };
}
