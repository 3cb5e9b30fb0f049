import { sqlite } from './sqlite-kit.ts';

/** The columns that OpenClaw 2026.9.6 gives its shared database (`user_version` 18), as far as they are read. */
export const SHARED_SCHEMA = `
CREATE TABLE schema_meta(meta_key TEXT NOT NULL PRIMARY KEY, role TEXT NOT NULL, schema_version INTEGER NOT NULL, agent_id TEXT, app_version TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;
CREATE TABLE config_machine_state(state_key TEXT NOT NULL PRIMARY KEY, value_json TEXT NOT NULL, updated_at_ms INTEGER NOT NULL) STRICT;
CREATE TABLE exec_approvals_config(config_key TEXT NOT NULL PRIMARY KEY, raw_json TEXT NOT NULL, socket_path TEXT, has_socket_token INTEGER NOT NULL, default_security TEXT, default_ask TEXT, default_ask_fallback TEXT, auto_allow_skills INTEGER, agent_count INTEGER NOT NULL, allowlist_count INTEGER NOT NULL, updated_at_ms INTEGER NOT NULL) STRICT;
CREATE TABLE secret_store_entries(scope_kind TEXT NOT NULL, scope_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT, kind TEXT NOT NULL, created_at_ms INTEGER NOT NULL, updated_at_ms INTEGER NOT NULL, updated_by TEXT, deleted_at_ms INTEGER, allowed_hosts TEXT, PRIMARY KEY(scope_kind, scope_id, name)) STRICT;
CREATE INDEX secret_store_entries_live_idx ON secret_store_entries(scope_kind, scope_id, name) WHERE deleted_at_ms IS NULL;
CREATE TABLE channel_pairing_allow_entries(channel_key TEXT NOT NULL, account_id TEXT NOT NULL, entry TEXT NOT NULL, sort_order INTEGER NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY(channel_key, account_id, entry)) STRICT;
CREATE INDEX idx_channel_pairing_allow_account ON channel_pairing_allow_entries(channel_key, account_id, sort_order, entry);
CREATE TABLE device_pairing_paired(device_id TEXT NOT NULL PRIMARY KEY, public_key TEXT NOT NULL, display_name TEXT, role TEXT, roles_json TEXT, scopes_json TEXT, approved_scopes_json TEXT, remote_ip TEXT, tokens_json TEXT, approved_via TEXT, approved_at_ms INTEGER NOT NULL, last_seen_at_ms INTEGER) STRICT;
CREATE TABLE device_auth_tokens(device_id TEXT NOT NULL, role TEXT NOT NULL, token TEXT NOT NULL, scopes_json TEXT NOT NULL, updated_at_ms INTEGER NOT NULL, PRIMARY KEY(device_id, role)) STRICT;
CREATE TABLE gateway_origin_device_tokens(gateway_scope TEXT NOT NULL, device_id TEXT NOT NULL, role TEXT NOT NULL, token TEXT NOT NULL, scopes_json TEXT NOT NULL, updated_at_ms INTEGER NOT NULL, PRIMARY KEY(gateway_scope, device_id, role)) STRICT;
CREATE TABLE device_identities(identity_key TEXT NOT NULL PRIMARY KEY, device_id TEXT NOT NULL, public_key_pem TEXT NOT NULL, private_key_pem TEXT NOT NULL, created_at_ms INTEGER NOT NULL, updated_at_ms INTEGER NOT NULL) STRICT;
CREATE TABLE device_bootstrap_tokens(token_key TEXT NOT NULL PRIMARY KEY, token TEXT NOT NULL, setup_id TEXT, ts INTEGER NOT NULL, profile_json TEXT, issued_at_ms INTEGER NOT NULL, last_used_at_ms INTEGER) STRICT;
CREATE TABLE mcp_oauth_stores(store_key TEXT NOT NULL PRIMARY KEY, format_version INTEGER NOT NULL CHECK (format_version = 1), store_json TEXT NOT NULL, updated_at INTEGER NOT NULL) STRICT;
CREATE TABLE agent_databases(agent_id TEXT NOT NULL, path TEXT NOT NULL, schema_version INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, size_bytes INTEGER, PRIMARY KEY(agent_id, path)) STRICT;
PRAGMA user_version = 18;`;

/** Tables of shared schemas below 13 that later ones do not have. */
export const OLDER_SHARED_SCHEMA = `
CREATE TABLE schema_meta(meta_key TEXT NOT NULL PRIMARY KEY, role TEXT NOT NULL, schema_version INTEGER NOT NULL, agent_id TEXT, app_version TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
CREATE TABLE auth_profile_stores(store_key TEXT NOT NULL PRIMARY KEY, store_json TEXT NOT NULL, updated_at INTEGER NOT NULL);
CREATE TABLE installed_plugin_index(index_key TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, host_contract_version TEXT NOT NULL, generated_at_ms INTEGER NOT NULL, install_records_json TEXT NOT NULL, plugins_json TEXT NOT NULL, diagnostics_json TEXT NOT NULL, warning TEXT, updated_at_ms INTEGER NOT NULL);
CREATE TABLE node_host_config(config_key TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, node_id TEXT NOT NULL, token TEXT, updated_at_ms INTEGER NOT NULL);
CREATE TABLE web_push_vapid_keys(key_id TEXT NOT NULL PRIMARY KEY, public_key TEXT NOT NULL, private_key TEXT NOT NULL, subject TEXT NOT NULL, updated_at_ms INTEGER NOT NULL);
PRAGMA user_version = 11;`;

/** The columns of a database of one agent (`user_version` 23). */
export const AGENT_SCHEMA = `
CREATE TABLE schema_meta(meta_key TEXT NOT NULL PRIMARY KEY, role TEXT NOT NULL, schema_version INTEGER NOT NULL, agent_id TEXT, app_version TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;
CREATE TABLE auth_profile_store(store_key TEXT NOT NULL PRIMARY KEY, store_json TEXT NOT NULL, updated_at INTEGER NOT NULL) STRICT;
CREATE TABLE auth_profile_state(state_key TEXT NOT NULL PRIMARY KEY, state_json TEXT NOT NULL, updated_at INTEGER NOT NULL) STRICT;
CREATE TABLE transcript_events(session_id TEXT NOT NULL, seq INTEGER NOT NULL, event_json TEXT, created_at INTEGER NOT NULL, event_zstd BLOB, event_utf8_bytes INTEGER, navigation_json TEXT, PRIMARY KEY(session_id, seq)) STRICT;
PRAGMA user_version = 23;`;

/** Text as a SQL literal. */
export function quoted(value: unknown): string {
  return `'${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll("'", "''")}'`;
}

/** A row of `config_machine_state`. */
export function machineStateRow(key: string, value: unknown): string {
  return `INSERT INTO config_machine_state VALUES(${quoted(key)}, ${quoted(value)}, 1);`;
}

/** Stands in for a secret; must never come out of the reader. */
export const CANARY = 'canary-not-a-real-secret';

const APPROVALS = {
  version: 1,
  socket: { path: '/run/x.sock', token: `${CANARY}-socket` },
  defaults: { security: 'allowlist', ask: 'on-miss', autoAllowSkills: true },
  agents: {
    main: { security: 'full', allowlist: [{ id: '1', pattern: '/usr/bin/python3', lastUsedCommand: `x ${CANARY}` }] },
    '*': { ask: 'always', allowlist: [{ pattern: '/usr/bin/git' }] },
  },
};
const PROFILES = {
  version: 1,
  profiles: {
    'openai:default': { type: 'api_key', provider: 'openai', key: `${CANARY}-1` },
    'anthropic:oauth': { type: 'oauth', provider: 'anthropic', access: `${CANARY}-2`, refresh: `${CANARY}-3` },
    'github:env': { type: 'token', provider: 'github', token: '${GITHUB_TOKEN}' },
    'groq:ref': { type: 'api_key', provider: 'groq', keyRef: { source: 'env', provider: 'default', id: 'GROQ' } },
  },
};
const INDEX = {
  revision: 3,
  index: {
    version: 1,
    installRecords: {
      acme: {
        source: 'npm',
        spec: '@acme/plugin@latest',
        version: '1.0.0',
        resolvedVersion: '1.0.1',
        integrity: 'sha512-abc',
        installPath: '/home/u/.openclaw/npm/projects/acme/node_modules/@acme/plugin',
      },
      forge: { source: 'git', spec: `git+https://user:${CANARY}@example.com/x.git?token=${CANARY}#main` },
    },
    plugins: [{ pluginId: 'acme', rootDir: '/x' }, { pluginId: 'telegram' }],
    diagnostics: [],
  },
};

/** A shared database with something in every table that is read. */
export function sharedRows(): string[] {
  const secret = (n: number) => quoted(`${CANARY}-${n}`);
  return [
    "INSERT INTO schema_meta VALUES('primary', 'state', 18, NULL, '2026.9.6', 1, 1);",
    machineStateRow('authProfiles.store', PROFILES),
    machineStateRow('plugins.installedIndex', INDEX),
    machineStateRow('hooks.internal.installs', {
      'my-hook': { source: 'npm', spec: 'my-hook@1.2.3', version: '1.2.3' },
    }),
    machineStateRow('webPush.vapidKeys', { publicKey: 'p', privateKey: `${CANARY}-vapid` }),
    machineStateRow('cron.store', 'x'.repeat(20_000)),
    `INSERT INTO exec_approvals_config VALUES('current', ${quoted(APPROVALS)}, NULL, 1, NULL, NULL, NULL, NULL, 1, 1, 1);`,
    `INSERT INTO exec_approvals_config VALUES('previous', '{}', NULL, 0, NULL, NULL, NULL, NULL, 0, 0, 1);`,
    `INSERT INTO secret_store_entries VALUES('team', '', 'A', ${secret(10)}, 'secret', 1, 1, NULL, NULL, NULL);`,
    `INSERT INTO secret_store_entries VALUES('team', '', 'B', ${secret(11)}, 'env', 1, 1, NULL, NULL, NULL);`,
    `INSERT INTO secret_store_entries VALUES('team', '', 'GONE', ${secret(12)}, 'secret', 1, 1, NULL, 99, NULL);`,
    `INSERT INTO secret_store_entries VALUES('team', '', 'NONE', NULL, 'secret', 1, 1, NULL, NULL, NULL);`,
    "INSERT INTO channel_pairing_allow_entries VALUES('telegram', 'default', '222', 1, 1), ('telegram', 'default', '111', 0, 1), ('telegram', 'work', ' 333 ', 0, 1), ('discord', '', '*', 0, 1), ('discord', '', '444', 1, 1);",
    `INSERT INTO device_auth_tokens VALUES('d1', 'operator', ${secret(20)}, '[]', 1), ('d2', 'node', ${secret(21)}, '[]', 1);`,
    `INSERT INTO gateway_origin_device_tokens VALUES('g', 'd1', 'operator', ${secret(22)}, '[]', 1);`,
    `INSERT INTO device_identities VALUES('primary', 'd', 'public', ${secret(23)}, 1, 1);`,
    `INSERT INTO device_bootstrap_tokens VALUES('k', ${secret(24)}, NULL, 1, NULL, 1, NULL);`,
    `INSERT INTO device_pairing_paired VALUES('d1', 'p', 'phone', 'operator', NULL, NULL, NULL, NULL, ${quoted({ operator: { token: `${CANARY}-25` } })}, NULL, 1, 1), ('d2', 'p', 'old', 'node', NULL, NULL, NULL, NULL, NULL, NULL, 1, 1);`,
    `INSERT INTO mcp_oauth_stores VALUES('s1', 1, ${quoted({ tokens: { access_token: `${CANARY}-26`, token_type: 'bearer' } })}, 1), ('s2', 1, '{}', 1);`,
  ];
}

/** What an agent with two API keys of its own keeps. */
export function agentRows(): string[] {
  return [
    "INSERT INTO schema_meta VALUES('primary', 'agent', 23, 'ops', '2026.9.6', 1, 1);",
    `INSERT INTO auth_profile_store VALUES('primary', ${quoted(PROFILES)}, 1);`,
    `INSERT INTO transcript_events VALUES('s', 1, ${quoted(`{"text": "${CANARY}"}`)}, 1, NULL, 1, NULL);`,
  ];
}

/** Writes a whole shared database. */
export function makeShared(file: string): void {
  sqlite(file, 'PRAGMA journal_mode = WAL;', SHARED_SCHEMA, ...sharedRows());
}
