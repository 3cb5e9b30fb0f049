import type { KeyPath, Ref } from '../core/ref.ts';
import type { FileFact } from '../core/snapshot.ts';
import type { ChannelAccount } from '../model/channels/accounts.ts';

/** What would close a boundary: named where it is found, turned into operations only when somebody asks. */
export type Lever =
  | { readonly lever: 'dm-policy'; readonly account: ChannelAccount }
  | { readonly lever: 'group-policy'; readonly account: ChannelAccount }
  /** Lists with a star below a group. */
  | { readonly lever: 'group-senders'; readonly at: Ref }
  /** A listed place whose members are all let in. */
  | { readonly lever: 'place-users'; readonly at: Ref; readonly label: string }
  | { readonly lever: 'bind' }
  | { readonly lever: 'funnel' }
  | { readonly lever: 'gateway-secret' }
  | { readonly lever: 'device-auth' }
  | { readonly lever: 'http-endpoint'; readonly path: KeyPath; readonly label: string }
  | { readonly lever: 'http-tools'; readonly tool: string }
  | { readonly lever: 'hooks-off' }
  | { readonly lever: 'hook-secret' }
  | { readonly lever: 'session-key' }
  | { readonly lever: 'unsafe-content'; readonly path: KeyPath }
  | { readonly lever: 'sandbox'; readonly agent: KeyPath | undefined }
  | { readonly lever: 'binds'; readonly path: KeyPath; readonly index: number }
  | { readonly lever: 'exec-host'; readonly path: KeyPath }
  | { readonly lever: 'exec-ask'; readonly agent: KeyPath | undefined }
  | { readonly lever: 'deny'; readonly agent: KeyPath | undefined; readonly tools: readonly string[] }
  | { readonly lever: 'elevated'; readonly path: KeyPath }
  | { readonly lever: 'workspace-only'; readonly agent: KeyPath | undefined }
  | { readonly lever: 'dm-scope' }
  | { readonly lever: 'group-scope'; readonly path: KeyPath }
  | { readonly lever: 'visibility' }
  | { readonly lever: 'private-network'; readonly path: KeyPath }
  | { readonly lever: 'chmod'; readonly files: readonly FileFact[]; readonly walked: boolean }
  | { readonly lever: 'plugins-allow' };
