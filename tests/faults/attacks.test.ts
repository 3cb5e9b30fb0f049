import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Transaction } from '../../src/core/transaction.ts';
import { type ApplyOptions, apply } from '../../src/fix/apply/apply.ts';
import { FixError } from '../../src/fix/apply/errors.ts';
import { recover } from '../../src/fix/apply/recover.ts';
import {
  bundleChild,
  chmod,
  type Home,
  makeHome,
  NOBODY,
  OWN_MOUNTS,
  put,
  ROOT,
  runChild,
  snapshot,
  transaction,
  write,
} from './home.ts';

let scratch: string;
let child: string;
beforeAll(async () => {
  scratch = makeHome('child').dir;
  child = await bundleChild(scratch);
});
afterAll(() => {
  fs.rmSync(scratch, { recursive: true });
});

let home: Home;
let config: string;
let outside: string;
let secret: string;
let outsideBefore: Record<string, string>;
beforeEach(() => {
  home = makeHome('attack');
  config = put(path.join(home.stateDir, 'openclaw.json'), '{ "old": true }');
  for (const name of ['auth-profiles.json', 'sessions.json'])
    put(path.join(home.stateDir, 'agents', 'main', name), '{}', 0o644);
  put(path.join(home.stateDir, 'agents', 'main', 'include.json'), '{ "old": true }', 0o644);
  outside = path.join(home.dir, 'outside');
  secret = put(path.join(outside, 'secret'), 'of somebody else', 0o644);
  // The same names as in the agent's directory, for when that is swapped.
  for (const name of ['auth-profiles.json', 'sessions.json']) put(path.join(outside, name), 'of somebody else', 0o644);
  put(path.join(outside, 'include.json'), '{ "old": true }', 0o644);
  outsideBefore = snapshot(outside);
});
afterEach(() => {
  expect(snapshot(outside)).toEqual(outsideBefore);
  fs.rmSync(home.dir, { recursive: true });
});

const run = (tx: Transaction, options: Partial<ApplyOptions> = {}) =>
  apply(tx, { journalDir: home.journalDir, verify: async () => ({ ok: true }), ...options });

/** Runs it and gives what it says, whether it refused or rolled back. */
async function message(tx: Transaction, options: Partial<ApplyOptions> = {}): Promise<string> {
  const result = await run(tx, options).catch((error: unknown) => error);
  if (result instanceof FixError) return result.message;
  expect(result).toMatchObject({ outcome: 'rolled-back' });
  return (result as { cause: FixError }).cause.message;
}

const kinds = [{ portable: false }, { portable: true }];

describe.each(kinds)('a link planted in the state directory ($portable)', (options) => {
  it('is never followed to change a mode', async () => {
    const planted = path.join(home.stateDir, 'planted.json');
    fs.symlinkSync(secret, planted);
    const request = { kind: 'chmod', path: planted, from: 0o644, to: 0o600, dir: false } as const;
    expect(await message(transaction(home, request), options)).toMatch(
      /planted\.json: it now leads to .*secret and no longer/,
    );
    const toDirectory = path.join(home.stateDir, 'planted');
    fs.symlinkSync(outside, toDirectory);
    const mode = fs.statSync(outside).mode & 0o7777;
    const other = { kind: 'chmod', path: toDirectory, from: mode, to: 0o700, dir: true } as const;
    expect(await message(transaction(home, other), options)).toMatch(/planted: it now leads to .*outside/);
  });

  it('is never written through unless the plan recorded where it leads', async () => {
    const planted = path.join(home.stateDir, 'planted.json');
    fs.symlinkSync(secret, planted);
    expect(await message(transaction(home, write(planted, 'x')), options)).toMatch(/planted\.json: it now leads to/);
  });

  it('in the middle of a path is not followed either', async () => {
    fs.symlinkSync(outside, path.join(home.stateDir, 'linked'));
    const request = chmod(path.join(home.stateDir, 'linked', 'secret'), 0o600);
    expect(await message(transaction(home, request), options)).toMatch(/secret: it now leads to/);
  });

  it('in place of a file, at any moment of the fix, changes nothing behind it', async () => {
    const target = path.join(home.stateDir, 'agents', 'main', 'auth-profiles.json');
    for (const moment of ['journal begin', 'journal prepared', `keep ${config}`, `rename ${config}`]) {
      const tx = transaction(home, write(config, `{ "new": "${moment}" }`), chmod(target, 0o600));
      const planted = (_n: number, what: string): void => {
        if (what !== moment) return;
        fs.renameSync(target, `${target}.real`);
        fs.symlinkSync(secret, target);
      };
      expect(await message(tx, { ...options, faultHook: planted }), moment).toMatch(
        /auth-profiles\.json: somebody else changed it/,
      );
      expect(fs.readFileSync(config, 'utf8')).toBe('{ "old": true }');
      expect(snapshot(outside)).toEqual(outsideBefore);
      fs.unlinkSync(target);
      fs.renameSync(`${target}.real`, target);
    }
  });
});

describe('a link planted in the last instant', () => {
  it('does not redirect a change of mode, because the file is open already', async () => {
    const target = path.join(home.stateDir, 'agents', 'main', 'auth-profiles.json');
    await run(transaction(home, chmod(target, 0o600)), {
      faultHook: (_n, what) => {
        if (what !== `chmod ${target}`) return;
        fs.renameSync(target, `${target}.real`);
        fs.symlinkSync(secret, target);
      },
    });
    expect(snapshot(outside)).toEqual(outsideBefore);
    expect(fs.statSync(`${target}.real`).mode & 0o7777).toBe(0o600);
  });
});

describe('a parent directory swapped for a link', () => {
  it.each(['apply', 'verify refuses'])('at any step of the fix changes nothing behind the link (%s)', async (how) => {
    const parent = path.join(home.stateDir, 'agents', 'main');
    const old = snapshot(home.stateDir);
    const operations = (): Transaction['operations'] => [
      write(config, '{ "new": true }'),
      write(path.join(parent, 'include.json'), '{ "new": true }'),
      chmod(path.join(parent, 'auth-profiles.json'), 0o600),
      chmod(path.join(parent, 'sessions.json'), 0o600),
      chmod(parent, 0o700),
    ];
    const before = JSON.stringify(outsideBefore);
    const touched: string[] = [];
    let steps = 0;
    for (let at = 0, reached = true; reached; at++) {
      reached = false;
      const result = await run(transaction(home, ...operations()), {
        verify: async () => (how === 'apply' ? { ok: true } : { ok: false, reason: 'no' }),
        faultHook: (n, what) => {
          // At every step, because a rollback may put right what should never have happened.
          if (JSON.stringify(snapshot(outside)) !== before) touched.push(`${what}, swapped at ${at}`);
          if (n !== at) return;
          reached = true;
          fs.renameSync(parent, `${parent}.moved`);
          fs.symlinkSync(outside, parent);
        },
      }).catch((error: FixError) => error);
      expect(touched).toEqual([]);
      expect(snapshot(outside), `step ${at}`).toEqual(outsideBefore);
      if (reached) {
        fs.unlinkSync(parent);
        fs.renameSync(`${parent}.moved`, parent);
      }
      await recover(home.journalDir);
      const applied = !(result instanceof FixError) && result.outcome === 'applied';
      const content = applied ? '{ "new": true }' : '{ "old": true }';
      const what = `step ${at}: ${result instanceof FixError ? result.message : JSON.stringify(result)}`;
      expect(fs.readFileSync(config, 'utf8'), what).toBe(content);
      expect(fs.readFileSync(path.join(parent, 'include.json'), 'utf8'), what).toBe(content);
      restore();
      expect(snapshot(home.stateDir), what).toEqual(old);
      steps = at;
    }
    expect(steps).toBeGreaterThan(how === 'apply' ? 25 : 30);
  });
  /** What the swap kept a rollback from reaching, or a fix that got through: the test goes on from the start. */
  function restore(): void {
    const parent = path.join(home.stateDir, 'agents', 'main');
    put(config, '{ "old": true }');
    put(path.join(parent, 'include.json'), '{ "old": true }');
    for (const name of ['auth-profiles.json', 'sessions.json']) fs.chmodSync(path.join(parent, name), 0o644);
    fs.chmodSync(parent, 0o755);
  }
});

describe.each(kinds)('a directory swapped while a file in it is replaced ($portable)', (options) => {
  it('is noticed, and nothing behind the link changes', async () => {
    const parent = path.join(home.stateDir, 'agents', 'main');
    const include = path.join(parent, 'include.json');
    const faultHook = (_n: number, what: string): void => {
      if (what !== `rename ${include}`) return;
      fs.renameSync(parent, `${parent}.moved`);
      fs.symlinkSync(outside, parent);
    };
    const tx = transaction(home, write(config, '{ "new": true }'), write(include, '{ "new": true }'));
    expect(await message(tx, { ...options, faultHook })).toMatch(
      /agents\/main: the directory was moved or replaced while its files were being changed; find out by whom/,
    );
    expect(fs.readFileSync(config, 'utf8')).toBe('{ "old": true }');
    expect(fs.readFileSync(path.join(`${parent}.moved`, 'include.json'), 'utf8')).toBe('{ "old": true }');
  });
});

describe('a hard link planted in the state directory', () => {
  it.each(kinds)('to a file outside is refused ($portable)', async (options) => {
    const planted = path.join(home.stateDir, 'planted.json');
    fs.linkSync(secret, planted);
    outsideBefore = snapshot(outside);
    const reason = /planted\.json: it has 2 hard links, and another name of it could be elsewhere; find the others/;
    expect(await message(transaction(home, chmod(planted, 0o600)), options)).toMatch(reason);
    expect(await message(transaction(home, write(planted, 'x')), options)).toMatch(reason);
  });

  it('while the fix runs is noticed before the mode changes', async () => {
    const target = path.join(home.stateDir, 'agents', 'main', 'auth-profiles.json');
    const faultHook = (_n: number, what: string): void => {
      if (what === 'journal prepared') fs.linkSync(target, path.join(home.dir, 'second'));
    };
    const tx = transaction(home, write(config, 'x'), chmod(target, 0o600));
    expect(await message(tx, { faultHook })).toMatch(/auth-profiles\.json: somebody else changed it/);
    expect(fs.statSync(target).mode & 0o7777).toBe(0o644);
  });
});

describe('a config that is a link', () => {
  it.each(kinds)('is written at its real place, and the link stays ($portable)', async (options) => {
    const real = put(path.join(home.dir, 'dotfiles', 'openclaw.json'), '{ "old": true }', 0o644);
    fs.rmSync(config);
    fs.symlinkSync('../dotfiles/openclaw.json', config);
    const result = await run(
      transaction(home, write(config, '{ "new": true }', { realPath: real, mode: 0o600 })),
      options,
    );
    expect(result).toMatchObject({ outcome: 'applied', changed: [config] });
    expect(fs.readlinkSync(config)).toBe('../dotfiles/openclaw.json');
    expect(fs.readFileSync(real, 'utf8')).toBe('{ "new": true }');
    expect(fs.lstatSync(real).mode & 0o7777).toBe(0o600);
  });

  it('to a file of another user is refused, even when the plan recorded it', async () => {
    const foreign = ROOT ? secret : '/etc/passwd';
    // As root: the state directory and the link are the attacker's, the target is root's.
    if (ROOT) spawnSync('chown', ['-R', `${NOBODY}:${NOBODY}`, home.stateDir]);
    fs.rmSync(config);
    fs.symlinkSync(foreign, config);
    if (ROOT) fs.lchownSync(config, NOBODY, NOBODY);
    for (const request of [write(config, 'x', { realPath: foreign }), chmod(config, 0o600, { realPath: foreign })])
      expect(await message(transaction(home, request))).toMatch(/openclaw\.json: it belongs to user 0/);
  });

  it('of another user than its target is refused outside of the state directory as well', async () => {
    const linked = path.join(home.dir, 'linked.json');
    fs.symlinkSync(secret, linked);
    // Without root nobody can make a link of another user; a target of another user is the same mismatch.
    if (ROOT) fs.lchownSync(linked, NOBODY, NOBODY);
    const real = ROOT ? secret : '/etc/passwd';
    if (!ROOT) {
      fs.unlinkSync(linked);
      fs.symlinkSync(real, linked);
    }
    expect(await message(transaction(home, write(linked, 'x', { realPath: real })))).toMatch(
      /linked\.json: (user \d+ made a link|it belongs to user)/,
    );
  });
});

describe('what is not the owner’s plain file on this mount', () => {
  it('is refused: a file of another user in the state directory', async () => {
    if (ROOT) spawnSync('chown', ['-R', `${NOBODY}:${NOBODY}`, home.stateDir]);
    const foreign = ROOT ? put(path.join(home.stateDir, 'roots.json'), '{}') : '/etc/passwd';
    expect(await message(transaction(home, chmod(foreign, 0o600)))).toMatch(/it belongs to user 0/);
  });

  it.each(kinds)('is refused: a pipe, without waiting for it ($portable)', async (options) => {
    const pipe = path.join(home.stateDir, 'pipe.json');
    spawnSync('mkfifo', ['-m', '644', pipe]);
    const request = { kind: 'chmod', path: pipe, from: 0o644, to: 0o600, dir: false } as const;
    expect(await message(transaction(home, request), options)).toMatch(
      /pipe\.json: it is (a link or )?(no|not a) regular file/,
    );
  });

  it.each(kinds)('is refused: a directory where a file was planned, and the reverse ($portable)', async (options) => {
    const directory = { ...chmod(path.join(home.stateDir, 'agents'), 0o700), dir: false };
    expect(await message(transaction(home, directory), options)).toMatch(/agents: it is not a regular file/);
    const file = { ...chmod(config, 0o600), dir: true };
    expect(await message(transaction(home, file), options)).toMatch(/openclaw\.json: it is not a directory/);
  });

  it('is refused: anything on another mount, even of the same device', async () => {
    const target = path.join(home.stateDir, 'agents', 'main', 'auth-profiles.json');
    const file = path.join(home.stateDir, 'agents', 'main', 'include.json');
    const mount = (what: string, at: string, tx: Transaction) =>
      runChild(
        child,
        { action: 'apply', journalDir: home.journalDir, transaction: tx },
        { under: [...OWN_MOUNTS!, 'sh', '-c', `mount --bind "${what}" "${at}" && exec "$@"`, 'sh'] },
      );
    if (!OWN_MOUNTS) {
      // Without mounts of our own: one that every system has, and a change that would be none.
      const shared = { ...home, stateDir: '/dev' };
      const { mode } = fs.statSync('/dev/shm');
      const tx = transaction(shared, chmod('/dev/shm', mode & 0o7777));
      expect(await message(tx)).toMatch(/shm: it (is on another mount|belongs to user 0)/);
      return;
    }
    const directory = await mount(outside, path.dirname(target), transaction(home, chmod(target, 0o600)));
    expect(directory.error?.message).toMatch(/auth-profiles\.json: it is on another mount; change its mode by hand/);
    const mounted = await mount(path.join(outside, 'include.json'), file, transaction(home, write(file, 'x')));
    expect(mounted.error?.message).toMatch(/include\.json: it is a mount point of its own, so it cannot be replaced/);
    expect(snapshot(outside)).toEqual(outsideBefore);
  });

  it('is refused: a file with an access control list, which a new file would not have', async () => {
    const listed = path.join(home.stateDir, 'listed.json');
    spawnSync('tar', ['--acls', '-xf', '-', '-C', home.stateDir], { input: archiveWithAccessList('listed.json') });
    expect(fs.readFileSync(listed, 'utf8')).toBe('{}');
    const shown = spawnSync('ls', ['-l', listed], { encoding: 'utf8' }).stdout;
    const tx = transaction(home, write(listed, '{ "new": true }'));
    if (shown.startsWith('-rw-r-----+'))
      expect(await message(tx)).toMatch(/listed\.json: it has an access control list, which a new file would not keep/);
    // Neither this tar nor this file system may know such lists.
    else expect(await run(tx)).toMatchObject({ outcome: 'applied' });
  });
});

/** A tar archive with one file that another user may read by an access control list. */
function archiveWithAccessList(name: string): Buffer {
  const list = 'SCHILY.acl.access=user::rw-,user:1000:r--,group::---,mask::r--,other::---\n';
  const record = `${list.length + 3} ${list}`;
  return Buffer.concat([entry('acl', 'x', record), entry(name, '0', '{}'), Buffer.alloc(1024)]);
}

function entry(name: string, type: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  const fields: readonly [number, string][] = [
    [0, name],
    [100, '0000640\0'],
    [108, '0000000\0'],
    [116, '0000000\0'],
    [124, `${content.length.toString(8).padStart(11, '0')}\0`],
    [136, '00000000000\0'],
    [148, '        '],
    [156, type],
    [257, 'ustar\x0000'],
  ];
  for (const [at, text] of fields) header.write(text, at, 'latin1');
  header.write(
    `${header
      .reduce((a, b) => a + b, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
    'latin1',
  );
  const body = Buffer.alloc(512);
  body.write(content);
  return Buffer.concat([header, body]);
}
