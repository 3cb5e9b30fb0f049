import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { type FakeGateway, type FakeOptions, fakeGateway } from '../collect/gateway/fake-gateway.ts';
import { runCommand } from '../kit/command-line.ts';

const SECRET = 'Zk3vQ8tLx2Wm9RbYh5Nc7Pd4canary';
const OTHER = 'Jh7wE1uPs6Fa0Tq4Bn8Vc2Xmcanary';
const scratch = mkdtempSync(join(tmpdir(), 'openclaw-security-deep-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let gateway: FakeGateway | undefined;
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

let homes = 0;
function home(config: string, dotenv?: string): string {
  const dir = join(scratch, String(++homes));
  mkdirSync(dir, { mode: 0o700 });
  writeFileSync(join(dir, 'openclaw.json'), config, { mode: 0o600 });
  if (dotenv !== undefined) writeFileSync(join(dir, '.env'), dotenv, { mode: 0o600 });
  return dir;
}

async function deepAudit(dir: string, flags: readonly string[] = [], env: Record<string, string> = {}) {
  const argv = ['audit', '--deep', '--json', '--state-dir', dir, ...flags];
  const ran = await runCommand(argv, { HOME: dir, PATH: '/usr/bin:/bin', ...env });
  for (const secret of [SECRET, OTHER]) expect(ran.out + ran.err, 'a secret reached the output').not.toContain(secret);
  expect(ran.err).toBe('');
  const report = JSON.parse(ran.out) as Report;
  const { gateway: probe } = report.deep as unknown as { gateway: { ok: boolean; error: string | null } };
  const ids = report.findings
    .filter((f) => /^gateway\.(live|probe)/.test(f.checkId))
    .map((f) => `${f.severity} ${f.checkId} ${f.variant}`);
  return { report, probe, ids };
}

/** Every frame that carried a secret. */
const sent = () => (gateway?.connections ?? []).flatMap((c) => c.frames).filter((f) => f.text.includes('canary'));

async function running(options: FakeOptions): Promise<number> {
  gateway = await fakeGateway(options);
  return gateway.port;
}

describe('audit --deep', () => {
  it('finds nothing wrong with a healthy gateway, and sends the token of the config once', async () => {
    const port = await running({ era: '2026.9.6', mode: 'token', secret: SECRET, configApplied: true });
    const dir = home(`{ gateway: { port: ${port}, auth: { token: '${SECRET}' } } }`);
    const { probe, ids } = await deepAudit(dir, ['--openclaw-version', '2026.9.6']);
    expect(probe).toMatchObject({ attempted: true, url: `ws://127.0.0.1:${port}`, ok: true, error: null, close: null });
    expect(sent()).toHaveLength(1);
    // The stand-in is this test, which holds the port and tells another config path.
    expect(ids.filter((id) => !id.includes('config_drift'))).toEqual([]);
  });

  it.each([
    ['the state directory’s .env', `token: '\${TOK}'`, `TOK=${SECRET}\n`, {}],
    ['the config’s own env block', `token: '\${TOK}'`, undefined, {}],
    ['an env reference', `token: { source: 'env', provider: 'default', id: 'TOK' }`, undefined, { TOK: SECRET }],
    ['OPENCLAW_GATEWAY_TOKEN', '', undefined, { OPENCLAW_GATEWAY_TOKEN: SECRET }],
  ])('takes the token from %s', async (name, auth, dotenv, env) => {
    const port = await running({ era: '2026.9.6', mode: 'token', secret: SECRET });
    const block = name.includes('env block') ? `env: { TOK: '${SECRET}' },` : '';
    const dir = home(`{ ${block} gateway: { port: ${port}, auth: { ${auth} } } }`, dotenv);
    const { probe, ids } = await deepAudit(dir, [], env as Record<string, string>);
    expect(probe.ok).toBe(true);
    expect(sent()).toHaveLength(1);
    expect(ids.join()).not.toContain('probe_');
  });

  it.each([
    ['refers to a file', `token: { source: 'file', provider: 'v', id: '/t' }`],
    ['refers to an unset variable', `token: '\${NOT_SET}'`],
    ['mixes text and an unset variable', `token: 'canary-\${NOT_SET}'`],
    ['is no text', 'token: [1]'],
    ['has a mode that is not known', `mode: '\${NOT_SET}', token: '${SECRET}'`],
  ])('sends nothing where the secret %s', async (_, auth) => {
    const port = await running({ era: '2026.9.6', mode: 'token', secret: SECRET });
    const { probe } = await deepAudit(home(`{ gateway: { port: ${port}, auth: { ${auth} } } }`));
    expect(probe).toMatchObject({ ok: false, failure: 'no-credential' });
    expect(sent()).toEqual([]);
  });

  it('names the reference that kept it from identifying', async () => {
    const port = await running({ era: '2026.9.6', mode: 'token', secret: SECRET });
    const { ids, report } = await deepAudit(home(`{ gateway: { port: ${port}, auth: { token: '\${NOT_SET}' } } }`));
    expect(ids).toEqual(['warn gateway.probe_auth_secretref_unavailable reference']);
    expect(outcome(report, 'gateway.probe_failed')).toBe('unknown');
  });

  it('never sends the secret where a .env file or the config’s env block says', async () => {
    const port = await running({ era: '2026.9.6', mode: 'token', secret: SECRET });
    const url = `ws://127.0.0.1:${port}`;
    const dir = home(
      `{ env: { OPENCLAW_GATEWAY_URL: '${url}' }, gateway: { port: 9, auth: { token: '${SECRET}' } } }`,
      `OPENCLAW_GATEWAY_URL=${url}\nOPENCLAW_GATEWAY_PORT=${port}\n`,
    );
    const { probe } = await deepAudit(dir);
    expect(probe).toMatchObject({ url: 'ws://127.0.0.1:9', ok: false });
    expect(gateway!.connections).toEqual([]);
    expect(gateway!.requests).toEqual([]);
  });

  it('prefers what is given for this run, and says that another secret was refused', async () => {
    const port = await running({ era: '2026.9.6', mode: 'password', secret: SECRET });
    const dir = home(`{ gateway: { port: ${port}, auth: { token: '${OTHER}' } } }`);
    const refused = await deepAudit(dir, ['--password', OTHER]);
    expect(refused.ids).toContain('warn gateway.probe_failed refused');
    expect((await deepAudit(dir, ['--auth', 'password', '--password', SECRET])).probe.ok).toBe(true);
  });

  it('reports an open gateway endpoint by endpoint', async () => {
    const port = await running({ era: '2026.3.7', mode: 'none', httpEndpoints: true });
    const dir = home(`{ gateway: { port: ${port}, auth: { mode: 'none' } } }`);
    const { report, ids } = await deepAudit(dir, ['--openclaw-version', '2026.3.7']);
    expect(ids).toEqual(
      expect.arrayContaining([
        'critical gateway.live.http_open control',
        'critical gateway.live.cross_site post',
        'critical gateway.live.cross_site rebinding',
      ]),
    );
    const open = report.findings.find((f) => f.checkId === 'gateway.live.http_open')!;
    expect(open.detail).toContain('/tools/invoke');
    expect(open.detail).toContain('/v1/chat/completions');
    // 2026.3.7 lets in a device that the client makes up, which is not tried.
    expect(outcome(report, 'gateway.live.anonymous_session')).toBe('unknown');
  });

  it('reports a session without any secret, also where the file asks for none', async () => {
    const port = await running({ era: '2026.9.6', mode: 'none' });
    const { ids } = await deepAudit(home(`{ gateway: { port: ${port}, auth: { mode: 'none' } } }`));
    expect(ids).toContain('critical gateway.live.anonymous_session open');
  });

  it('says that no gateway runs, and calls nothing green for it', async () => {
    const { report, ids } = await deepAudit(home(`{ gateway: { port: 9, auth: { token: '${SECRET}' } } }`));
    expect(ids).toEqual(['warn gateway.probe_failed down']);
    const live = report.coverage.checks.filter((c) => c.checkId.startsWith('gateway.live.') && c.outcome === 'pass');
    // Only what is read beside the gateway is known without one.
    expect(live.map((c) => c.checkId)).toEqual(['gateway.live.browser_open']);
  });

  it('contacts an address elsewhere only when it is given for this run', async () => {
    const dir = home(`{ gateway: { mode: 'remote', remote: { url: 'wss://192.0.2.1:1', token: '${SECRET}' } } }`);
    const { probe, report } = await deepAudit(dir);
    expect(probe).toMatchObject({ attempted: false, failure: 'not-contacted' });
    expect(outcome(report, 'gateway.probe_failed')).toBe('unknown');
  });

  it('survives a state directory and a config that cannot be read', async () => {
    const dir = home('{ gateway: { auth: ');
    symlinkSync('loop', join(dir, 'loop'));
    chmodSync(dir, 0o700);
    const { probe } = await deepAudit(dir, ['--timeout', '300'], { OPENCLAW_GATEWAY_PORT: '9' });
    expect(probe.ok).toBe(false);
  });

  it.each([
    [['audit', '--token', 'x'], /--token goes with --deep/],
    [['audit', '--timeout', '500'], /--timeout goes with --deep/],
    [['audit', '--deep', '--timeout', '5'], /250 to 60000/],
    [['audit', '--deep', '--auth', 'magic'], /token, password/],
    [['audit', '--deep', '--from', 'x.json'], /--deep asks this machine/],
  ])('refuses %j', async (argv, message) => {
    const ran = await runCommand(argv, { HOME: scratch });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(message);
  });

  it('says in its help who sees a secret on the command line', async () => {
    const { out } = await runCommand(['audit', '--help'], { HOME: scratch });
    expect(out.replaceAll(/\s+/g, ' ')).toContain('other users see it in the process list');
  });
});

function outcome(report: Report, id: string) {
  return report.coverage.checks.find((c) => c.checkId === id)?.outcome;
}
