import type { KeyPath } from '../../core/ref.ts';

/** What must be written, set or on disk for OpenClaw to start a channel account. */
export type Requirement =
  | { readonly any: readonly Requirement[] }
  | { readonly all: readonly Requirement[] }
  /** A key of the account; the variable counts for the default account only. */
  | { readonly key: string; readonly env?: string }
  /** A login file: `{creds}` is the credentials directory, `{account}` the account id. */
  | { readonly file: string };

/** How two spellings of one sender are recognised: prefixes go first, then the rest. */
export interface IdentityRule {
  /** Prefixes in any case, each list stripped once, in this order. */
  readonly strip?: readonly (readonly string[])[];
  readonly lower?: boolean;
  /** Keep digits and plus, and put a plus in front. */
  readonly phone?: boolean;
  /** `<@123>` and `<@!123>` mean 123. */
  readonly mention?: boolean;
}

/** When an allowlist entry is a name that its owner may change, so that somebody else may take it. */
export interface MutableRule {
  readonly strip?: readonly (readonly string[])[];
  /** An entry that matches is stable; all others are mutable. */
  readonly stable?: RegExp;
  /** Or: an entry that matches is mutable; all others are stable. */
  readonly mutable?: RegExp;
  /** Lists of senders below the channel or an account; `*` stands for any key. */
  readonly lists: readonly KeyPath[];
}

/** Where one channel keeps what the checks need. Facts of OpenClaw 2026.3.7 and 2026.9.6. */
export interface ChannelSpec {
  readonly id: string;
  readonly label: string;
  /** Keys of the policy for direct messages, the current spelling first; empty when there is none. */
  readonly dmPolicy: readonly KeyPath[];
  readonly dmPolicyDefault: 'pairing' | 'allowlist' | 'open' | 'disabled';
  readonly allowFrom: readonly KeyPath[];
  /** `inherit`: accounts are laid over the channel; `own`: they stand alone and are off unless enabled; `single`: none. */
  readonly accounts: 'inherit' | 'own' | 'single';
  /** What the schema of 2026.3.7 writes into the channel and into each account. */
  readonly filled?: {
    readonly channel?: { readonly dmPolicy?: string; readonly groupPolicy?: string };
    readonly account?: { readonly dmPolicy?: string; readonly groupPolicy?: string };
  };
  /** The group policy when neither the channel nor `channels.defaults` says one; undefined when it has no groups. */
  readonly groupPolicyDefault: 'allowlist' | 'open' | undefined;
  /** The key that lists groups, guilds or rooms. */
  readonly groups?: string;
  readonly configured: Requirement;
  readonly identity: IdentityRule;
  readonly mutable?: MutableRule;
}
