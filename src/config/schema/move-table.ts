import { SECOND_ERA_FROM } from '../../core/version.ts';

/** A key that another version of OpenClaw spells differently, or that went away. Sources: OpenClaw 2026.3.7 and 2026.9.6. */
export interface KeyMove {
  /**
   * The older spelling. `*` stands for one step, `{agent}` for `agents.defaults` or one agent of the roster,
   * `{channel}` or `{slack}` for any or that channel and each of its accounts.
   */
  readonly from: string;
  /** The newer spelling; absent when the key is gone for good. */
  readonly to?: string;
  /**
   * The version from which only the newer spelling is read. `exact` is false when the release is not known: it lies
   * before 2026.3.7, or between it and 2026.9.6, and the start of the second era is given.
   */
  readonly since: string;
  readonly exact: boolean;
  /** True when the versions before read the newer spelling too. */
  readonly always?: boolean;
  /** Steps that a star does not stand for. */
  readonly except?: readonly string[];
  /** Set when the value has to change with the key, e.g. `the opposite value`. */
  readonly newValue?: string;
}

function moved(since: string, exact: boolean, pairs: Readonly<Record<string, string>>): KeyMove[] {
  return Object.entries(pairs).map(([from, to]) => ({ from, to, since, exact }));
}

function alwaysRead(since: string, exact: boolean, pairs: Readonly<Record<string, string>>): KeyMove[] {
  return moved(since, exact, pairs).map((move) => ({ ...move, always: true }));
}

function rewritten(pairs: Readonly<Record<string, readonly [to: string, newValue: string]>>): KeyMove[] {
  return Object.entries(pairs).map(([from, [to, newValue]]) => ({
    from,
    to,
    since: SECOND_ERA_FROM,
    exact: false,
    always: true,
    newValue,
  }));
}

function removed(since: string, exact: boolean, keys: readonly string[]): KeyMove[] {
  return keys.map((from) => ({ from, since, exact }));
}

// Keys of the releases before the oldest one that is known; 2026.3.7 refuses them already.
const BEFORE: readonly KeyMove[] = [
  ...moved('2026.3.7', false, {
    'gateway.token': 'gateway.auth.token',
    whatsapp: 'channels.whatsapp',
    telegram: 'channels.telegram',
    discord: 'channels.discord',
    slack: 'channels.slack',
    signal: 'channels.signal',
    imessage: 'channels.imessage',
    msteams: 'channels.msteams',
    'routing.allowFrom': 'channels.whatsapp.allowFrom',
    'routing.bindings': 'bindings',
    'routing.agents': 'agents.list',
    'routing.agentToAgent': 'tools.agentToAgent',
    'routing.groupChat.mentionPatterns': 'messages.groupChat.mentionPatterns',
    'routing.groupChat.historyLimit': 'messages.groupChat.historyLimit',
    'routing.queue': 'messages.queue',
    'channels.telegram.requireMention': 'channels.telegram.groups.*.requireMention',
    agent: 'agents.defaults',
    identity: 'agents.list.*.identity',
    heartbeat: 'agents.defaults.heartbeat',
    memorySearch: 'agents.defaults.memorySearch',
    'tools.bash': 'tools.exec',
    'session.threadBindings.ttlHours': 'session.threadBindings.idleHours',
    '{channel}.threadBindings.ttlHours': '{channel}.threadBindings.idleHours',
  }),
  { from: 'messages.tts.enabled', to: 'messages.tts.auto', since: '2026.3.7', exact: false, newValue: 'off or always' },
  ...removed('2026.3.7', false, ['routing', 'gateway.webchat', 'channels.webchat']),
];

// The tranche of July 2026, stable with the second era.
const TRANCHE: readonly KeyMove[] = [
  ...moved(SECOND_ERA_FROM, true, {
    'agents.list': 'agents.entries',
    'gateway.nodes.denyCommands': 'gateway.nodes.commands.deny',
    'gateway.nodes.allowCommands': 'gateway.nodes.commands.allow',
    'gateway.nodes.skills.enabled': 'gateway.nodes.allowSkills',
    'tools.exec.timeoutSec': 'tools.exec.timeoutSeconds',
    '{agent}.tools.exec.timeoutSec': '{agent}.tools.exec.timeoutSeconds',
    audit: 'logging.audit',
    media: 'attachments',
    '{agent}.sandbox.browser.enableNoVnc': '{agent}.sandbox.browser.noVncEnabled',
    '{slack}.identity': '{slack}.postAs',
  }),
  ...alwaysRead(SECOND_ERA_FROM, true, {
    'browser.ssrfPolicy.hostnameAllowlist': 'browser.ssrfPolicy.allowedHostnames',
    '{googlechat}.serviceAccountRef': '{googlechat}.serviceAccount',
    'web.enabled': 'channels.whatsapp.enabled',
    'session.idleMinutes': 'session.reset.idleMinutes',
  }),
  { from: 'env.*', to: 'env.vars.*', since: SECOND_ERA_FROM, exact: true, always: true, except: ['vars', 'shellEnv'] },
  {
    from: '{signal}.httpHost',
    to: '{signal}.transport.url',
    since: SECOND_ERA_FROM,
    exact: true,
    newValue: 'one URL of host and port',
  },
  ...removed(SECOND_ERA_FROM, true, [
    'logging.redactSensitive',
    'commands.useAccessGroups',
    'commands.ownerDisplay',
    'commands.ownerDisplaySecret',
    'gateway.controlUi.allowInsecureAuth',
    'plugins.installs',
    'plugins.bundledDiscovery',
    'hooks.internal.installs',
    'meta.lastTouchedAt',
    'cron.store',
    'cron.runLog',
    'secrets.providers.*.allowInsecurePath',
    'secrets.providers.*.allowSymlinkCommand',
    'web',
  ]),
];

// Somewhere between 2026.3.7 and 2026.9.6.
const LATER: readonly KeyMove[] = [
  ...moved(SECOND_ERA_FROM, false, {
    'agents.defaults.memorySearch': 'memory.search',
    'agents.list.*.memorySearch': 'agents.list.*.memory.search',
    'agents.entries.*.memorySearch': 'agents.entries.*.memory.search',
    'messages.tts': 'tts',
    '{agent}.embeddedPi': '{agent}.embeddedAgent',
    'agents.defaults.pdfMaxBytesMb': 'agents.defaults.pdfMaxMb',
    '{googlechat}.dm.policy': '{googlechat}.dmPolicy',
    '{googlechat}.dm.allowFrom': '{googlechat}.allowFrom',
    '{channel}.heartbeat': '{channel}.heartbeatVisibility',
    '{channel}.chunkMode': '{channel}.streaming.chunkMode',
    '{channel}.blockStreaming': '{channel}.streaming.block.enabled',
    '{channel}.blockStreamingCoalesce': '{channel}.streaming.block.coalesce',
    '{channel}.draftChunk': '{channel}.streaming.preview.chunk',
    '{channel}.streamMode': '{channel}.streaming.mode',
    '{slack}.nativeStreaming': '{slack}.streaming.nativeTransport',
    '{channel}.threadBindings.spawnSubagentSessions': '{channel}.threadBindings.spawnSessions',
    '{channel}.threadBindings.spawnAcpSessions': '{channel}.threadBindings.spawnSessions',
    canvasHost: 'plugins.entries.canvas.config.host',
    'tools.web.x_search.apiKey': 'plugins.entries.xai.config.webSearch.apiKey',
    'tools.web.search.grok': 'plugins.entries.xai.config.webSearch',
    'tools.web.search.gemini': 'plugins.entries.google.config.webSearch',
  }),
  ...alwaysRead(SECOND_ERA_FROM, false, {
    'browser.ssrfPolicy.allowPrivateNetwork': 'browser.ssrfPolicy.dangerouslyAllowPrivateNetwork',
    'session.resetByType.dm': 'session.resetByType.direct',
    'session.typingMode': 'agents.defaults.typingMode',
    'cron.failureDestination': 'cron.failureAlert',
    '{discord}.dm.policy': '{discord}.dmPolicy',
    '{discord}.dm.allowFrom': '{discord}.allowFrom',
    '{slack}.dm.policy': '{slack}.dmPolicy',
    '{slack}.dm.allowFrom': '{slack}.allowFrom',
    '{whatsapp}.messagePrefix': '{whatsapp}.responsePrefix',
    'messages.messagePrefix': 'channels.whatsapp.responsePrefix',
    '{discord}.guilds.*.channels.*.allow': '{discord}.guilds.*.channels.*.enabled',
    '{slack}.channels.*.allow': '{slack}.channels.*.enabled',
    '{googlechat}.groups.*.allow': '{googlechat}.groups.*.enabled',
  }),
  ...rewritten({
    'tools.message.allowCrossContextSend': ['tools.message.crossContext', 'allowAcrossProviders as wanted'],
    'audio.transcription': ['tools.media.models', 'an entry of type cli'],
    '{agent}.sandbox.perSession': ['{agent}.sandbox.scope', 'session for true, shared for false'],
    'session.maintenance.pruneDays': ['session.maintenance.pruneAfter', 'the number followed by d'],
  }),
  {
    from: 'mcp.servers.*.disabled',
    to: 'mcp.servers.*.enabled',
    since: SECOND_ERA_FROM,
    exact: false,
    newValue: 'the opposite value',
  },
  ...removed(SECOND_ERA_FROM, false, [
    'hooks.internal.handlers',
    'memory.backend',
    'memory.qmd',
    'gateway.tailscale.serviceName',
    'gateway.tailscale.resetOnExit',
    'gateway.channelHealthCheckMinutes',
    'cron.webhook',
    'cron.retry',
    'cron.maxConcurrentRuns',
    'agents.defaults.agentRuntime',
    'agents.defaults.cliBackends',
    'agents.entries.*.agentRuntime',
    'skills.workshop.allowSymlinkTargetWrites',
    'skills.workshop.autonomous.enabled',
    'session.parentForkMaxTokens',
    'session.agentToAgent',
    'session.typingIntervalSeconds',
    'ui.assistant',
    'cli',
    'auth.cooldowns',
    'secrets.resolution',
    'messages.suppressToolErrors',
    'messages.removeAckAfterReply',
    'models.bedrockDiscovery',
    'channels.bluebubbles',
    'browser.color',
    'browser.profiles.*.color',
  ]),
];

/** Every known change of a key, the oldest first. */
export const KEY_MOVES: readonly KeyMove[] = [...BEFORE, ...TRANCHE, ...LATER];

/** A value that a version spells differently: `gateway.bind: "0.0.0.0"` became `lan`. */
export interface ValueMove {
  readonly at: string;
  readonly from: string;
  readonly to: string;
}

/** Values that once were allowed, and what stands for them since. */
export const VALUE_MOVES: readonly ValueMove[] = [
  ...['0.0.0.0', '::', '[::]', '*'].map((from) => ({ at: 'gateway.bind', from, to: 'lan' })),
  ...['127.0.0.1', 'localhost', '::1', '[::1]'].map((from) => ({ at: 'gateway.bind', from, to: 'loopback' })),
  { at: 'bindings.*.match.peer.kind', from: 'dm', to: 'direct' },
  { at: 'gateway.reload.mode', from: 'restart', to: 'hybrid' },
  { at: 'gateway.reload.mode', from: 'hot', to: 'hybrid' },
  { at: 'logging.consoleStyle', from: 'compact', to: 'pretty' },
];
