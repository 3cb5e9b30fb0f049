import type { KeyPath } from '../../../core/ref.ts';
import type { ObjectValue, Value } from '../../value.ts';
import { isOpaque } from '../scalars.ts';
import { isFlag, isWhole, member, named, type RuleView, textOf } from './view.ts';

/** Where a channel keeps the policy for direct messages, and what an account takes over from it. OpenClaw 2026.3.7. */
interface DmShape {
  /** `own`: an account has its own policy, `pairing` unless set. `inherited`: that of the channel unless set. `nested`: below `dm`. */
  readonly policy: 'own' | 'inherited' | 'nested';
  readonly skipsDisabledAccounts?: boolean;
}

// The channels whose settings 2026.3.7 itself checks; the others belong to their plugins.
const DM_SHAPES: Readonly<Record<string, DmShape>> = {
  whatsapp: { policy: 'own' },
  telegram: { policy: 'own' },
  discord: { policy: 'inherited' },
  irc: { policy: 'own' },
  googlechat: { policy: 'nested' },
  slack: { policy: 'inherited', skipsDisabledAccounts: true },
  signal: { policy: 'own' },
  imessage: { policy: 'own' },
  bluebubbles: { policy: 'own' },
  msteams: { policy: 'own' },
};

/** `dmPolicy: open` needs `*` in the allowlist, `allowlist` needs an entry. 2026.9.6 only warns. */
export function checkDmPolicies(view: RuleView): void {
  for (const [id, shape] of Object.entries(DM_SHAPES)) {
    for (const { path, value: channel } of view.objects(`channels.${id}`)) {
      checkDmPolicy(view, path, channel, undefined, shape);
      for (const { path: at, value: account } of view.objects(`channels.${id}.accounts.*`)) {
        if (shape.skipsDisabledAccounts && isFlag(member(account, 'enabled'), false)) continue;
        checkDmPolicy(view, at, account, channel, shape);
      }
    }
  }
}

function checkDmPolicy(
  view: RuleView,
  path: KeyPath,
  own: ObjectValue,
  channel: ObjectValue | undefined,
  shape: DmShape,
) {
  const nested = shape.policy === 'nested';
  if (nested && !isWhole(member(own, 'dm'))) return;
  const policies = nested
    ? [member(own, 'dm', 'policy')]
    : shape.policy === 'own'
      ? [member(own, 'dmPolicy')]
      : [own, channel].flatMap((level) => [member(level, 'dmPolicy'), member(level, 'dm', 'policy')]);
  const lists = nested
    ? [member(own, 'dm', 'allowFrom')]
    : [own, channel].flatMap((level) =>
        shape.policy === 'own'
          ? [member(level, 'allowFrom')]
          : [member(level, 'allowFrom'), member(level, 'dm', 'allowFrom')],
      );
  const policy = textOf(policies.find((value) => value !== undefined));
  const list = lists.find((value) => value !== undefined);
  const at = [...path, ...(nested ? ['dm', 'allowFrom'] : ['allowFrom'])];
  const policyKey = named([...path, ...(nested ? ['dm', 'policy'] : ['dmPolicy'])]);
  if (policy === 'open' && !mayHold(list, (entry) => entry === '*')) {
    view.report(at, `"*" in the list, for ${policyKey} is open`, list ? 'a list without "*"' : 'nothing');
  } else if (policy === 'allowlist' && !mayHold(list, (entry) => entry !== '')) {
    view.report(at, `at least one sender, for ${policyKey} is allowlist`, list ? 'an empty list' : 'nothing');
  }
}

/** True unless it is certain that no entry of the list passes. */
function mayHold(list: Value | undefined, passes: (entry: string) => boolean): boolean {
  if (list === undefined) return false;
  // Another type than a list is a problem of its own.
  if (list.kind !== 'array' || list.incomplete !== undefined) return true;
  return list.items.some(
    (item) => item.kind === 'object' || item.kind === 'array' || isOpaque(item) || passes(String(item.value).trim()),
  );
}

/** Secrets and addresses that a mode of a channel needs. OpenClaw 2026.3.7. */
export function checkChannelSecrets(view: RuleView): void {
  for (const { path, value: channel } of view.objects('channels.telegram')) {
    const shared = hasSecret(member(channel, 'webhookSecret'));
    for (const { at, level } of levelsOf(view, path, channel)) {
      if (isBlank(member(level, 'webhookUrl')) || shared || hasSecret(member(level, 'webhookSecret'))) continue;
      view.report([...at, 'webhookSecret'], 'a secret, for webhookUrl is set', 'nothing', 'missing');
    }
  }
  for (const { path, value: channel } of view.objects('channels.slack')) {
    const mode = textOf(member(channel, 'mode')) ?? 'socket';
    for (const { at, level } of levelsOf(view, path, channel)) {
      if ((textOf(member(level, 'mode')) ?? mode) !== 'http') continue;
      if (hasSecret(member(level, 'signingSecret') ?? member(channel, 'signingSecret'))) continue;
      view.report([...at, 'signingSecret'], 'a secret, for mode is http', 'nothing', 'missing');
    }
  }
  for (const { path, value: channel } of view.objects('channels.irc')) {
    for (const { at, level } of levelsOf(view, path, channel, true)) {
      if (!isFlag(member(level, 'nickserv', 'register'), true) || !isBlank(member(level, 'nickserv', 'registerEmail')))
        continue;
      view.report([...at, 'nickserv', 'registerEmail'], 'an address, for register is true', 'nothing', 'missing');
    }
  }
}

function levelsOf(view: RuleView, path: KeyPath, channel: ObjectValue, disabledToo = false) {
  const accounts = view
    .objects([...path, 'accounts', '*'].join('.'))
    .filter(({ value }) => disabledToo || !isFlag(member(value, 'enabled'), false))
    .map(({ path: at, value: level }) => ({ at, level }));
  return [{ at: path, level: channel }, ...accounts];
}

function isBlank(value: Value | undefined): boolean {
  return value === undefined || (value.kind === 'string' && !isOpaque(value) && value.value.trim() === '');
}

function hasSecret(value: Value | undefined): boolean {
  return !isBlank(value);
}
