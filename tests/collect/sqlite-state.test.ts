import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStoredState } from '../../src/collect/sqlite/state.ts';
import {
  AGENT_SCHEMA,
  agentRows,
  CANARY,
  machineStateRow,
  makeShared,
  OLDER_SHARED_SCHEMA,
  quoted,
  SHARED_SCHEMA,
} from './sqlite-fixtures.ts';
import { cleanUp, fingerprint, killed, sqlite, sqliteKeepingWal, sqliteStaying, tempDir } from './sqlite-kit.ts';

afterEach(cleanUp);
let state: string;
let shared: string;
beforeEach(() => {
  state = tempDir();
  shared = path.join(state, 'state', 'openclaw.sqlite');
});

function write(name: string, content: unknown): string {
  const file = path.join(state, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const agentFile = (id: string) => path.join(state, 'agents', id, 'agent', 'openclaw-agent.sqlite');
const put = (...lines: string[]) => sqlite(shared, SHARED_SCHEMA, ...lines);

describe('a state directory of OpenClaw 2026.9.6', () => {
  it('is read as it is, and no secret comes out', async () => {
    makeShared(shared);
    sqlite(agentFile('ops'), AGENT_SCHEMA, ...agentRows());
    const before = fingerprint(state);
    const result = await readStoredState(state, ['main', 'ops', 'ops']);
    expect(fingerprint(state)).toEqual(before);
    expect(result).toEqual({
      machine: {
        databases: [
          {
            path: shared,
            status: 'ok',
            schemaVersion: 18,
            appVersion: '2026.9.6',
            secretRows: {
              secret_store_entries: 2,
              device_auth_tokens: 2,
              gateway_origin_device_tokens: 1,
              device_bootstrap_tokens: 1,
              device_identities: 1,
              mcp_oauth_stores: 1,
              device_pairing_paired: 1,
              config_machine_state: 3,
            },
          },
          {
            path: agentFile('ops'),
            status: 'ok',
            schemaVersion: 23,
            appVersion: '2026.9.6',
            secretRows: { auth_profile_store: 2 },
          },
        ],
        execApprovals: {
          path: shared,
          defaults: { security: 'allowlist', ask: 'on-miss', autoAllowSkills: true, allowlist: [] },
          agents: {
            main: { security: 'full', allowlist: ['/usr/bin/python3'] },
            '*': { ask: 'always', allowlist: ['/usr/bin/git'] },
          },
        },
        mcporter: { status: 'missing', servers: [] },
        indexedPlugins: ['acme', 'telegram'],
      },
      pairing: [
        { channel: 'telegram', account: 'default', path: shared, entries: ['111', '222'] },
        { channel: 'telegram', account: 'work', path: shared, entries: ['333'] },
        { channel: 'discord', account: 'default', path: shared, entries: ['444'] },
      ],
      installs: [
        {
          id: 'acme',
          kind: 'plugin',
          source: 'npm',
          spec: '@acme/plugin@latest',
          version: '1.0.0',
          resolvedVersion: '1.0.1',
          integrity: 'sha512-abc',
          installPath: '/home/u/.openclaw/npm/projects/acme/node_modules/@acme/plugin',
          recordedIn: shared,
        },
        { id: 'forge', kind: 'plugin', source: 'git', spec: 'git+https://example.com/x.git#main', recordedIn: shared },
        { id: 'my-hook', kind: 'hook', source: 'npm', spec: 'my-hook@1.2.3', version: '1.2.3', recordedIn: shared },
      ],
      gaps: [],
    });
    expect(JSON.stringify(result)).not.toContain(CANARY);
  });

  it('is read while the newest rows stand in the log only, and a gateway has it open', async () => {
    put();
    sqliteKeepingWal(shared, machineStateRow('plugins.installedIndex', { index: { installRecords: {}, plugins: [] } }));
    const gateway = await sqliteStaying(
      shared,
      "INSERT INTO channel_pairing_allow_entries VALUES('signal', 'default', '+1', 0, 1);",
      "BEGIN; INSERT INTO channel_pairing_allow_entries VALUES('signal', 'default', 'not yet', 0, 1);",
    );
    const before = fingerprint(state);
    const { pairing, gaps } = await readStoredState(state, []);
    expect(fingerprint(state)).toEqual(before);
    expect([pairing.map((store) => store.entries), gaps]).toEqual([[['+1']], []]);
    await killed(gateway);
  });

  it('prefers the database to files that were left behind', async () => {
    makeShared(shared);
    write('exec-approvals.json', { version: 1, defaults: { security: 'full' } });
    write('plugins/installs.json', { installRecords: { old: { source: 'npm', spec: 'old' } } });
    const { machine, installs } = await readStoredState(state, []);
    expect(machine.execApprovals?.path).toBe(shared);
    expect(installs.map(({ id }) => id)).toEqual(['acme', 'forge', 'my-hook']);
  });
});

describe('a state directory of an older version', () => {
  it('is read from the tables that have gone since', async () => {
    sqlite(
      shared,
      OLDER_SHARED_SCHEMA,
      "INSERT INTO schema_meta VALUES('primary', 'state', 11, NULL, '2026.7.1', 1, 1);",
      `INSERT INTO auth_profile_stores VALUES('shared', ${quoted({ profiles: { a: { token: CANARY }, b: {} } })}, 1);`,
      `INSERT INTO installed_plugin_index VALUES('installed-plugin-index', 1, '1', 1, ${quoted({ brave: { source: 'npm', spec: 'brave@1.0.0' } })}, ${quoted([{ pluginId: 'brave' }])}, '[]', NULL, 1);`,
      `INSERT INTO node_host_config VALUES('c', 1, 'n', ${quoted(CANARY)}, 1);`,
      `INSERT INTO web_push_vapid_keys VALUES('k', 'p', ${quoted(CANARY)}, 's', 1);`,
    );
    const approvals = write('exec-approvals.json', { version: 1, agents: { main: { allowlist: ['/bin/ls'] } } });
    const { machine, installs } = await readStoredState(state, []);
    expect(machine).toEqual({
      databases: [
        {
          path: shared,
          status: 'ok',
          schemaVersion: 11,
          appVersion: '2026.7.1',
          secretRows: { auth_profile_stores: 1, node_host_config: 1, web_push_vapid_keys: 1 },
        },
      ],
      execApprovals: {
        path: approvals,
        defaults: { allowlist: [] },
        agents: { main: { allowlist: ['/bin/ls'] } },
      },
      mcporter: { status: 'missing', servers: [] },
      indexedPlugins: ['brave'],
    });
    expect(installs).toEqual([{ id: 'brave', kind: 'plugin', source: 'npm', spec: 'brave@1.0.0', recordedIn: shared }]);
  });

  it('is read from files when there is no database', async () => {
    const file = write('plugins/installs.json', {
      version: 1,
      plugins: [{ pluginId: 'one', installRecord: { source: 'path', installPath: '/p' } }, { pluginId: 'two' }],
    });
    const { machine, installs, pairing, gaps } = await readStoredState(state, ['main']);
    expect(machine).toEqual({
      databases: [],
      mcporter: { status: 'missing', servers: [] },
      indexedPlugins: ['one', 'two'],
    });
    expect(installs).toEqual([{ id: 'one', kind: 'plugin', source: 'path', installPath: '/p', recordedIn: file }]);
    expect([pairing, gaps]).toEqual([[], []]);
  });

  it.each([
    ['installRecords', { installRecords: { a: { source: 'npm' } }, records: { b: { source: 'npm' } } }, ['a']],
    ['records', { records: { b: { source: 'npm' } }, plugins: [] }, ['b']],
  ])('has its records under %s', async (_, index, ids) => {
    write('plugins/installs.json', index);
    expect((await readStoredState(state, [])).installs.map(({ id }) => id)).toEqual(ids);
  });

  it('has nothing at all', async () => {
    expect(await readStoredState(path.join(state, 'none'), ['main'])).toEqual({
      machine: { databases: [], mcporter: { status: 'missing', servers: [] }, indexedPlugins: [] },
      pairing: [],
      installs: [],
      gaps: [],
    });
  });
});

describe('a database that cannot be read', () => {
  it.each([
    ['text', () => write('state/openclaw.sqlite', CANARY.repeat(50)), 'corrupt'],
    ['a directory', () => mkdirSync(shared, { recursive: true }), 'unreadable'],
    [
      'a link',
      () => {
        mkdirSync(path.dirname(shared));
        symlinkSync('/dev/zero', shared);
      },
      'unreadable',
    ],
    [
      'too large',
      () => {
        put();
        truncateSync(shared, 2 ** 33);
      },
      'too-large',
    ],
    [
      'interrupted',
      () => {
        put();
        writeFileSync(`${shared}-journal`, Buffer.concat([Buffer.from('d9d505f920a163d7', 'hex'), Buffer.alloc(504)]));
      },
      'changing',
    ],
  ])('because it is %s makes what it may hold unknown', async (_, make, status) => {
    make();
    const { machine, gaps } = await readStoredState(state, []);
    expect(machine.databases).toEqual([{ path: shared, status, secretRows: {}, error: expect.any(String) }]);
    expect(machine.execApprovals).toEqual({
      path: shared,
      defaults: { allowlist: [] },
      agents: {},
      error: 'the database that may hold newer ones could not be read',
    });
    expect(gaps.map(({ what }) => what)).toEqual([shared, `exec approvals in ${shared}`]);
    expect(JSON.stringify(gaps)).not.toContain(CANARY);
  });

  it('does not hide the older file, but does not pass it off as the newest', async () => {
    write('state/openclaw.sqlite', 'x');
    write('exec-approvals.json', { defaults: { security: 'deny' } });
    expect((await readStoredState(state, [])).machine.execApprovals).toMatchObject({
      path: path.join(state, 'exec-approvals.json'),
      defaults: { security: 'deny' },
      error: 'the database that may hold newer ones could not be read',
    });
  });

  it('because the time is up is told of', async () => {
    put();
    const { machine } = await readStoredState(state, ['main'], { totalMs: -1 });
    expect(machine.databases).toEqual([
      { path: shared, status: 'unreadable', secretRows: {}, error: 'there was no time left to read it' },
    ]);
  });

  it('in one table keeps the others', async () => {
    makeShared(shared);
    const bytes = readFileSync(shared);
    const root = Number(
      sqlite(shared, "SELECT rootpage FROM sqlite_schema WHERE name = 'channel_pairing_allow_entries';"),
    );
    bytes.fill(0xee, (root - 1) * 4096, (root - 1) * 4096 + 8);
    writeFileSync(shared, bytes);
    const { machine, pairing, gaps } = await readStoredState(state, []);
    expect(machine.databases).toMatchObject([
      {
        status: 'corrupt',
        error: 'SQLite finds it damaged in channel_pairing_allow_entries',
        secretRows: { device_auth_tokens: 2 },
      },
    ]);
    expect(machine.execApprovals?.agents.main).toEqual({ security: 'full', allowlist: ['/usr/bin/python3'] });
    expect(pairing).toEqual([]);
    expect(gaps).toEqual([{ what: shared, reason: 'SQLite finds it damaged in channel_pairing_allow_entries' }]);
  });

  it('with a name that leads elsewhere is not looked for', async () => {
    sqlite(path.join(state, 'x', 'agent', 'openclaw-agent.sqlite'), AGENT_SCHEMA);
    const { machine } = await readStoredState(state, ['../x', '..', '.', '', 'a/../../x', 'a\0', '__proto__']);
    expect(machine.databases).toEqual([]);
  });
});

describe('values of the wrong shape', () => {
  const odd: unknown[] = [null, true, 0, 'text', [], [[]], {}, { index: null }, { index: [] }, { index: 'x' }];

  it.each(odd.map((value) => [JSON.stringify(value), value]))('%s for every JSON value', async (_, value) => {
    put(
      ...['authProfiles.store', 'plugins.installedIndex', 'hooks.internal.installs', 'webPush.vapidKeys'].map((key) =>
        machineStateRow(key, JSON.stringify(value)),
      ),
      `INSERT INTO exec_approvals_config VALUES('current', ${quoted(JSON.stringify(value))}, NULL, 0, NULL, NULL, NULL, NULL, 0, 0, 1);`,
      `INSERT INTO mcp_oauth_stores VALUES('s', 1, ${quoted(JSON.stringify(value))}, 1);`,
    );
    write('skills/config/mcporter.json', JSON.stringify(value));
    const { machine, installs } = await readStoredState(state, []);
    expect(machine.databases).toMatchObject([{ status: 'ok', secretRows: {} }]);
    expect(installs).toEqual([]);
    expect(machine.indexedPlugins).toEqual([]);
    expect(machine.mcporter).toEqual({ status: 'ok', servers: [] });
    expect(machine.execApprovals).toMatchObject({ defaults: { allowlist: [] }, agents: {} });
  });

  it('in place of members are left out and told of', async () => {
    put(
      machineStateRow('plugins.installedIndex', {
        index: {
          installRecords: { a: null, b: 'x', c: {}, d: { source: 5 }, e: { source: 'npm', spec: 7, version: [] } },
          plugins: [null, 'x', { pluginId: 3 }, { pluginId: 'p' }],
        },
      }),
      machineStateRow('hooks.internal.installs', { h: 1 }),
      `INSERT INTO exec_approvals_config VALUES('current', ${quoted({ defaults: { security: 1, ask: {}, autoAllowSkills: 'yes', allowlist: {} }, agents: { a: { allowlist: [1, null, {}, { pattern: '' }, { pattern: 'ok' }, 'plain'] }, b: 5 } })}, NULL, 0, NULL, NULL, NULL, NULL, 0, 0, 1);`,
    );
    const { machine, installs, gaps } = await readStoredState(state, []);
    expect(installs).toEqual([{ id: 'e', kind: 'plugin', source: 'npm', recordedIn: shared }]);
    expect(machine.indexedPlugins).toEqual(['p']);
    expect(machine.execApprovals).toEqual({
      path: shared,
      defaults: { allowlist: [] },
      agents: { a: { allowlist: ['ok', 'plain'] } },
      error: '5 of its entries have no known form or are too many',
    });
    expect(gaps.map(({ reason }) => reason)).toEqual([
      '4 plugin install records have no known form or are too many',
      '3 entries of its index of plugins have no known form or are too many',
      '1 hook install records have no known form or are too many',
      '5 of its entries have no known form or are too many',
    ]);
  });

  it('that are no JSON, or too much of it, are told of without a quotation', async () => {
    const bomb = '['.repeat(2_000_000);
    put(
      machineStateRow('plugins.installedIndex', `{"index": ${CANARY}`),
      machineStateRow('hooks.internal.installs', bomb),
      `INSERT INTO exec_approvals_config VALUES('current', '{"${CANARY}', NULL, 0, NULL, NULL, NULL, NULL, 0, 0, 1);`,
    );
    write('skills/config/mcporter.json', bomb + ']'.repeat(2_000_000));
    const { machine, installs, gaps } = await readStoredState(state, []);
    expect([installs, machine.mcporter.status]).toEqual([[], 'unreadable']);
    expect(gaps).toEqual([
      { what: shared, reason: 'its index of plugins has no known form' },
      { what: shared, reason: 'its install records of hooks have no known form' },
      { what: `exec approvals in ${shared}`, reason: 'it is not a JSON object' },
    ]);
  });

  it('cannot reach the prototypes of what is made of them', async () => {
    const names = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'];
    const json = (value: string) => `{${names.map((name) => `"${name}": ${value}`).join(', ')}}`;
    put(
      machineStateRow(
        'plugins.installedIndex',
        `{"index": {"installRecords": ${json('{"source": "npm", "polluted": true}')}, "plugins": []}}`,
      ),
      machineStateRow('__proto__', '{}'),
      machineStateRow('authProfiles.store', `{"profiles": ${json('{"key": "k"}')}}`),
      `INSERT INTO exec_approvals_config VALUES('current', ${quoted(`{"agents": ${json('{"security": "full"}')}, "__proto__": {"defaults": {"security": "full"}}}`)}, NULL, 0, NULL, NULL, NULL, NULL, 0, 0, 1);`,
      "INSERT INTO channel_pairing_allow_entries VALUES('__proto__', 'constructor', 'toString', 0, 1);",
    );
    write('skills/config/mcporter.json', `{"mcpServers": ${json('{}')}}`);
    const { machine, installs, pairing } = await readStoredState(state, []);
    expect(installs.map(({ id }) => id)).toEqual(['hasOwnProperty', 'toString']);
    expect(Object.keys(machine.execApprovals!.agents)).toEqual(names);
    expect(machine.execApprovals!.defaults).toEqual({ allowlist: [] });
    expect(machine.mcporter.servers).toEqual(names);
    expect(machine.databases[0]!.secretRows).toEqual({ config_machine_state: 5 });
    expect(pairing).toEqual([{ channel: '__proto__', account: 'constructor', path: shared, entries: ['toString'] }]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('great numbers', () => {
  it('of plugins are read whole', async () => {
    const ids = Array.from({ length: 5_000 }, (_, i) => `plugin-${i}`);
    put(
      machineStateRow('plugins.installedIndex', {
        index: {
          installRecords: Object.fromEntries(ids.map((id) => [id, { source: 'npm', spec: `${id}@1.0.0` }])),
          plugins: ids.map((pluginId) => ({ pluginId, manifestPath: '/x'.repeat(200) })),
        },
      }),
    );
    const { machine, installs, gaps } = await readStoredState(state, []);
    expect([machine.indexedPlugins.length, installs.length, gaps]).toEqual([5_000, 5_000, []]);
  });

  it('beyond reason are cut and told of', async () => {
    put(
      "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 150000) INSERT INTO device_auth_tokens SELECT i, 'r', 't', '[]', 1 FROM n;",
      "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) INSERT INTO channel_pairing_allow_entries SELECT 'c', 'a', i, i, 1 FROM n;",
      `INSERT INTO exec_approvals_config VALUES('current', ${quoted({ agents: { a: { allowlist: Array.from({ length: 30_000 }, (_, i) => ({ pattern: `p${i}` })) } } })}, NULL, 0, NULL, NULL, NULL, NULL, 0, 0, 1);`,
    );
    const { machine, pairing } = await readStoredState(state, []);
    expect(machine.databases).toMatchObject([
      {
        status: 'ok',
        secretRows: { device_auth_tokens: 100_000 },
        error: 'not every row of device_auth_tokens was read: they are too many or too large',
      },
    ]);
    expect(pairing[0]!.entries).toHaveLength(20_000);
    expect(pairing[0]!.error).toBe('some entries are no text, too long or too many');
    expect(machine.execApprovals!.agents.a!.allowlist).toHaveLength(20_000);
    expect(machine.execApprovals!.error).toBe('10000 of its entries have no known form or are too many');
  });

  it('of bytes in one value leave it unread', async () => {
    put(
      `INSERT INTO exec_approvals_config VALUES('current', '{"x": "' || hex(zeroblob(9000000)) || '"}', NULL, 0, NULL, NULL, NULL, NULL, 0, 0, 1);`,
    );
    const { machine } = await readStoredState(state, []);
    expect(machine.execApprovals).toMatchObject({ error: 'the table exec_approvals_config could not be read' });
    expect(machine.databases).toMatchObject([
      { error: 'not every row of exec_approvals_config was read: they are too many or too large' },
    ]);
  });
});

describe('the registry of mcporter', () => {
  it('names the servers that are not switched off', async () => {
    write('skills/config/mcporter.json', {
      mcpServers: { files: { command: 'x', env: { KEY: CANARY } }, off: { enabled: false }, on: { enabled: true } },
    });
    const { machine } = await readStoredState(state, []);
    expect(machine.mcporter).toEqual({ status: 'ok', servers: ['files', 'on'] });
  });

  it.each([
    ['broken', () => write('skills/config/mcporter.json', '{ nope')],
    ['a directory', () => mkdirSync(path.join(state, 'skills/config/mcporter.json'), { recursive: true })],
    [
      'a FIFO',
      () => {
        mkdirSync(path.join(state, 'skills/config'), { recursive: true });
        execFileSync('mkfifo', [path.join(state, 'skills/config/mcporter.json')]);
      },
    ],
    ['too large', () => truncateSync(write('skills/config/mcporter.json', '{}'), 17 * 1024 * 1024)],
  ])('is unreadable when it is %s', async (_, make) => {
    make();
    expect((await readStoredState(state, [])).machine.mcporter).toEqual({ status: 'unreadable', servers: [] });
    rmSync(path.join(state, 'skills'), { recursive: true });
  });
});
