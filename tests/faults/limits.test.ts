import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Transaction } from '../../src/core/transaction.ts';
import type { ApplyOptions } from '../../src/fix/apply/apply.ts';
import { FixError } from '../../src/fix/apply/errors.ts';
import { listJournal } from '../../src/fix/apply/listing.ts';
import { recover } from '../../src/fix/apply/recover.ts';
import {
  bundleChild,
  chmod,
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
import { applyIn, refusalIn, type SmallHome, smallFix, smallHome } from './small-home.ts';

let scratch: string;
let child: string;
beforeAll(async () => {
  scratch = makeHome('child').dir;
  fs.chmodSync(scratch, 0o755);
  child = await bundleChild(scratch);
});
afterAll(() => {
  fs.rmSync(scratch, { recursive: true });
});

let home: SmallHome;
let config: string;
let old: Record<string, string>;
beforeEach(() => {
  home = smallHome();
  ({ config, old } = home);
});
afterEach(() => {
  fs.rmSync(home.dir, { recursive: true });
});

const small = () => smallFix(home);
const run = (tx: Transaction, options: Partial<ApplyOptions> = {}) => applyIn(home, tx, options);
const refusal = (tx: Transaction, options: Partial<ApplyOptions> = {}) => refusalIn(home, tx, options);

async function stepsOf(tx: Transaction): Promise<string[]> {
  const steps: string[] = [];
  await run(tx, { faultHook: (_n, what) => steps.push(what), verify: async () => ({ ok: false, reason: '' }) });
  return steps;
}

describe('a system call that fails', () => {
  it.each([false, true])('at any step leaves everything as it was (portable: %s)', async (portable) => {
    const total = (await stepsOf(small())).length;
    expect(snapshot(home.stateDir)).toEqual(old);
    for (let at = 0; at < total; at++) {
      let failed = '';
      const faultHook = (n: number, what: string): void => {
        if (n !== at) return;
        failed = what;
        throw Object.assign(new Error('injected'), { code: 'ENOSPC' });
      };
      const refuse = { verify: async () => ({ ok: false, reason: 'no' }) as const };
      const result = await run(small(), { faultHook, portable, ...refuse }).catch((error: FixError) => error);
      if (result instanceof FixError) {
        if (result.code === 'rollback-incomplete') {
          await recover(home.journalDir, { portable });
        } else expect(result.message, failed).toContain('the disk is full');
      } else expect(result.outcome, failed).toBe('rolled-back');
      expect(snapshot(home.stateDir), failed).toEqual(old);
      if (listJournal(home.journalDir).some((e) => e.state === 'interrupted')) await recover(home.journalDir);
      expect(fs.readdirSync(home.journalDir).filter((name) => name.startsWith('lock'))).toEqual([]);
    }
  });

  it('for good can still be recovered once the cause is gone', async () => {
    const total = (await stepsOf(small())).length;
    for (let at = 0; at < total; at++) {
      const faultHook = (n: number): void => {
        if (n >= at) throw Object.assign(new Error('injected'), { code: 'EIO' });
      };
      const result = await run(small(), { faultHook, verify: async () => ({ ok: false, reason: 'no' }) }).catch(
        (error: FixError) => error,
      );
      await recover(home.journalDir);
      expect(snapshot(home.stateDir), result instanceof FixError ? result.message : result.outcome).toEqual(old);
      expect(listJournal(home.journalDir).every((entry) => entry.state === 'rolled-back')).toBe(true);
    }
  });
});

describe('a full disk', () => {
  /**
   * Runs the small transaction with `where` on a disk of 64 KB that `filler` bytes fill; gives what is in the state
   * directory afterwards.
   */
  async function onSmallDisk(where: 'state' | 'journal', filler: number, job: object = {}) {
    const target = where === 'state' ? home.stateDir : home.journalDir;
    const seed = path.join(home.dir, 'seed');
    const result = path.join(home.dir, 'result');
    fs.mkdirSync(target, { recursive: true, mode: 0o700 });
    const tx = small();
    if (!OWN_MOUNTS) return undefined;
    const script = `cp -a "${target}" "${seed}" && mount -t tmpfs -o size=64k,mode=755 tmpfs "${target}" &&
      cp -a "${seed}/." "${target}" && head -c ${filler} /dev/zero > "${target}/filler.bin"
      "$@"; rm -f "${target}/filler.bin" "${target}/more.bin"; cp -a "${home.stateDir}" "${result}"`;
    const ended = await runChild(
      child,
      { action: 'apply', journalDir: home.journalDir, transaction: tx, ...job },
      { under: [...OWN_MOUNTS, 'sh', '-c', script, 'sh'] },
    );
    const state = snapshot(result);
    return { ended, state };
  }

  it('under the state directory stops the fix before the first change', async () => {
    const at = await onSmallDisk('state', 1 << 20);
    if (!at) return expectInjected('stage');
    expect(at.ended.error?.message).toMatch(
      /openclaw\.json: cannot write a new version into .*: the disk is full; free some space/,
    );
    expect(at.state).toEqual(old);
  });

  it('under the journal stops the fix before the first change', async () => {
    const at = await onSmallDisk('journal', 1 << 20);
    if (!at) return expectInjected('back up');
    expect(at.ended.error?.message).toMatch(/journal.*: the disk is full; free some space/);
    expect(at.state).toEqual(old);
  });

  it.each(['state', 'journal'] as const)(
    'that fills up under the %s during the fix does not hinder the rollback',
    async (where) => {
      const file = path.join(where === 'state' ? home.stateDir : home.journalDir, 'more.bin');
      const at = await onSmallDisk(where, 0, { verify: 'refuse', fill: { step: 'verify', file } });
      if (!at) return expectInjected('verify');
      expect(at.ended.result, JSON.stringify(at.ended)).toMatchObject({ outcome: 'rolled-back', left: [] });
      expect(at.ended.result).not.toHaveProperty('warning');
      expect(at.state).toEqual(old);
    },
  );

  /** Where no disk can be made: the same error from the step itself. */
  async function expectInjected(step: string): Promise<void> {
    const faultHook = (_n: number, what: string): void => {
      if (what.startsWith(step)) throw Object.assign(new Error('injected'), { code: 'ENOSPC' });
    };
    const result = await run(small(), { faultHook }).catch((error: FixError) => error);
    expect(result instanceof FixError ? result.message : 'rolled-back').toMatch(/the disk is full|rolled-back/);
    expect(snapshot(home.stateDir)).toEqual(old);
  }

  it('by a limit on the size of files stops the fix before the first change', async () => {
    const under = ['sh', '-c', 'trap "" XFSZ; ulimit -f 0; exec "$@"', 'sh'];
    const job = { action: 'apply', journalDir: home.journalDir, transaction: small() } as const;
    const { error } = await runChild(child, job, { under });
    expect(error?.message).toContain('the file would be larger than the limit of this process');
    expect(snapshot(home.stateDir)).toEqual(old);
  });
});

describe('missing rights', () => {
  /** Hands the home to a user without rights, when there are any to lose, and runs a job as that user. */
  async function unprivileged(tx: Transaction, portable = false) {
    const job = { action: 'apply', journalDir: home.journalDir, transaction: tx, portable } as const;
    return runChild(child, job, ROOT ? { uid: NOBODY } : {});
  }
  const giveAway = (at = home.dir): void => {
    if (ROOT) spawnSync('chown', ['-R', `${NOBODY}:${NOBODY}`, at]);
  };

  it('to a directory stop the fix before the first change', async () => {
    const tx = small();
    giveAway();
    fs.chmodSync(path.join(home.stateDir, 'include'), 0o555);
    old = snapshot(home.stateDir);
    const { error } = await unprivileged(tx);
    expect(error?.message).toMatch(
      /more\.json: cannot write a new version into .*include: permission denied; run it as the owner/,
    );
    const now = snapshot(home.stateDir);
    fs.chmodSync(path.join(home.stateDir, 'include'), 0o755);
    expect(now).toEqual(old);
  });

  it('to a file of another user stop the fix before the first change', async () => {
    // Not as root there is always a file of root's.
    const foreign = ROOT ? config : '/etc/passwd';
    giveAway();
    if (ROOT) fs.chownSync(config, 0, 0);
    old = snapshot(home.stateDir);
    const { error } = await unprivileged(transaction(home, write(foreign, 'x')));
    expect(error).toMatchObject({ code: 'precondition', path: foreign });
    expect(error?.message).toMatch(/it belongs to user 0/);
    expect(snapshot(home.stateDir)).toEqual(old);
  });

  it('to read an own file do not hinder a change of its mode', async () => {
    const locked = put(path.join(home.stateDir, 'locked.json'), '{}', 0);
    const dir = path.join(home.stateDir, 'locked');
    fs.mkdirSync(dir);
    fs.chmodSync(dir, 0o077);
    giveAway();
    const tx = transaction(home, chmod(locked, 0o600), chmod(dir, 0o700));
    // Where only opening a file leads to its mode, an unreadable one is reported.
    const portable = await unprivileged(tx, true);
    expect(portable.error?.message).toMatch(/locked\.json: cannot open it: permission denied; run it as the owner/);
    const { result, error } = await unprivileged(tx);
    expect(error).toBeUndefined();
    expect(result).toMatchObject({ outcome: 'applied', changed: [locked, dir] });
    expect([locked, dir].map((at) => (fs.statSync(at).mode & 0o7777).toString(8))).toEqual(['600', '700']);
  });

  it('on a read-only file system stop the fix before the first change', async () => {
    const job = { action: 'apply', journalDir: home.journalDir, transaction: small() } as const;
    const script = `mount --bind "${home.stateDir}" "${home.stateDir}" && mount -o remount,ro,bind "${home.stateDir}" && exec "$@"`;
    if (OWN_MOUNTS) {
      const { error } = await runChild(child, job, { under: [...OWN_MOUNTS, 'sh', '-c', script, 'sh'] });
      expect(error?.message).toMatch(/: the file system is read-only; mount it writable/);
    } else {
      const faultHook = (_n: number, what: string): void => {
        if (what.startsWith('stage')) throw Object.assign(new Error('injected'), { code: 'EROFS' });
      };
      expect((await refusal(small(), { faultHook })).message).toMatch(
        /: the file system is read-only; mount it writable/,
      );
    }
    expect(snapshot(home.stateDir)).toEqual(old);
  });
});

describe('the end of a fix', () => {
  it('is a rollback, times included, when the audit does not confirm it', async () => {
    const times = fs.statSync(home.stateDir, { bigint: true }).mtimeNs;
    let during: Record<string, string> = {};
    const result = await run(small(), {
      verify: async () => {
        during = snapshot(home.stateDir);
        return { ok: false, reason: 'gateway.bind_no_auth appeared' };
      },
    });
    expect(during['openclaw.json']).not.toBe(old['openclaw.json']);
    expect(result).toMatchObject({
      outcome: 'rolled-back',
      cause: { code: 'verify-failed', message: expect.stringContaining('gateway.bind_no_auth appeared') },
      restored: small()
        .operations.map((op) => op.path)
        .reverse(),
      left: [],
    });
    expect(snapshot(home.stateDir)).toEqual(old);
    expect(fs.statSync(home.stateDir, { bigint: true }).mtimeNs).toBe(times);
    expect(listJournal(home.journalDir)).toMatchObject([{ state: 'rolled-back', description: 'test' }]);
  });

  it('is a rollback when the audit throws', async () => {
    const verify = async (): Promise<never> => {
      throw new Error('the audit broke');
    };
    const result = await run(small(), { verify });
    expect(result).toMatchObject({ outcome: 'rolled-back', cause: { code: 'verify-failed' } });
    expect(snapshot(home.stateDir)).toEqual(old);
  });

  it('is a rollback when the caller aborts', async () => {
    const controller = new AbortController();
    const verify = async (): Promise<never> => {
      controller.abort();
      return new Promise(() => {});
    };
    const result = await run(small(), { verify, signal: controller.signal });
    expect(result).toMatchObject({ outcome: 'rolled-back', cause: { code: 'stopped' } });
    expect(snapshot(home.stateDir)).toEqual(old);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('is a rollback when %s comes during the audit', async (name) => {
    const job = { action: 'apply', journalDir: home.journalDir, transaction: small(), verify: 'hang' } as const;
    const ended = await runChild(child, job, { signal: { name, after: 'verifying' } });
    expect(ended.result).toMatchObject({ outcome: 'rolled-back', cause: { code: 'stopped' }, left: [] });
    expect(snapshot(home.stateDir)).toEqual(old);
    expect(listJournal(home.journalDir).map((entry) => entry.state)).toEqual(['rolled-back']);
  });

  it('is whole, without any recovery, whenever SIGTERM comes', async () => {
    const job = { action: 'apply', journalDir: home.journalDir, transaction: small() } as const;
    const begun = performance.now();
    await runChild(child, { ...job, verify: 'refuse' });
    const whole = performance.now() - begun;
    const runs = 20;
    for (let n = 0; n < runs; n++) {
      const after = whole * (0.3 + (0.8 * n) / runs);
      const { result } = await runChild(child, { ...job, verify: 'refuse' }, { signal: { name: 'SIGTERM', after } });
      expect(snapshot(home.stateDir), JSON.stringify(result)).toEqual(old);
      expect(listJournal(home.journalDir).filter((entry) => entry.state === 'interrupted')).toEqual([]);
    }
  });
});
