import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { auditSnapshot } from '../../src/audit.ts';
import { collect } from '../../src/collect/collect.ts';
import { renderText } from '../../src/render/text.ts';
import { materialize, type RecordedHome } from '../kit/materialize.ts';

/** Whole homes; their reports stand beside this file and were read by a person. `first` is what to fix first. */
const HOMES = [
  { name: 'home-user', recorded: 'home-telegram-pairing' },
  { name: 'family-bot', recorded: 'family-whatsapp' },
  { name: 'company-slack', recorded: 'company-slack-open' },
  { name: 'vps', recorded: 'vps-lan-no-auth' },
  { name: 'reverse-proxy', recorded: 'reverse-proxy-forgotten' },
  { name: 'multi-agent', recorded: 'multi-agent-public' },
  { name: 'hooks-automation', recorded: 'hooks-automation-clean' },
  { name: 'hooks-automation-sloppy', recorded: undefined },
] as const;

/** Webhooks as people first set them up: one secret for everything, reachable from the network, any agent. */
const SLOPPY_HOOKS = {
  reference: '2026.9.6',
  config: `{
  // n8n and GitHub post here
  gateway: {
    bind: 'lan',
    auth: { mode: 'token', token: 'example-shared-by-everything-0001' },
    controlUi: { allowedOrigins: ['*'] },
  },
  hooks: {
    enabled: true,
    token: 'example-shared-by-everything-0001',
    path: '/',
    allowRequestSessionKey: true,
    gmail: { account: 'me@example.com', allowUnsafeExternalContent: true },
  },
  agents: { entries: { main: { default: true }, ops: { tools: { exec: { mode: 'full' } } } } },
}
`,
  tree: { entries: [{ path: '.env', mode: '0644', content: 'LOG_LEVEL=info\n' }] },
};

const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, '../conformance/cases/scenarios.json'), 'utf8'),
) as Record<string, RecordedHome & { reference: string }>;
const scratch = mkdtempSync(join(tmpdir(), 'openclaw-security-homes-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.each(HOMES)('the report of a $name home', ({ name, recorded: key }) => {
  it('reads as reviewed', async () => {
    const c = key === undefined ? SLOPPY_HOOKS : recorded[key]!;
    const home = materialize(c, join(scratch, name));
    const snapshot = await collect({
      env: home.env,
      cwd: home.cwd,
      osHomeDir: home.home,
      openclawVersion: c.reference,
    });
    // A developer's own Docker must not show in a reviewed report.
    const report = await auditSnapshot({ ...snapshot, docker: { status: 'absent', containers: [], timeouts: [] } });
    const text = renderText(report, { columns: 80, color: false, homeDir: home.home });
    await expect(text.replaceAll(home.root, '<root>')).toMatchFileSnapshot(`homes/${name}.txt`);
  });
});
