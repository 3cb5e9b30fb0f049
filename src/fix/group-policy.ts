import { setKey } from '../core/fix.ts';
import type { Fix } from '../core/fix.ts';
import { formatKeyPath, type KeyPath } from '../core/ref.ts';
import { channelSpec } from '../model/channels/specs.ts';
import type { Model } from '../model/model.ts';

const SHARED: KeyPath = ['channels', 'defaults', 'groupPolicy'];

/** A safe fix that a rule of its own asks for, under the id of the check that reports the live ones. */
export interface RuleFix {
  readonly checkId: string;
  readonly fix: Fix;
  /** As `KeyChange.words`, where the values do not say it. */
  readonly words?: string;
}

/**
 * Closes every open group policy, also of channels and accounts that are switched off or not set up: the checks report
 * only those that run, and a channel must not open by being switched on. OpenClaw's own fixer does the same (2026.3.7
 * for seven channels, 2026.9.6 for all). `channels.defaults` counts where some channel takes its policy from there.
 */
export function groupPolicyFixes(model: Model): readonly RuleFix[] {
  const open = new Map<string, { readonly path: KeyPath; readonly channel: string }>();
  const add = (path: KeyPath, channel: string) => open.set(JSON.stringify(path), { path, channel });
  const shared = model.settings.string(SHARED, undefined).value === 'open';
  for (const { channel, groupPolicy, groupPolicyAt } of model.channelScopes) {
    if (channel === 'defaults' || groupPolicyAt.kind !== 'key') continue;
    if (groupPolicy === 'open') add(groupPolicyAt.path, channel);
    // A channel that only a plugin knows may fall back to the shared setting.
    else if (groupPolicy === undefined && shared && !channelSpec(channel)) add(SHARED, channel);
  }
  for (const { channel, groupPolicy } of model.channelAccounts)
    if (groupPolicy?.value === 'open') add(groupPolicy.path, channel);
  return [
    ...[...open.values()].map(({ path, channel }) => closing(model, path, channel)),
    ...groupSenders(model, new Set(open.keys())),
  ];
}

function closing(model: Model, path: KeyPath, channel: string): RuleFix {
  const label = channelSpec(channel)?.label ?? channel;
  const written = model.settings.string(path, undefined).value;
  return {
    checkId: `channels.${channel}.groups.open`,
    words: `${written ?? 'not set'} -> allowlist`,
    fix: {
      title: `Answer only in listed groups on ${label}`,
      safety: 'safe',
      ops: [setKey(path, 'allowlist')],
      sideEffect: `Groups on ${label} that are not listed get no answer any more.`,
    },
  };
}

/**
 * WhatsApp judges a group message by its sender. Where the policy was open and no sender is listed, the people whom this
 * very account has approved stay able to talk to it in groups; OpenClaw 2026.3.7 gives every account the list of the
 * default one.
 */
function groupSenders(model: Model, closed: ReadonlySet<string>): readonly RuleFix[] {
  return model.channelAccounts.flatMap((account) => {
    const { groupPolicy, allowFrom, groupAllowFrom, paired, path } = account;
    if (account.channel !== 'whatsapp' || !groupPolicy || !closed.has(JSON.stringify(groupPolicy.path))) return [];
    if (allowFrom.value.length > 0 || groupAllowFrom.value.length > 0 || paired.length === 0) return [];
    const senders = paired.filter((sender) => sender !== '*');
    if (senders.length === 0) return [];
    const key = [...path, 'groupAllowFrom'];
    return [
      {
        checkId: 'channels.whatsapp.groups.open',
        words: 'pairing-store',
        fix: {
          title: `Let the senders whom WhatsApp account ${account.id} has approved write in groups`,
          safety: 'safe',
          ops: [setKey(key, [...senders])],
          sideEffect: `In groups only the ${senders.length} approved senders of this account get an answer (${formatKeyPath(key)}).`,
        },
      },
    ];
  });
}
