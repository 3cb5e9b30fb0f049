import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { ExposureReport } from '../../src/core/exposure.ts';
import { ASSETS, PRINCIPALS } from '../../src/exposure/paths.ts';
import { displayWidth } from '../../src/render/terminal.ts';
import { runCommand } from '../kit/command-line.ts';
import { materialize, type RecordedHome } from '../kit/materialize.ts';

const scratch = mkdtempSync(join(tmpdir(), 'openclaw-security-paths-'));
// Otherwise nobody else reaches anything below it, whatever its mode.
chmodSync(scratch, 0o755);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let count = 0;
function lay(recorded: RecordedHome, version = '2026.3.7') {
  const home = materialize(recorded, join(scratch, String(++count)));
  const env = { ...home.env, XDG_STATE_HOME: join(home.root, 'journal') };
  const run = (...argv: string[]) => runCommand([...argv, '--openclaw-version', version], env, home.cwd);
  const paths = async (...argv: string[]) => JSON.parse((await run('paths', '--json', ...argv)).out) as ExposureReport;
  return { ...home, env, run, paths };
}

const PRIVATE = { stateDir: { mode: '0700' }, config: { mode: '0600' } };
const TOKEN = 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa';

/** The family's bot, open to everybody, with remarks of its owner. */
const SLOPPY: RecordedHome = {
  tree: PRIVATE,
  config: `// the family's bot
{
  gateway: { bind: 'lan', auth: { mode: 'token', token: 'changeme' } }, // for the phone
  channels: {
    telegram: {
      botToken: '1:EXAMPLE',
      dmPolicy: 'open', /* friends of friends */
      allowFrom: ['*', '42'],
      groupPolicy: 'open',
    },
  },
  // everything may run here
  tools: { exec: { security: 'full' } },
}
`,
};

/** Homes whose proposed edits are made, whatever their version. */
const HOMES: readonly { readonly name: string; readonly version?: string; readonly home: RecordedHome }[] = [
  { name: 'the sloppy home', home: SLOPPY },
  { name: 'the sloppy home, newer version', version: '2026.9.6', home: SLOPPY },
  {
    name: 'a sandbox that elevated mode leaves',
    home: {
      tree: PRIVATE,
      config: `{
  gateway: { auth: { token: '${TOKEN}' } },
  channels: { telegram: { botToken: '1:EXAMPLE', dmPolicy: 'open', allowFrom: ['*'] } },
  agents: { defaults: { sandbox: { mode: 'all' } } }, // fenced in
  tools: { elevated: { allowFrom: { telegram: ['*'] } } }, // or not
}
`,
    },
  },
  {
    name: 'an account of two',
    version: '2026.9.6',
    home: {
      tree: PRIVATE,
      config: `{
  gateway: { auth: { token: '${TOKEN}' } },
  channels: {
    telegram: { accounts: {
      home: { botToken: '1:EXAMPLE' }, // ours
      shop: { botToken: '2:EXAMPLE', dmPolicy: 'open', allowFrom: ['*'] }, // everybody's
    } },
  },
  agents: { entries: { main: { default: true }, shop: {} } },
  bindings: [{ agentId: 'shop', match: { channel: 'telegram', accountId: 'shop' } }],
}
`,
    },
  },
  {
    name: 'mail that is taken for the task',
    home: {
      tree: PRIVATE,
      config: `{
  gateway: { auth: { token: '${TOKEN}' } },
  hooks: { enabled: true, token: 'Hr3nWc0Mx5Sa9Ld2Oq6Uz4Ie7Kt1Gb', gmail: { account: 'me@example.com', allowUnsafeExternalContent: true /* it reads better */ } },
}
`,
    },
  },
  {
    name: 'a config that everybody may write',
    home: {
      tree: { stateDir: { mode: '0755' }, config: { mode: '0666' } },
      config: `{ gateway: { auth: { token: '${TOKEN}' } } } // mine\n`,
    },
  },
];

describe('the proposed edits', () => {
  it.each(HOMES)(
    'of $name close what they say, keep every remark, and are undone to the byte',
    async ({ home, version }) => {
      const laid = lay(home, version);
      const before = readFileSync(laid.configPath);
      const mode = statSync(laid.configPath).mode;
      const { cut } = await laid.paths();
      expect(cut.of).toBeGreaterThan(0);
      expect(cut).toMatchObject({ closes: cut.of, minimal: true });

      const applied = await laid.run('fix', 'apply', '--edit', cut.edits.join(','));
      expect(applied.code, applied.out + applied.err).toBe(0);
      expect(applied.out).not.toContain('Left alone\n  gateway');
      const after = await laid.paths();
      expect(after.paths.filter((p) => p.severity === 'critical')).toEqual([]);
      expect(after.cut).toMatchObject({ edits: [], closes: 0, of: 0 });
      const remarks = (text: string) => text.match(/\/\*.*?\*\/|\/\/.*$/gm);
      expect(remarks(readFileSync(laid.configPath, 'utf8'))).toEqual(remarks(before.toString('utf8')));

      const undone = await laid.run('undo');
      expect(undone.code, undone.err).toBe(0);
      expect(readFileSync(laid.configPath).equals(before)).toBe(true);
      expect(statSync(laid.configPath).mode).toBe(mode);
      expect((await laid.paths()).cut).toEqual(cut);
    },
  );

  it('are shown and not made by --dry-run', async () => {
    const laid = lay(SLOPPY);
    const { cut } = await laid.paths();
    const before = readFileSync(laid.configPath);
    const tried = await laid.run('fix', 'apply', '--dry-run', '--edit', cut.edits.join(','));
    expect(tried.out).toContain('WOULD BE FIXED');
    expect(readFileSync(laid.configPath).equals(before)).toBe(true);
  });

  it.each([
    [['--edit', 'e0000000'], 'paths proposes no edit e0000000'],
    [['--edit', '__proto__'], 'paths proposes no edit __proto__'],
    [[], 'name the findings to fix'],
  ])('fix apply %j is refused with one sentence', async (argv, text) => {
    const run = await lay(SLOPPY).run('fix', 'apply', ...argv);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain(text);
  });

  it('an edit that takes a secret is left to a person', async () => {
    const laid = lay(SLOPPY);
    const manual = (await laid.paths()).edits.find((e) => e.safety === 'manual')!;
    expect(manual.commands.join()).toContain('gateway.auth.token');
    const run = await laid.run('fix', 'apply', '--edit', manual.id);
    expect(run.code).toBe(2);
    expect(run.err).toContain('needs a secret or a decision');
  });
});

describe('the command paths', () => {
  it('is also called security paths, and exits 1 when told to', async () => {
    const laid = lay(SLOPPY);
    expect((await laid.run('security', 'paths')).out).toBe((await laid.run('paths')).out);
    expect((await laid.run('paths')).code).toBe(0);
    expect((await laid.run('paths', '--fail-on', 'critical')).code).toBe(1);
    expect((await laid.run('paths', '--fail-on', 'critical', '--from', 'internet')).code).toBe(0);
    expect((await laid.run('paths', '--fail-on', 'warn', '--to', 'lan')).code).toBe(1);
  });

  it.each([
    [['--from', 'anyone-md'], 'no principal is called anyone-md', 'Did you mean anyone-dm?'],
    [['--from', 'neighbours'], 'no principal is called neighbours', 'Known: internet, lan'],
    [['--to', 'host-shel'], 'no asset is called host-shel', 'Did you mean host-shell?'],
    [['--fail-on', 'bad'], 'bad', 'critical'],
    [['--snapshot', '/nowhere.json'], 'cannot read the snapshot', ''],
  ])('%j is refused with one sentence', async (argv, text, hint) => {
    const run = await lay(SLOPPY).run('paths', ...argv);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain(text);
    expect(run.err).toContain(hint);
  });

  it('its help names every principal and asset', async () => {
    const { out } = await lay(SLOPPY).run('paths', '--help');
    for (const word of [...PRINCIPALS, ...ASSETS]) expect(out).toMatch(new RegExp(`[ ,]${word}(?:,|\\n|$)`));
  });

  it('narrows to who and what was asked about', async () => {
    const laid = lay(SLOPPY);
    const some = await laid.paths('--from', 'anyone-dm,group-member', '--to', 'host-shell');
    expect(new Set(some.paths.map((p) => `${p.principal} ${p.asset}`))).toEqual(
      new Set(['anyone-dm host-shell', 'group-member host-shell']),
    );
    expect((await laid.run('paths', '--from', 'tailnet')).out).toContain('Only paths from tailnet.');
  });

  it('says in one sentence that there is no home', async () => {
    const run = await runCommand(['paths'], { HOME: join(scratch, 'nobody') });
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(run.out).toMatch(/^No OpenClaw home: .*\n$/);
  });

  it('judges a snapshot made elsewhere', async () => {
    const laid = lay(SLOPPY);
    const file = join(laid.root, 'snapshot.json');
    writeFileSync(file, (await laid.run('snapshot')).out);
    const here = (await laid.paths()).paths.map((p) => p.id);
    const run = await runCommand(['paths', '--json', '--snapshot', file, '--openclaw-version', '2026.3.7'], {}, '/');
    expect((JSON.parse(run.out) as ExposureReport).paths.map((p) => p.id)).toEqual(here);
  });

  it('keeps the names of paths and edits when lines move', async () => {
    const laid = lay(SLOPPY);
    const before = await laid.paths();
    writeFileSync(laid.configPath, `// a line\n\n// and more\n${readFileSync(laid.configPath, 'utf8')}`);
    const after = await laid.paths();
    expect(after.paths.map((p) => p.id)).toEqual(before.paths.map((p) => p.id));
    expect(after.cut).toEqual(before.cut);
    expect(after.edges[0]!.boundaries[0]!.locations[0]!.line).toBe(
      before.edges[0]!.boundaries[0]!.locations[0]!.line! + 3,
    );
  });

  it('prints no secret', async () => {
    const laid = lay(SLOPPY);
    for (const argv of [['paths'], ['paths', '--json'], ['paths', '--all']]) {
      const { out } = await laid.run(...argv);
      expect(out).not.toContain('changeme');
      expect(out).not.toContain('EXAMPLE');
    }
  });
});

const HOSTILE: RecordedHome = {
  tree: PRIVATE,
  config: `{
  gateway: { auth: { token: '${TOKEN}' } },
  channels: { telegram: { groupPolicy: 'open', botToken: '1:EXAMPLE', groups: { '\\u001b[2J\\u202egnp.exe': {}, '${'x'.repeat(400)}': {} } } },
  agents: { list: [{ id: 'evil\\u001b]0;title\\u0007', default: true }] },
}
`,
};

describe('the text of paths', () => {
  const text = async (home: RecordedHome, columns: number, ...argv: string[]) => {
    const laid = lay(home);
    let out = '';
    const terminal = {
      out: (t: string) => {
        out += t;
      },
      err: () => {},
      stdoutIsTerminal: true,
      stderrIsTerminal: false,
      columns,
      env: { ...laid.env, NO_COLOR: '1' },
      cwd: laid.cwd,
    };
    await main(['paths', '--openclaw-version', '2026.3.7', ...argv], terminal);
    return out;
  };

  it('reads as reviewed at 80 columns', async () => {
    await expect(await text(SLOPPY, 80)).toMatchFileSnapshot('paths/sloppy.txt');
  });

  it.each([80, 120])('of hostile names acts on no terminal, and keeps to %i columns', async (columns) => {
    const out = await text(HOSTILE, columns, '--all');
    expect(out).toMatch(/Telegram group/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
    expect(out.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    // Commands and places stay whole, so that they can be copied.
    for (const line of out.split('\n'))
      if (!/^ +(?:\$ |[~/])/.test(line)) expect(displayWidth(line), line).toBeLessThanOrEqual(columns);
  });

  it('says that nothing is there to report', async () => {
    const out = await text({ tree: PRIVATE, config: `{ gateway: { auth: { token: '${TOKEN}' } } }` }, 80);
    expect(out).toContain('Nobody outside reaches anything that matters.\nNotes: 1 (--all shows them).');
  });
});
