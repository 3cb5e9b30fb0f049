import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCommand } from '../kit/command-line.ts';
import { UNSAFE_HOME } from '../kit/program.ts';

const scratch = mkdtempSync(join(tmpdir(), 'formats-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const home = join(scratch, 'home');
cpSync(UNSAFE_HOME, home, { recursive: true });
chmodSync(join(home, '.openclaw'), 0o700);

const HOME = ['--state-dir', join(home, '.openclaw'), '--config', join(home, '.openclaw/openclaw.json')];
/** Three checks are enough: which are run does not matter here. */
const FEW = ['--only', 'gateway.bind_no_auth', '--only', 'logging', '--only', 'channels'];

let made = 0;
function folder(): string {
  const dir = join(scratch, `out${made++}`);
  mkdirSync(dir);
  return dir;
}

const audit = (dir: string, ...args: string[]) => runCommand(['audit', ...HOME, ...FEW, ...args], {}, dir);

const FIRST: Record<string, RegExp> = {
  text: /^OpenClaw security audit of /,
  json: /^\{\n {2}"schemaVersion": 1/,
  sarif: /^\{\n {2}"\$schema": .*\n {2}"version": "2\.1\.0"/,
  markdown: /^## OpenClaw security audit\n/,
  junit: /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /,
  github: /^::error /,
  prometheus: /^# HELP openclaw_security_info /,
  html: /^<!doctype html>\n/,
};

describe('audit --format', () => {
  test.each(Object.entries(FIRST))('%s on standard output', async (format, begins) => {
    const { code, out, err } = await audit(folder(), '--format', format);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(begins);
    expect(out.endsWith('\n')).toBe(true);
  });

  test('several at once, each into the file that follows it; nothing is left beside them', async () => {
    const dir = folder();
    const names = Object.keys(FIRST);
    const { code, out, err } = await audit(dir, ...names.flatMap((f) => ['--format', f, '--output', `r.${f}`]));
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toBe(names.map((f) => `Wrote r.${f}.\n`).join(''));
    expect(readdirSync(dir).sort()).toEqual(names.map((f) => `r.${f}`).sort());
    for (const f of names) {
      expect(readFileSync(join(dir, `r.${f}`), 'utf8')).toMatch(FIRST[f]!);
      expect(statSync(join(dir, `r.${f}`)).mode & 0o777).toBe(f === 'prometheus' ? 0o644 : 0o600);
    }
  });

  test('html, sarif, markdown and prometheus tell paths; the others only with --exposure, whatever stands beside them', async () => {
    const dir = folder();
    const names = Object.keys(FIRST);
    const say: Record<string, string> = {
      text: 'openclaw-security paths',
      json: '"exposure": {',
      sarif: '',
      markdown: '### Attack paths (',
      junit: '',
      github: ' attack paths, ',
      prometheus: 'openclaw_security_critical_paths ',
      html: '<h2 id="paths"',
    };
    const told = async (...args: string[]) => {
      await audit(dir, ...names.flatMap((f) => ['--format', f, '--output', `r.${f}`]), ...args);
      return names.filter((f) => say[f] !== '' && readFileSync(join(dir, `r.${f}`), 'utf8').includes(say[f]!));
    };
    expect(await told()).toEqual(['markdown', 'prometheus', 'html']);
    expect(await told('--exposure')).toEqual(['text', 'json', 'markdown', 'github', 'prometheus', 'html']);
  });

  test('with --fix the paths are those of the home as it is afterwards', async () => {
    const copy = join(scratch, 'fixed');
    cpSync(home, copy, { recursive: true });
    const state = join(copy, '.openclaw');
    const run = (...args: string[]) =>
      runCommand(
        ['audit', '--state-dir', state, '--config', join(state, 'openclaw.json'), ...args],
        { XDG_STATE_HOME: join(scratch, 'journal2') },
        folder(),
      );
    const groups = (text: string) =>
      /openclaw_security_paths\{principal="group-member",asset="host-shell"[^ ]* (\d+)/.exec(text)?.[1];
    expect(groups((await run('--format', 'prometheus')).out)).toBe('3');
    // The safe fixes close the groups.
    expect(groups((await run('--fix', '--format', 'prometheus')).out)).toBeUndefined();
    const { report } = JSON.parse((await run('--fix', '--dry-run', '--json', '--exposure')).out);
    expect(report.exposure.paths.length).toBeGreaterThan(5);
  });

  test('one without a file beside one with', async () => {
    const dir = folder();
    const { out } = await audit(dir, '--format', 'markdown', '--format', 'sarif', '--output', 'a.sarif');
    expect(out).toMatch(FIRST.markdown!);
    expect(readFileSync(join(dir, 'a.sarif'), 'utf8')).toMatch(FIRST.sarif!);
  });

  test('--json is the short form of --format json', async () => {
    const dir = folder();
    const ts = (text: string) => text.replace(/"ts": \d+/, '');
    const [short, long] = [await audit(dir, '--json'), await audit(dir, '--format', 'json')];
    expect(ts(short.out)).toBe(ts(long.out));
    await audit(dir, '--json', '--output', 'a.json');
    expect(ts(readFileSync(join(dir, 'a.json'), 'utf8'))).toBe(ts(short.out));
    expect((await audit(dir, '--json', '--format', 'json')).out).toMatch(FIRST.json!);
  });

  test('a file is replaced and keeps its mode; a link is written through and stays one', async () => {
    const dir = folder();
    writeFileSync(join(dir, 'old'), 'old', { mode: 0o640 });
    chmodSync(join(dir, 'old'), 0o640);
    symlinkSync('old', join(dir, 'link'));
    await audit(dir, '--format', 'github', '--output', 'old');
    expect(readFileSync(join(dir, 'old'), 'utf8')).toMatch(FIRST.github!);
    expect(statSync(join(dir, 'old')).mode & 0o777).toBe(0o640);
    await audit(dir, '--format', 'markdown', '--output', 'link');
    expect(readFileSync(join(dir, 'old'), 'utf8')).toMatch(FIRST.markdown!);
    expect(readdirSync(dir).sort()).toEqual(['link', 'old']);
  });

  test('a device stays what it is', async () => {
    expect((await audit(folder(), '--format', 'sarif', '--output', '/dev/null')).code).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('paths below the working directory are relative to it', async () => {
    const { out } = await audit(home, '--format', 'github');
    expect(out).toMatch(/^::error file=\.openclaw\/channels\.json5,line=\d+/);
  });

  test('a home without anything is told in every form', async () => {
    const none = ['audit', '--state-dir', join(scratch, 'none'), '--config', join(scratch, 'none/openclaw.json')];
    expect((await runCommand([...none], {}, '/')).out).toMatch(/^No OpenClaw home/);
    const dir = folder();
    await runCommand([...none, '--format', 'text', '--output', join(dir, 'a.txt')], {}, '/');
    expect(readFileSync(join(dir, 'a.txt'), 'utf8')).toMatch(/^No OpenClaw home/);
    expect((await runCommand([...none, '--format', 'prometheus'], {}, '/')).out).toContain(
      'openclaw_security_config_valid 0',
    );
  });

  test('with a fix that is only tried, the other forms tell what is there', async () => {
    const dir = folder();
    const { out } = await runCommand(
      ['audit', ...HOME, '--fix', '--dry-run', '--json', '--format', 'sarif', '--output', 'a.sarif'],
      { XDG_STATE_HOME: join(scratch, 'journal') },
      dir,
    );
    expect(Object.keys(JSON.parse(out))).toEqual(['fix', 'report']);
    expect(readFileSync(join(dir, 'a.sarif'), 'utf8')).toMatch(FIRST.sarif!);
  });

  test.each([
    [['--format', 'sarif', '--format', 'markdown'], /sarif and markdown cannot both go to standard output/],
    [['--json', '--format', 'junit', '--output', '-'], /json and junit cannot both go to standard output/],
    [['--output', 'a', '--format', 'sarif'], /--output a has no format before it/],
    [['--format', 'sarif', '--output', 'a', '--output', 'b'], /--output b has no format before it/],
    [['--format', 'sarif', '--output', 'a', '--json', '--output', 'a'], /--output a is given twice/],
    [['--format', 'sarif', '--output', ''], /--output takes the name of a file/],
    [['--format', 'pdf'], /'pdf' is invalid/],
    [['--format', 'sarif', '--output', 'none/a'], /cannot write .*none\/a/],
    [['--format', 'sarif', '--output', '/'], /cannot write \//],
  ])('%j is refused with one sentence', async (args, message) => {
    const dir = folder();
    const { code, out, err } = await audit(dir, ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(readdirSync(dir)).toEqual([]);
    expect(existsSync(join(dir, 'a'))).toBe(false);
  });
});
