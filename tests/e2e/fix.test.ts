import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommand } from '../kit/command-line.ts';
import { chownTree, type LaidOutHome, materialize, type RecordedHome } from '../kit/materialize.ts';
import { modesBelow, stateBelow } from '../kit/tree-state.ts';

const scratch = mkdtempSync(join(tmpdir(), 'openclaw-security-fix-e2e-'));
chmodSync(scratch, 0o755);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const ROOT = process.getuid?.() === 0;
const NOBODY = 65534;

interface Laid extends LaidOutHome {
  run(...argv: string[]): ReturnType<typeof runCommand>;
  readonly journal: string;
}

let count = 0;
function lay(recorded: RecordedHome): Laid {
  const home = materialize(recorded, join(scratch, String(++count)));
  const env = { ...home.env, XDG_STATE_HOME: join(home.root, 'journal') };
  return {
    ...home,
    journal: join(home.root, 'journal', 'openclaw-security'),
    run: (...argv) => runCommand([...argv, '--openclaw-version', '2026.3.7'], env, home.cwd),
  };
}

const SLOPPY: RecordedHome = {
  config: `// the family's bot
{
  gateway: { bind: 'lan', auth: { mode: 'token', token: 'changeme' } }, // reachable in the flat
  channels: {
    telegram: { enabled: true, botToken: '1:EXAMPLE', groupPolicy: 'open' },
    whatsapp: { groupPolicy: 'open' /* cousins */ },
  },
  logging: { redactSensitive: 'off', },
}
`,
  tree: {
    stateDir: { mode: '0777' },
    config: { mode: '0644' },
    entries: [
      { path: 'credentials/whatsapp-allowFrom.json', mode: '0644', content: '{"allowFrom":["+15550100"]}' },
      { path: 'credentials/whatsapp/default/creds.json', mode: '0644', content: '{"me":{"id":"x"}}' },
      { path: 'agents/main', dir: true, mode: '0755' },
      { path: 'agents/main/sessions', dir: true, mode: '0755' },
      { path: 'agents/main/sessions/one.jsonl', mode: '0666', content: '{}\n' },
      { path: 'agents/main/sessions/two.jsonl.deleted.2026', mode: '0644', content: '{}\n' },
      { path: 'agents/gone/sessions/old.jsonl', mode: '0644', content: '{}\n' },
      { path: 'agents/main/agent/openclaw-agent.sqlite', mode: '0644', content: '' },
      { path: 'agents/main/agent/openclaw-agent.sqlite-wal', mode: '0644', content: '' },
      { path: 'logs/gateway.log', mode: '0644', content: 'x' },
      { path: 'workspace/notes.md', mode: '0644', content: 'mine' },
      { path: 'extensions/tool/index.js', mode: '0644', content: '//' },
    ],
  },
};

const FIXED_CONFIG = SLOPPY.config!.replace(
  `botToken: '1:EXAMPLE', groupPolicy: 'open'`,
  `botToken: '1:EXAMPLE', groupPolicy: 'allowlist'`,
)
  .replace(
    `{ groupPolicy: 'open' /* cousins */ }`,
    `{ groupPolicy: 'allowlist' /* cousins */, groupAllowFrom: ['+15550100'] }`,
  )
  .replace(`'off'`, `'tools'`);

describe('fixing a sloppy home', () => {
  it('resolves what it says it resolves, introduces nothing, and is taken back to the byte', async () => {
    const home = lay(SLOPPY);
    const before = stateBelow(home.home);
    const found = JSON.parse((await home.run('audit', '--json')).out);
    const { plan } = JSON.parse((await home.run('fix', 'plan', '--json')).out);
    expect(stateBelow(home.home), 'a plan wrote something').toEqual(before);
    expect(existsSync(home.journal)).toBe(false);

    const { fix, report } = JSON.parse((await home.run('audit', '--fix', '--json')).out);
    expect(fix).toMatchObject({ ok: true, configWritten: true, errors: [] });
    const prints = (r: { findings: { fingerprint: string }[] }) => r.findings.map((f) => f.fingerprint);
    const resolved = plan.prediction.resolves.map((f: { fingerprint: string }) => f.fingerprint);
    expect(resolved.length).toBeGreaterThan(8);
    expect(prints(report).filter((f) => resolved.includes(f))).toEqual([]);
    expect(prints(report).filter((f) => !prints(found).includes(f))).toEqual([]);
    expect(prints(found).length - prints(report).length).toBe(resolved.length);

    expect(readFileSync(home.configPath, 'utf8')).toBe(FIXED_CONFIG);
    const modes = modesBelow(home.stateDir);
    expect(modes).toMatchObject({
      'agents/main/sessions/two.jsonl.deleted.2026': '0600',
      'agents/gone/sessions/old.jsonl': '0600',
      'agents/main/agent/openclaw-agent.sqlite': '0600',
      'agents/main/agent/openclaw-agent.sqlite-wal': '0600',
      'logs/gateway.log': '0600',
      'workspace/notes.md': '0644',
      'extensions/tool/index.js': '0644',
    });
    expect(readdirSync(home.stateDir).filter((f) => /bak|openclaw-security|tmp/.test(f))).toEqual([]);

    const again = await home.run('audit', '--fix');
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('nothing was changed') });
    const undone = await home.run('undo');
    expect(undone.code, undone.err).toBe(0);
    expect(stateBelow(home.home)).toEqual(before);
  });

  it('shows with --dry-run what it would do, and does nothing', async () => {
    const home = lay(SLOPPY);
    const before = stateBelow(home.root);
    const { code, out } = await home.run('audit', '--fix', '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain(`+    telegram: { enabled: true, botToken: '••••••••', groupPolicy: 'allowlist' },`);
    expect(out).not.toContain('EXAMPLE');
    const json = JSON.parse((await home.run('audit', '--fix', '--dry-run', '--json')).out);
    expect(json.fix).toMatchObject({ ok: true, configWritten: false, dryRun: true });
    expect(json.fix.changes).toHaveLength(4);
    expect(stateBelow(home.root)).toEqual(before);
  });

  it('lists remedies that are left, and applies an unsafe one only when told so', async () => {
    const home = lay({ config: `{ discovery: { mdns: { mode: 'full' } } } // radio\n` });
    const { remedies } = JSON.parse((await home.run('fix', 'plan', '--all', '--json')).out);
    expect(remedies).toContainEqual(
      expect.objectContaining({
        safety: 'unsafe',
        commands: [
          'openclaw config set discovery.mdns.mode minimal',
          'openclaw-security fix apply --only discovery.mdns_full_mode --unsafe',
        ],
      }),
    );
    const refused = await home.run('fix', 'apply', '--only', 'discovery.mdns_full_mode');
    expect(refused.out).toContain('add --unsafe');
    expect(readFileSync(home.configPath, 'utf8')).toContain('full');
    const applied = await home.run('fix', 'apply', '--only', 'discovery.mdns_full_mode', '--unsafe', '--json');
    expect(JSON.parse(applied.out).fix).toMatchObject({ ok: true, configWritten: true });
    expect(readFileSync(home.configPath, 'utf8')).toBe(`{ discovery: { mdns: { mode: 'minimal' } } } // radio\n`);
  });

  it('leaves alone what was accepted, and gates on the rest', async () => {
    const home = lay(SLOPPY);
    const accept = ['--suppress', 'channels.telegram.groups.open=a public help desk', '--fail-on', 'info'];
    const ran = await home.run('audit', '--fix', '--json', ...accept);
    const { fix, report } = JSON.parse(ran.out);
    expect(fix).toMatchObject({ ok: true, configWritten: true });
    expect(fix.declined).toContainEqual({
      what: 'channels.telegram.groupPolicy',
      reason: expect.stringContaining('suppressed'),
    });
    const text = readFileSync(home.configPath, 'utf8');
    expect(text).toContain(`botToken: '1:EXAMPLE', groupPolicy: 'open'`);
    expect(text).toContain(`whatsapp: { groupPolicy: 'allowlist'`);
    expect(report.suppressedFindings.map((f: { checkId: string }) => f.checkId)).toEqual([
      'channels.telegram.groups.open',
    ]);
    expect(ran.code).toBe(1);
  });

  it('creates nothing where there is no home', async () => {
    const home = lay({ config: '{}' });
    rmSync(home.stateDir, { recursive: true });
    expect(await home.run('audit', '--fix')).toMatchObject({
      code: 0,
      out: expect.stringContaining('No OpenClaw home'),
    });
    expect(JSON.parse((await home.run('audit', '--fix', '--json')).out).fix).toMatchObject({ ok: true, changes: [] });
    expect(existsSync(home.stateDir) || existsSync(home.journal)).toBe(false);
  });

  it('says which option is missing or which finding is not there', async () => {
    const home = lay({ config: '{}' });
    expect(await home.run('fix', 'apply')).toMatchObject({ code: 2, err: expect.stringContaining('--only') });
    expect(await home.run('fix', 'apply', '--only', 'no.such')).toMatchObject({ code: 2 });
    expect(await home.run('audit', '--dry-run')).toMatchObject({ code: 2 });
    expect(await home.run('undo', 'no-such-id')).toMatchObject({ code: 2 });
    expect(await home.run('recover')).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to recover') });
  });
});

describe('what stands in the way', () => {
  it('writes through a link to the config and leaves the link', async () => {
    const home = lay({
      config: `{ channels: { telegram: { groupPolicy: 'open' } } }\n`,
      tree: { config: { linkTo: '../dot/openclaw.json', mode: '0644' } },
    });
    const { fix } = JSON.parse((await home.run('audit', '--fix', '--json')).out);
    expect(fix).toMatchObject({ ok: true, configWritten: true });
    expect(lstatSync(home.configPath).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(home.home, 'dot/openclaw.json'), 'utf8')).toContain('allowlist');
    expect(lstatSync(join(home.home, 'dot/openclaw.json')).mode & 0o777).toBe(0o644);
  });

  it('keeps a byte-order mark and Windows line ends', async () => {
    const home = lay({ config: `\ufeff{\r\n\tchannels: { telegram: { groupPolicy: "open" } },\r\n}\r\n` });
    await home.run('audit', '--fix');
    expect(readFileSync(home.configPath, 'utf8')).toBe(
      `\ufeff{\r\n\tchannels: { telegram: { groupPolicy: "allowlist" } },\r\n}\r\n`,
    );
  });

  it('leaves a shared group in where the marker file says so', async () => {
    const home = lay({ config: '{}', tree: { stateDir: { mode: '0775' }, config: { mode: '0664' } } });
    writeFileSync(join(home.stateDir, '.openclaw-security-shared'), '');
    const { fix } = JSON.parse((await home.run('audit', '--fix', '--json')).out);
    expect(fix.notes).toEqual([expect.stringContaining('.openclaw-security-shared')]);
    expect(modesBelow(home.home)).toMatchObject({ '.openclaw': '0770', '.openclaw/openclaw.json': '0660' });
  });

  it.runIf(ROOT)('leaves the group of a container volume in, and the marker of a stranger out of account', async () => {
    const home = lay({ config: '{}', tree: { stateDir: { mode: '0775' }, config: { mode: '0664' } } });
    chownSync(home.stateDir, 0, 4242);
    chmodSync(home.stateDir, 0o2775);
    const { fix } = JSON.parse((await home.run('audit', '--fix', '--json')).out);
    expect(fix.notes).toEqual([expect.stringContaining('group 4242')]);
    expect(modesBelow(home.home)).toMatchObject({ '.openclaw': '2770', '.openclaw/openclaw.json': '0660' });

    const other = lay({ config: '{}', tree: { stateDir: { mode: '0775' } } });
    writeFileSync(join(other.stateDir, '.openclaw-security-shared'), '');
    chownSync(join(other.stateDir, '.openclaw-security-shared'), NOBODY, NOBODY);
    await other.run('audit', '--fix');
    expect(modesBelow(other.home)['.openclaw']).toBe('0700');
  });

  it('leaves files of others, links and files with two names alone, and fixes the rest', async () => {
    const home = lay(SLOPPY);
    const sessions = join(home.stateDir, 'agents/main/sessions');
    symlinkSync('/etc/hostname', join(sessions, 'link.jsonl'));
    if (ROOT) {
      writeFileSync(join(sessions, 'foreign.jsonl'), '{}');
      chmodSync(join(sessions, 'foreign.jsonl'), 0o644);
      chownSync(join(sessions, 'foreign.jsonl'), NOBODY, NOBODY);
    }
    const { fix } = JSON.parse((await home.run('audit', '--fix', '--json')).out);
    expect(fix.ok).toBe(true);
    const modes = modesBelow(sessions);
    expect(modes['one.jsonl']).toBe('0600');
    if (ROOT) {
      expect(modes['foreign.jsonl']).toBe('0644');
      expect(fix.declined).toContainEqual({
        what: join(sessions, 'foreign.jsonl'),
        reason: expect.stringContaining('user'),
      });
    }
  });

  it('refuses to fix a snapshot of another machine', async () => {
    const home = lay({ config: '{}' });
    await home.run('snapshot', '--out', join(home.root, 's.json'));
    expect(await home.run('audit', '--fix', '--from', join(home.root, 's.json'))).toMatchObject({ code: 2 });
  });

  it('keeps a fix that a crash left half done from being built upon, and ends it either way', async () => {
    for (const [argv, after] of [
      [['recover'], SLOPPY.config],
      [['recover', '--roll-back'], SLOPPY.config],
      [['recover', '--finish'], undefined],
    ] as const) {
      const home = lay(SLOPPY);
      const { fix } = JSON.parse((await home.run('audit', '--fix', '--json')).out);
      const fixed = stateBelow(home.home);
      // As if the process had died before it recorded the end.
      const record = join(home.journal, fix.id, 'journal.jsonl');
      const lines = readFileSync(record, 'utf8').trimEnd().split('\n');
      writeFileSync(record, `${lines.filter((l) => !/"record":"applied"/.test(l)).join('\n')}\n`);

      const blocked = await home.run('audit', '--fix', '--json');
      expect(blocked.code).toBe(4);
      expect(JSON.parse(blocked.out).fix.errors).toEqual([expect.stringContaining('openclaw-security recover')]);
      const ended = await home.run(...argv);
      expect(ended.code, ended.err).toBe(0);
      if (after === undefined) expect(stateBelow(home.home)).toEqual(fixed);
      else expect(readFileSync(home.configPath, 'utf8')).toBe(after);
      expect(await home.run('recover')).toMatchObject({ out: expect.stringContaining('Nothing to recover') });
    }
  });

  it('does not undo over somebody’s change, unless forced', async () => {
    const home = lay(SLOPPY);
    await home.run('audit', '--fix');
    writeFileSync(home.configPath, `{ mine: true }\n`);
    expect(await home.run('undo')).toMatchObject({ code: 4, err: expect.stringContaining('openclaw.json') });
    expect(readFileSync(home.configPath, 'utf8')).toBe(`{ mine: true }\n`);
    expect((await home.run('undo', '--force')).code).toBe(0);
    expect(readFileSync(home.configPath, 'utf8')).toBe(SLOPPY.config);
    const { entries } = JSON.parse((await home.run('undo', '--list', '--json')).out);
    expect(entries.map((e: { state: string }) => e.state)).toEqual(['undone', 'applied']);
  });

  it('asks the installed OpenClaw first when told so, and changes nothing when that refuses', async () => {
    const home = lay(SLOPPY);
    const pkg = join(home.home, '.npm-global/lib/node_modules/openclaw');
    mkdirSync(pkg, { recursive: true });
    writeFileSync(
      join(pkg, 'package.json'),
      '{"name":"openclaw","version":"2026.3.7","bin":{"openclaw":"openclaw.mjs"}}',
    );
    const answer = (valid: boolean) =>
      writeFileSync(
        join(pkg, 'openclaw.mjs'),
        `import { readFileSync } from 'node:fs';
const text = readFileSync(process.env.OPENCLAW_CONFIG_PATH, 'utf8');
const private_ = process.env.OPENCLAW_CONFIG_PATH !== ${JSON.stringify(home.configPath)};
console.log(JSON.stringify({ valid: ${valid} && private_ && text.includes('allowlist'), issues: [{ path: 'x', message: 'no' }] }));
process.exit(${valid} ? 0 : 1);`,
      );
    symlinkSync(join(pkg, 'openclaw.mjs'), join(home.bin, 'openclaw'));
    answer(false);
    const before = stateBelow(home.stateDir);
    const refused = await home.run('audit', '--fix', '--verify-with-openclaw', '--json');
    expect(refused.code).toBe(4);
    expect(JSON.parse(refused.out).fix.errors[0]).toMatch(/OpenClaw 2026.3.7 .*Nothing was changed/);
    expect(stateBelow(home.stateDir)).toEqual(before);
    answer(true);
    const accepted = await home.run('audit', '--fix', '--verify-with-openclaw', '--json');
    expect(JSON.parse(accepted.out).fix.errors).toEqual([]);
    expect(accepted.code).toBe(0);
  });

  it.runIf(ROOT)('works for a user who is not root', async () => {
    const bin = join(scratch, 'bin.cjs');
    await esbuild.build({
      entryPoints: [join(import.meta.dirname, '../../src/cli/bin.ts')],
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      external: ['sql.js'],
      outfile: bin,
      logLevel: 'error',
    });
    const home = lay(SLOPPY);
    const sealed = join(home.stateDir, 'agents/main/sessions/root.jsonl');
    chownTree(home.root, NOBODY);
    writeFileSync(sealed, '{}');
    chmodSync(sealed, 0o644);
    const run = (...argv: string[]) =>
      spawnSync(process.execPath, [bin, ...argv], {
        env: { ...home.env, XDG_STATE_HOME: join(home.root, 'journal') },
        cwd: home.cwd,
        uid: NOBODY,
        gid: NOBODY,
        encoding: 'utf8',
      });
    const before = stateBelow(home.home);
    const fixed = run('audit', '--fix', '--json', '--openclaw-version', '2026.3.7');
    expect(fixed.stderr).toBe('');
    const { fix } = JSON.parse(fixed.stdout);
    expect(fix).toMatchObject({ ok: true, configWritten: true });
    expect(lstatSync(sealed).mode & 0o777).toBe(0o644);
    expect(lstatSync(home.configPath).uid).toBe(NOBODY);
    expect(modesBelow(home.home)['.openclaw']).toBe('0700');
    expect(run('undo').status).toBe(0);
    expect(stateBelow(home.home)).toEqual(before);
  });
});

const blank = fc.constantFrom('', ' ', '\n', '\r\n  ', '\t', ' /* c */ ', ' // c\n', "/* 'open' */");
const policy = fc.tuple(fc.constantFrom(`'`, `"`), fc.constantFrom('open', 'open', 'allowlist', 'disabled'));
const channel = fc.record({
  id: fc.constantFrom('telegram', 'discord', 'signal', 'slack', 'imessage', 'mattermost', 'irc'),
  before: blank,
  after: blank,
  policy,
  comma: fc.boolean(),
});
const anyHome = fc.record({
  channels: fc.uniqueArray(channel, { selector: (c) => c.id, minLength: 1, maxLength: 5 }),
  gaps: fc.tuple(blank, blank, blank),
  modes: fc.tuple(...Array.from({ length: 4 }, () => fc.constantFrom('0600', '0644', '0666', '0640', '0400', '0444'))),
  dir: fc.constantFrom('0700', '0755', '0777', '0750', '0711'),
});

describe('any home', () => {
  it('keeps every character outside of the changed values, and comes back to the byte', async () => {
    await fc.assert(
      fc.asyncProperty(anyHome, async ({ channels, gaps, modes, dir }) => {
        const text = (fix: boolean) => {
          const members = channels.map(({ id, before, after, policy: [quote, value], comma }) => {
            const written = fix && value === 'open' ? 'allowlist' : value;
            return `${before}${id}:${after}{${before}groupPolicy:${after}${quote}${written}${quote}${before}${comma ? ',' : ''}${after}}`;
          });
          return `${gaps[0]}{${gaps[1]}channels: {${members.join(`${gaps[2]},`)}${gaps[2]}}${gaps[0]}}${gaps[1]}`;
        };
        const home = lay({
          config: text(false),
          tree: {
            stateDir: { mode: dir },
            config: { mode: modes[0]! },
            entries: [
              { path: 'credentials/a.json', mode: modes[1]!, content: '{}' },
              { path: 'agents/main/sessions/s.jsonl', mode: modes[2]!, content: '{}' },
              { path: 'logs/l.log', mode: modes[3]!, content: '' },
            ],
          },
        });
        const before = stateBelow(home.home);
        const ran = await home.run('audit', '--fix', '--json');
        const { fix } = JSON.parse(ran.out);
        expect(fix.errors).toEqual([]);
        expect(readFileSync(home.configPath, 'utf8')).toBe(text(true));
        for (const [path, mode] of Object.entries(modesBelow(home.home))) {
          const bits = Number.parseInt(mode, 8);
          const old = Number.parseInt(before[path]!.split(' ')[0]!, 8);
          expect(bits & ~old, `${path} was loosened`).toBe(0);
          expect(bits & 0o077, `${path} is open`).toBe(0);
        }
        if (fix.id !== undefined) expect((await home.run('undo')).code).toBe(0);
        expect(stateBelow(home.home)).toEqual(before);
        rmSync(home.root, { recursive: true, force: true });
      }),
      { numRuns: 25, seed: 20260307 },
    );
  });
});
