import { nearest } from '../suggest.ts';
import { nodeAt } from '../table.ts';
import { member, type RuleView, textOf } from './view.ts';

// Channels of plugins that come with OpenClaw 2026.3.7. The table names those whose keys it knows; 2026.9.6 knows all.
const BUNDLED_CHANNELS: Readonly<Record<RuleView['era'], readonly string[]>> = {
  '2026.3.7': [
    'line',
    'mattermost',
    'nextcloud-talk',
    'feishu',
    'matrix',
    'zalo',
    'zalouser',
    'synology-chat',
    'tlon',
    'nostr',
    'twitch',
  ],
  '2026.9.6': [],
};

// Gone before 2026.3.7; no plugin brings it back.
const RETIRED_CHANNEL = 'webchat';

// A shorter id is too near to many others to call it a slip.
const SLIP_LENGTH = 5;

/** An id below `channels` that neither OpenClaw nor a plugin knows. */
export function checkChannelIds(view: RuleView): void {
  const root = nodeAt(view.table, view.table.root);
  const channels = root.keys?.channels === undefined ? undefined : nodeAt(view.table, root.keys.channels).keys;
  const known = [...Object.keys(channels ?? {}), ...BUNDLED_CHANNELS[view.era]];
  const { pluginChannels } = view.context;
  for (const { path, value } of view.each('channels.*')) {
    const id = String(path[1]).trim();
    if (id === '' || known.includes(id) || pluginChannels?.has(id) || isPluginNamed(view, id)) continue;
    const meant = nearest(id, known);
    const certain = pluginChannels !== undefined || id === RETIRED_CHANNEL || value.kind !== 'object';
    if (!certain && (!meant || id.length < SLIP_LENGTH)) continue;
    const found = value.kind === 'object' ? 'an object' : 'a value that is no object';
    view.report(path, 'a channel that OpenClaw or an installed plugin provides', found, 'unknown-key', meant);
  }
}

/** True when the config names a plugin of this id: then it is a plugin's channel, installed or not. */
function isPluginNamed(view: RuleView, id: string): boolean {
  const entries = ['entries', 'installs'].some((key) => member(view.root, 'plugins', key, id) !== undefined);
  return entries || view.each('plugins.allow.*').some(({ value }) => textOf(value)?.trim() === id);
}

// Plugins that come with OpenClaw 2026.3.7, and one that it removed and no longer minds.
const BUNDLED_PLUGINS = new Set([
  ...['acpx', 'bluebubbles', 'copilot-proxy', 'device-pair', 'diagnostics-otel', 'diffs', 'discord', 'feishu'],
  ...['google-antigravity-auth', 'google-gemini-cli-auth', 'googlechat', 'imessage', 'irc', 'line', 'llm-task'],
  ...['lobster', 'matrix', 'mattermost', 'memory-core', 'memory-lancedb', 'minimax-portal-auth', 'msteams'],
  ...['nextcloud-talk', 'nostr', 'open-prose', 'phone-control', 'qwen-portal-auth', 'signal', 'slack'],
  ...['synology-chat', 'talk-voice', 'telegram', 'thread-ownership', 'tlon', 'twitch', 'voice-call', 'whatsapp'],
  ...['zalo', 'zalouser'],
]);

/** `plugins.allow` and `deny` may name installed plugins only. OpenClaw 2026.3.7; 2026.9.6 warns. */
export function checkPluginIds(view: RuleView): void {
  const { plugins } = view.context;
  if (!plugins) return;
  const memory = view
    .each('plugins.slots.memory')
    .filter(({ value }) => textOf(value)?.trim().toLowerCase() !== 'none');
  for (const { path, value } of [...view.each('plugins.allow.*'), ...view.each('plugins.deny.*'), ...memory]) {
    const id = textOf(value);
    if (id === undefined || id.trim() === '' || BUNDLED_PLUGINS.has(id) || plugins.has(id)) continue;
    const meant = nearest(id, [...BUNDLED_PLUGINS, ...plugins]);
    view.report(path, 'the id of an installed plugin', 'another id', 'not-allowed-value', meant);
  }
}
