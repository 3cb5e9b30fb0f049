import { property } from '../foreign-json.ts';
import { entriesOf, parseJson } from './bounded-json.ts';
import type { Cell, ColumnRequest, ReadableDatabase } from './open.ts';

/**
 * Columns that hold a token or a private key as it is, by table (OpenClaw 2026.9.6 and the shared schemas before 13).
 * `worker_environment_credentials` has hashes only.
 */
const CLEAR_TEXT: readonly (readonly [table: string, column: string])[] = [
  ['device_auth_tokens', 'token'],
  ['gateway_origin_device_tokens', 'token'],
  ['device_bootstrap_tokens', 'token'],
  ['device_identities', 'private_key_pem'],
  ['node_host_config', 'token'],
  ['web_push_vapid_keys', 'private_key'],
];

const PROFILE_STORES = ['auth_profile_store', 'auth_profile_stores'];
const PROFILE_SECRETS = ['key', 'token', 'access', 'refresh', 'password', 'apiKey', 'idToken', 'clientSecret'];
/** Spellings of what an OAuth session is made of, compared in lower case and without underscores. */
const OAUTH_SECRETS = new Set(['accesstoken', 'refreshtoken', 'idtoken', 'clientsecret', 'codeverifier']);
const MAX_VISITS = 100_000;

/**
 * Counts credentials that stand in clear text: rows, or for a stored set of auth profiles the profiles. The values of
 * single credentials never leave SQLite; those inside JSON are looked at and let go.
 *
 * @param machineState the JSON texts of `config_machine_state` by key
 */
export function countCredentials(
  database: Pick<ReadableDatabase, 'read'>,
  machineState: ReadonlyMap<string, string>,
): { readonly [table: string]: number } {
  const counts: Record<string, number> = {};
  const tally = (table: string, columns: readonly ColumnRequest[], of: (row: readonly Cell[]) => number) => {
    const count = database.read(table, columns).rows.reduce((sum, row) => sum + of(row), 0);
    if (count > 0) counts[table] = count;
  };
  const hasContent = ([size]: readonly Cell[]) => Number(typeof size === 'number' && size > 0);

  tally('secret_store_entries', [{ sizeOf: 'value' }, 'deleted_at_ms'], ([size, deleted]) =>
    deleted === null ? hasContent([size]) : 0,
  );
  for (const [table, column] of CLEAR_TEXT) tally(table, [{ sizeOf: column }], hasContent);
  for (const table of PROFILE_STORES) tally(table, ['store_json'], ([json]) => countProfiles(parsed(json)));
  tally('mcp_oauth_stores', ['store_json'], ([json]) => Number(holdsSecret(parsed(json), OAUTH_SECRETS)));
  tally('device_pairing_paired', ['tokens_json'], ([json]) => Number(holdsSecret(parsed(json), new Set(['token']))));

  const stored =
    countProfiles(parsed(machineState.get('authProfiles.store'))) +
    Number(holdsSecret(parsed(machineState.get('webPush.vapidKeys')), new Set(['privatekey'])));
  if (stored > 0) counts.config_machine_state = stored;
  return counts;
}

function parsed(cell: Cell): unknown {
  return typeof cell === 'string' ? parseJson(cell)?.value : undefined;
}

/** Profiles of `{profiles: {<id>: {key | token | access | refresh …}}}` with a literal credential. */
function countProfiles(store: unknown): number {
  return entriesOf(property(store, 'profiles')).filter(([, profile]) =>
    PROFILE_SECRETS.some((key) => isLiteral(property(profile, key))),
  ).length;
}

/** True when a text under one of the names stands anywhere in the value. */
function holdsSecret(value: unknown, names: ReadonlySet<string>): boolean {
  const queue: unknown[] = [value];
  for (let visits = 0; visits < MAX_VISITS && queue.length > 0; visits++) {
    const next = queue.pop();
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, member] of Object.entries(next)) {
      if (names.has(key.replaceAll('_', '').toLowerCase()) && isLiteral(member)) return true;
      queue.push(member);
    }
  }
  return false;
}

/** A text that is more than a reference to a variable. */
function isLiteral(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && !/^\s*\$\{[A-Za-z_][A-Za-z0-9_]*\}\s*$/.test(value);
}
