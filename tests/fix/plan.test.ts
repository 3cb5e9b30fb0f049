import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../src/checks/registry.ts';
import { eraForVersion, loadSchemaTable } from '../../src/config/schema/tables.ts';
import type { Case } from '../../src/core/cases.ts';
import type { Fix } from '../../src/core/fix.ts';
import type { SharedGround } from '../../src/core/mode-target.ts';
import { audit } from '../../src/engine/audit.ts';
import { planFixes } from '../../src/fix/plan.ts';
import { CANARY, scenario } from '../kit/scenario.ts';

const TOKEN = 'Zk3vQ8tLx2Wm9RbYh5Nc7Pd4';
const AUTH = `gateway: { auth: { token: '${TOKEN}' } }`;

interface Given extends Omit<Case, 'name'> {
  readonly only?: readonly string[];
  readonly unsafe?: boolean;
  readonly shared?: readonly SharedGround[];
  /** Fixes that stand in for those of the checks. */
  readonly fixes?: readonly Fix[];
}

async function plan(given: Given) {
  const { only = [], unsafe = false, shared = [], fixes, ...home } = given;
  const snapshot = scenario({ name: 'plan', ...home });
  const schemaTable = await loadSchemaTable(eraForVersion(snapshot.openclaw.requested!).era);
  const options = { toolVersion: 'test', checks: CHECKS, schemaTable };
  const audited = audit(snapshot, options);
  const report = fixes
    ? { ...audited, findings: audited.findings.map((f, i) => (i === 0 ? { ...f, fixes } : { ...f, fixes: [] })) }
    : audited;
  const made = planFixes(snapshot, report, {
    ...options,
    selection: { only, skip: [], unsafe },
    targets: [],
    shared,
  });
  return { ...made, texts: Object.fromEntries(made.files.map((f) => [f.before.path.split('/').pop(), f.after.text])) };
}

const set = (key: (string | number)[], value: string): Fix => ({
  title: `Set ${key.join('.')}`,
  safety: 'safe',
  ops: [{ op: 'set', key, value }],
});

describe('where a change is written', () => {
  it('goes into the included file in which the key stands', async () => {
    const { texts } = await plan({
      config: `{ ${AUTH}, channels: { $include: './channels.json5' } } // main\n`,
      include: { 'channels.json5': `{\n  // mine\n  telegram: { groupPolicy: 'open', }, // chat\n}\n` },
    });
    expect(texts).toEqual({
      'channels.json5': `{\n  // mine\n  telegram: { groupPolicy: 'allowlist', }, // chat\n}\n`,
    });
  });

  it('writes a missing key beside its nearest ancestor, also in an included file', async () => {
    const { texts } = await plan({
      config: `{ ${AUTH}, channels: { zalo: { $include: 'z.json5' } } }`,
      include: { 'z.json5': `{ botToken: 'b' }` },
    });
    expect(texts).toEqual({ 'z.json5': `{ botToken: 'b', groupPolicy: 'allowlist' }` });
  });

  it('writes into the object beside $include, which wins', async () => {
    const { texts } = await plan({
      config: `{ ${AUTH}, channels: { telegram: { $include: 't.json5', groupPolicy: 'open' } } }`,
      include: { 't.json5': `{ groupPolicy: 'open', dmPolicy: 'pairing' }` },
    });
    expect(texts).toEqual({
      'openclaw.json': `{ ${AUTH}, channels: { telegram: { $include: 't.json5', groupPolicy: 'allowlist' } } }`,
    });
  });

  it('changes a file that is included twice when both places want the same', async () => {
    const { texts, summary } = await plan({
      config: `{ ${AUTH}, channels: { telegram: { $include: 'one.json5' }, signal: { $include: 'one.json5' } } }`,
      include: { 'one.json5': `{ groupPolicy: 'open' }` },
    });
    expect(texts).toEqual({ 'one.json5': `{ groupPolicy: 'allowlist' }` });
    expect(summary.declined).toEqual([]);
  });

  it('refuses to change what nobody asked for through a file that is included twice', async () => {
    const { files, summary } = await plan({
      config: `{ ${AUTH}, channels: { telegram: { $include: 'one.json5' }, signal: { $include: 'one.json5' } } }`,
      include: { 'one.json5': `{ groupPolicy: 'open' }` },
      only: ['channels.telegram'],
    });
    expect(files).toEqual([]);
    expect(summary.declined).toEqual([
      { what: 'channels.telegram.groupPolicy', reason: expect.stringContaining('channels.signal.groupPolicy') },
    ]);
  });

  it('replaces the last of two keys, the one that counts', async () => {
    const { texts } = await plan({
      config: `{ ${AUTH}, channels: { telegram: { groupPolicy: 'disabled', groupPolicy: 'open' } } }`,
    });
    expect(texts['openclaw.json']).toContain(`groupPolicy: 'disabled', groupPolicy: 'allowlist'`);
  });

  it('plans nothing for a config that OpenClaw cannot load', async () => {
    const { files, summary } = await plan({ config: `{ channels: { telegram: { groupPolicy: 'open' }, ` });
    expect(files).toEqual([]);
    expect(summary.declined[0]?.reason).toMatch(/repair it first/);
  });

  it('plans nothing without a config', async () => {
    const { files, modes, summary } = await plan({});
    expect({ files, modes, keys: summary.keys }).toEqual({ files: [], modes: [], keys: [] });
  });
});

describe('which channels are closed', () => {
  it('closes those that are off or not set up, their accounts, and those of plugins', async () => {
    const { summary } = await plan({
      config: `{ ${AUTH}, channels: {
        telegram: { enabled: false, groupPolicy: 'open' },
        signal: { accounts: { a: { groupPolicy: 'open' }, b: { enabled: false, groupPolicy: 'open' } } },
        'my-plugin': { groupPolicy: 'open' },
      } }`,
    });
    expect(summary.keys.map((k) => k.key)).toEqual([
      'channels.telegram.groupPolicy',
      'channels.signal.accounts.a.groupPolicy',
      'channels.signal.accounts.b.groupPolicy',
      'channels.my-plugin.groupPolicy',
    ]);
  });

  it('leaves the shared default alone where no channel takes its policy from there', async () => {
    const { summary } = await plan({
      version: '2026.3.7',
      config: `{ ${AUTH}, channels: { defaults: { groupPolicy: 'open' }, telegram: { dmPolicy: 'pairing' } } }`,
    });
    expect(summary.keys).toEqual([]);
  });

  it('leaves policies for direct messages, bind, tools and secrets alone', async () => {
    const config = `{
      gateway: { bind: 'lan', auth: { mode: 'token', token: 'changeme' }, controlUi: { allowedOrigins: ['*'] } },
      channels: { telegram: { botToken: '1:a', dmPolicy: 'open', allowFrom: ['*'] } },
      tools: { elevated: { allowFrom: { telegram: ['*'] } }, exec: { security: 'full' } },
    }`;
    for (const version of ['2026.3.7', '2026.9.6']) expect((await plan({ version, config })).files).toEqual([]);
  });

  const store = (account: string, ...entries: string[]) => ({
    channel: 'whatsapp',
    account,
    path: `/home/u/.openclaw/credentials/whatsapp-${account}-allowFrom.json`,
    entries,
  });

  it('lets each WhatsApp account keep the senders that it approved itself', async () => {
    const { texts } = await plan({
      config: `{ channels: { whatsapp: { accounts: { biz: { groupPolicy: 'open' }, home: { groupPolicy: 'open', allowFrom: ['+1'] } } } } }`,
      snapshot: {
        pairing: [store('default', '+15550100'), store('biz', '+15550111', '+15550112'), store('home', '+2')],
      },
    });
    expect(texts['openclaw.json']).toBe(
      `{ channels: { whatsapp: { accounts: { biz: { groupPolicy: 'allowlist', groupAllowFrom: ['+15550111', '+15550112'] }, home: { groupPolicy: 'allowlist', allowFrom: ['+1'] } } } } }`,
    );
  });
});

describe('what a plan refuses', () => {
  it('two values for one key', async () => {
    const { files, summary } = await plan({
      config: `{ ${AUTH}, logging: { level: 'info' } }`,
      fixes: [
        {
          ...set(['logging', 'level'], 'warn'),
          ops: [...set(['logging', 'level'], 'warn').ops, ...set(['logging', 'level'], 'error').ops],
        },
      ],
    });
    expect(files).toEqual([]);
    expect(summary.declined).toEqual([{ what: 'logging.level', reason: expect.stringContaining('different values') }]);
  });

  it('a change that the target version would not accept, and makes the rest', async () => {
    const { texts, summary } = await plan({
      config: `{ ${AUTH}, logging: { level: 'info' }, channels: { telegram: { groupPolicy: 'open' } } }`,
      version: '2026.3.7',
      fixes: [set(['logging', 'level'], 'shout')],
    });
    expect(texts['openclaw.json']).toContain(`level: 'info' }, channels: { telegram: { groupPolicy: 'allowlist' } }`);
    expect(summary.declined).toEqual([
      { what: 'logging.level', reason: expect.stringContaining('would refuse logging.level') },
    ]);
  });

  it('a change that leads to another finding', async () => {
    const { files, summary } = await plan({
      config: `{ gateway: { bind: 'lan' } }`,
      only: ['gateway.bind_no_auth'],
      unsafe: true,
    });
    expect(files).toEqual([]);
    expect(summary.declined[0]?.reason).toContain('gateway.loopback_no_auth');
  });

  it('an unsafe fix that was not asked for as such', async () => {
    const { files, summary } = await plan({
      config: `{ ${AUTH}, discovery: { mdns: { mode: 'full' } } }`,
      only: ['discovery.mdns_full_mode'],
    });
    expect(files).toEqual([]);
    expect(summary.declined[0]?.reason).toContain('--unsafe');
  });
});

describe('modes', () => {
  const dir = { kind: 'directory' as const, role: 'state-dir' as const };

  it('takes bits of others away and never loosens a stricter mode', async () => {
    const { modes } = await plan({
      config: '{}',
      files: {
        '~state': { ...dir, mode: 0o2755 },
        '~state/openclaw.json': { role: 'config', mode: 0o444 },
        '~state/.env': { role: 'dotenv', mode: 0o400 },
        '~state/agents': { kind: 'directory', role: 'agents-dir', mode: 0o500 },
      },
    });
    expect(modes.map((m) => [m.path, m.to])).toEqual([
      ['/home/u/.openclaw', 0o700],
      ['/home/u/.openclaw/openclaw.json', 0o400],
    ]);
  });

  it('leaves the group in where it is shared on purpose, and says so', async () => {
    const { modes, summary } = await plan({
      config: '{}',
      files: { '~state': { ...dir, mode: 0o2775 }, '~state/openclaw.json': { role: 'config', mode: 0o664 } },
      shared: [{ path: '/home/u/.openclaw', reason: 'for a test' }],
    });
    expect(modes.map((m) => m.to)).toEqual([0o2770, 0o660]);
    expect(summary.notes).toEqual([expect.stringContaining('for a test')]);
  });

  it.each([
    ['a link', { link: { target: '/elsewhere' } }, 'symbolic link'],
    ['a file with two names', { nlink: 2 }, 'hard links'],
    ['a file of another user', { uid: 4242 }, 'user 4242'],
  ])('leaves %s alone', async (_, facts, reason) => {
    const { modes, summary } = await plan({
      config: '{}',
      files: { '~state': { ...dir, mode: 0o700 }, '~state/openclaw.json': { role: 'config', mode: 0o644, ...facts } },
    });
    expect(modes).toEqual([]);
    expect(summary.declined).toEqual([
      { what: '/home/u/.openclaw/openclaw.json', reason: expect.stringContaining(reason) },
    ]);
  });
});

describe('what is shown', () => {
  it('is a diff without a secret', async () => {
    const { summary } = await plan({
      config: `{\n  gateway: { auth: { token: '${CANARY}' } },\n  channels: { telegram: { botToken: '123456:${CANARY}', groupPolicy: 'open' } },\n}\n`,
    });
    expect(JSON.stringify(summary)).not.toContain(CANARY);
    expect(summary.diffs[0]!.text.replaceAll('•', '').split('\n')).toEqual([
      '--- /home/u/.openclaw/openclaw.json',
      '+++ /home/u/.openclaw/openclaw.json',
      '@@ -1,4 +1,4 @@',
      ' {',
      "   gateway: { auth: { token: '' } },",
      "-  channels: { telegram: { botToken: '', groupPolicy: 'open' } },",
      "+  channels: { telegram: { botToken: '', groupPolicy: 'allowlist' } },",
      ' }',
      '',
    ]);
  });

  it('keeps secrets known to the audit of the new text', async () => {
    const { files } = await plan({
      config: `{ channels: { whatsapp: { groupPolicy: 'open' } }, gateway: { auth: { token: '${CANARY}' } } }`,
    });
    const { text, secrets } = files[0]!.after;
    expect(secrets.map((s) => text.slice(s.start, s.end))).toEqual([`'${CANARY}'`]);
  });
});
