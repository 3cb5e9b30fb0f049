import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findInstalledOpenClaw, type InstalledOptions } from '../../src/collect/installed.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'installed-')));
});
afterEach(() => rmSync(root, { recursive: true }));

const at = (path: string): string => join(root, path);

function put(path: string, content: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
}

const PACKAGE_JSON = (version: unknown, name: unknown = 'openclaw'): string => JSON.stringify({ name, version });

/** A global install as npm makes it: a link in `<prefix>/bin` to the program in `<prefix>/lib/node_modules`. */
function npmInstall(prefix: string, packageJson: string): void {
  put(`${prefix}/lib/node_modules/openclaw/package.json`, packageJson);
  put(`${prefix}/lib/node_modules/openclaw/bin/openclaw.mjs`, '');
  mkdirSync(at(`${prefix}/bin`), { recursive: true });
  symlinkSync('../lib/node_modules/openclaw/bin/openclaw.mjs', at(`${prefix}/bin/openclaw`));
}

/** On the machine of these tests there is nothing but what a test puts there. */
const options = (more: Partial<InstalledOptions>): InstalledOptions => ({
  env: {},
  platform: 'linux',
  homeDir: at('home'),
  cwd: at('work'),
  execPath: at('node/bin/node'),
  packageDirs: [],
  ...more,
});

function find(path: readonly string[], more: Partial<InstalledOptions> = {}): ReturnType<typeof findInstalledOpenClaw> {
  return findInstalledOpenClaw(options({ env: { PATH: path.join(':') }, ...more }));
}

describe.skipIf(process.platform === 'win32')('findInstalledOpenClaw', () => {
  it('reads the package behind the link on PATH', () => {
    npmInstall('usr', PACKAGE_JSON('2026.3.7'));
    expect(find([at('nowhere'), at('usr/bin')])).toEqual({
      installed: '2026.3.7',
      installedPath: at('usr/lib/node_modules/openclaw'),
    });
  });

  it('takes the first on PATH', () => {
    npmInstall('new', PACKAGE_JSON('2026.9.6'));
    npmInstall('old', PACKAGE_JSON('2026.3.7'));
    expect(find([at('new/bin'), at('old/bin')]).installed).toBe('2026.9.6');
    expect(find([at('old/bin'), at('new/bin')]).installed).toBe('2026.3.7');
  });

  const BESIDE: [name: string, dir: string, packageDir: string][] = [
    ['a script beside its packages', 'bin', 'lib/node_modules/openclaw'],
    ['a pnpm script', 'pnpm', 'pnpm/global/5/node_modules/openclaw'],
    ['a script in the package itself', 'git/dist', 'git'],
  ];
  it.each(BESIDE)('finds the package of %s', (_, dir, packageDir) => {
    put(`${dir}/openclaw`, '#!/bin/sh\n');
    put(`${packageDir}/package.json`, PACKAGE_JSON('2026.9.6-beta.1'));
    expect(find([at(dir)])).toEqual({ installed: '2026.9.6-beta.1', installedPath: at(packageDir) });
  });

  it('finds an npm install on Windows', () => {
    put('npm/openclaw.cmd', '');
    put('npm/node_modules/openclaw/package.json', PACKAGE_JSON('2026.9.6'));
    const { packageDirs: _, ...windows } = options({ platform: 'win32', execPath: at('npm/node.exe') });
    expect(findInstalledOpenClaw(windows)).toEqual({
      installed: '2026.9.6',
      installedPath: at('npm/node_modules/openclaw'),
    });
  });

  const USUAL: [dir: string, env: Record<string, string>][] = [
    ['home/.npm-global/lib/node_modules', {}],
    ['home/.openclaw/lib/node_modules', {}],
    ['home/.local/share/pnpm/global/5/node_modules', {}],
    ['home/.bun/install/global/node_modules', {}],
    ['node/lib/node_modules', {}],
    ['prefix/lib/node_modules', { npm_config_prefix: 'prefix' }],
  ];
  it.each(USUAL)('looks into %s when PATH names none', (dir, env) => {
    put(`${dir}/openclaw/package.json`, PACKAGE_JSON('2026.3.7'));
    const absolute = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, at(value)]));
    const { packageDirs: _, ...usual } = options({ env: absolute });
    expect(findInstalledOpenClaw(usual).installedPath).toBe(at(`${dir}/openclaw`));
  });

  it('finds nothing where nothing is', () => {
    mkdirSync(at('bin'));
    for (const path of [[], [''], [at('bin')], [at('bin/absent'), 'x\0y']]) expect(find(path)).toEqual({});
    expect(find([], { env: {} })).toEqual({});
  });

  describe('is not misled by', () => {
    const cases: [name: string, path: () => string[], more?: () => Partial<InstalledOptions>][] = [
      ['relative entries', () => ['usr/bin', './usr/bin', '../usr/bin', '.', '']],
      ['the working directory', () => [at('usr/bin'), `${at('usr/bin')}/`], () => ({ cwd: at('usr/bin') })],
      [
        'a directory that everybody can write',
        () => {
          chmodSync(at('usr/bin'), 0o1777);
          return [at('usr/bin')];
        },
      ],
      [
        'the programs of the current project',
        () => {
          put('work/node_modules/openclaw/package.json', PACKAGE_JSON('2026.1.1'));
          put('work/node_modules/.bin/openclaw', '');
          return [at('work/node_modules/.bin')];
        },
      ],
      ['entries beyond the first 64', () => [...Array.from({ length: 64 }, (_, i) => at(`bin${i}`)), at('usr/bin')]],
      ['an npm prefix that is relative', () => [], () => ({ env: { npm_config_prefix: 'usr' } })],
    ];
    it.each(cases)('%s', (_, path, more) => {
      npmInstall('usr', PACKAGE_JSON('2026.1.1'));
      expect(find(path(), more?.())).toEqual({});
    });

    const PACKAGES: [name: string, content: string][] = [
      ['another package', PACKAGE_JSON('1.0.0', 'other')],
      ['no name', JSON.stringify({ version: '2026.1.1' })],
      ['no version', JSON.stringify({ name: 'openclaw' })],
      ['a version that is no text', PACKAGE_JSON({ toString: 1 })],
      ['a version with escape sequences', PACKAGE_JSON('2026.1.1\u001b[2J')],
      ['a version that never ends', PACKAGE_JSON('1'.repeat(1000))],
      ['a list', '[]'],
      ['null', 'null'],
      ['no JSON', '{'],
      ['nothing', ''],
      ['inherited properties', '{"__proto__": {"name": "openclaw", "version": "2026.1.1"}}'],
      ['nesting without end', '['.repeat(200_000)],
      ['a megabyte', `${PACKAGE_JSON('2026.1.1')}${' '.repeat(1024 * 1024)}`],
    ];
    it.each(PACKAGES)('a package.json with %s', (_, content) => {
      npmInstall('usr', content);
      expect(find([at('usr/bin')])).toEqual({});
    });

    it('links that loop or lead to no file, and pipes', () => {
      npmInstall('usr', PACKAGE_JSON('2026.1.1'));
      rmSync(at('usr/lib/node_modules/openclaw/package.json'));
      execFileSync('mkfifo', [at('usr/lib/node_modules/openclaw/package.json')]);
      mkdirSync(at('loop'));
      symlinkSync('openclaw', at('loop/openclaw'));
      mkdirSync(at('broken'));
      symlinkSync('nowhere', at('broken/openclaw'));
      mkdirSync(at('dir/openclaw'), { recursive: true });
      expect(find([at('loop'), at('broken'), at('dir'), at('usr/bin')])).toEqual({});
    });
  });
});
