import { telegram } from './data/telegram.ts';
import { whatsapp } from './data/whatsapp.ts';
import { discord } from './data/discord.ts';
import { irc } from './data/irc.ts';
import { googlechat } from './data/googlechat.ts';
import { slack } from './data/slack.ts';
import { signal } from './data/signal.ts';
import { imessage } from './data/imessage.ts';
import { line } from './data/line.ts';
import { msteams } from './data/msteams.ts';
import { mattermost } from './data/mattermost.ts';
import { nextcloudTalk } from './data/nextcloud-talk.ts';
import { feishu } from './data/feishu.ts';
import { matrix } from './data/matrix.ts';
import { bluebubbles } from './data/bluebubbles.ts';
import { zalo } from './data/zalo.ts';
import { zalouser } from './data/zalouser.ts';
import { synologyChat } from './data/synology-chat.ts';
import { tlon } from './data/tlon.ts';
import { nostr } from './data/nostr.ts';
import { twitch } from './data/twitch.ts';
import { buzz } from './data/buzz.ts';
import { clickclack } from './data/clickclack.ts';
import { qaChannel } from './data/qa-channel.ts';
import { raft } from './data/raft.ts';
import { reef } from './data/reef.ts';
import { a2a } from './data/a2a.ts';
import { sms } from './data/sms.ts';
import type { ChannelSpec } from './spec.ts';

/** Every channel OpenClaw knows, in the order in which it evaluates them. */
export const CHANNEL_SPECS: readonly ChannelSpec[] = [
  telegram,
  whatsapp,
  discord,
  irc,
  googlechat,
  slack,
  signal,
  imessage,
  line,
  msteams,
  mattermost,
  nextcloudTalk,
  feishu,
  matrix,
  bluebubbles,
  zalo,
  zalouser,
  synologyChat,
  tlon,
  nostr,
  twitch,
  buzz,
  clickclack,
  qaChannel,
  raft,
  reef,
  a2a,
  sms,
];

/** The table of a channel; undefined for one that a plugin brings. */
export function channelSpec(id: string): ChannelSpec | undefined {
  return CHANNEL_SPECS.find((c) => c.id === id);
}
