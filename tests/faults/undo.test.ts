import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Transaction } from '../../src/core/transaction.ts';
import { apply } from '../../src/fix/apply/apply.ts';
import type { FixError } from '../../src/fix/apply/errors.ts';
import { listJournal } from '../../src/fix/apply/listing.ts';
import { recover } from '../../src/fix/apply/recover.ts';
import { undo } from '../../src/fix/apply/undo.ts';
import { chmod, type Home, makeHome, put, snapshot, transaction, write } from './home.ts';

let home: Home;
let config: string;
let profiles: string;
let old: Record<string, string>;
beforeEach(() => {
  home = makeHome('undo');
  config = path.join(home.stateDir, 'openclaw.json');
  // Times with a part below the microsecond, as every file has that was not made by a copy.
  fs.writeFileSync(config, '{ "old": true }', { mode: 0o644 });
  profiles = put(path.join(home.stateDir, 'agents', 'main', 'auth-profiles.json'), '{}', 0o666);
  old = snapshot(home.stateDir);
});
afterEach(() => {
  fs.rmSync(home.dir, { recursive: true });
});

const fix = (text = '{ "new": true }'): Transaction => ({
  ...transaction(
    home,
    write(config, text, { mode: 0o600 }),
    chmod(profiles, 0o600),
    chmod(path.dirname(profiles), 0o700),
  ),
  description: 'close the gateway',
});
/** Applies it and gives its id. */
async function applied(tx = fix()): Promise<string> {
  const result = await apply(tx, { journalDir: home.journalDir, verify: async () => ({ ok: true }) });
  if (result.outcome !== 'applied') throw new Error(JSON.stringify(result));
  return result.id;
}
const failure = (work: Promise<unknown>): Promise<FixError> =>
  work.then(
    (result) => {
      throw new Error(`no error: ${JSON.stringify(result)}`);
    },
    (error: FixError) => error,
  );
const dirTime = (): bigint => fs.statSync(home.stateDir, { bigint: true }).mtimeNs;

describe('undo', () => {
  it.each([false, true])('brings back content, modes and times to the nanosecond (portable: %s)', async (portable) => {
    const time = dirTime();
    const id = await applied();
    expect(snapshot(home.stateDir)).not.toEqual(old);
    const result = await undo(home.journalDir, undefined, { portable });
    expect(result).toMatchObject({
      outcome: 'undone',
      undoes: id,
      restored: [path.dirname(profiles), profiles, config],
      left: [],
    });
    expect(snapshot(home.stateDir)).toEqual(old);
    expect(dirTime()).toBe(time);
    expect(fs.statSync(config, { bigint: true }).mtimeNs % 1000n).not.toBe(0n);
  });

  it('leaves the time of a directory in which somebody else has worked since', async () => {
    await applied();
    put(path.join(home.stateDir, 'another.json'), '{}');
    const since = dirTime();
    await undo(home.journalDir);
    expect(dirTime()).toBeGreaterThanOrEqual(since);
  });

  it('says so when it is asked twice, and does nothing', async () => {
    const first = await applied(fix('{ "first": true }'));
    const second = await applied(fix('{ "second": true }'));
    await undo(home.journalDir);
    const after = snapshot(home.dir);
    expect(await failure(undo(home.journalDir))).toMatchObject({
      code: 'already-undone',
      message: expect.stringMatching(new RegExp(`^${second}: it is undone already`)),
    });
    expect(await failure(undo(home.journalDir, second))).toMatchObject({ code: 'already-undone' });
    expect(snapshot(home.dir)).toEqual(after);
    expect(await undo(home.journalDir, first)).toMatchObject({ outcome: 'undone', undoes: first });
    expect(snapshot(home.stateDir)).toEqual(old);
  });

  it('refuses when a file was changed since, and names every one', async () => {
    await applied();
    fs.writeFileSync(config, '{ "edited": true }');
    fs.chmodSync(profiles, 0o640);
    const before = snapshot(home.stateDir);
    const error = await failure(undo(home.journalDir));
    expect(error).toMatchObject({ code: 'changed-since', path: config });
    expect(error.message).toMatch(/openclaw\.json: its content has changed since; look at it first, or force the undo/);
    expect(error.problems.map((p) => p.path)).toEqual([config, profiles]);
    expect(snapshot(home.stateDir)).toEqual(before);
  });

  it('refuses when the fixed file is gone', async () => {
    await applied();
    fs.rmSync(config);
    expect((await failure(undo(home.journalDir))).message).toMatch(/openclaw\.json: it is gone; look at it first/);
  });

  it('with force goes back all the same, and keeps what was there', async () => {
    await applied();
    fs.writeFileSync(config, '{ "edited": true }');
    fs.chmodSync(profiles, 0o640);
    const edited = snapshot(home.stateDir);
    const result = await undo(home.journalDir, undefined, { force: true });
    expect(snapshot(home.stateDir)).toEqual(old);
    // The undo is a transaction like any other: the edit comes back by undoing it.
    await undo(home.journalDir, result.id);
    expect(snapshot(home.stateDir)).toEqual(edited);
  });

  it('with force brings back a deleted file', async () => {
    await applied();
    fs.rmSync(config);
    await undo(home.journalDir, undefined, { force: true });
    expect(snapshot(home.stateDir)).toEqual(old);
  });

  it('undone is the fix again, which can be undone again', async () => {
    const id = await applied();
    const fixed = snapshot(home.stateDir);
    const { id: back } = await undo(home.journalDir);
    expect(await undo(home.journalDir, back)).toMatchObject({ outcome: 'undone', undoes: back });
    expect(snapshot(home.stateDir)).toEqual(fixed);
    expect(listJournal(home.journalDir).map((e) => [e.undoes, e.state])).toEqual([
      [undefined, 'applied'],
      [id, 'undone'],
      [back, 'applied'],
    ]);
    await undo(home.journalDir);
    expect(snapshot(home.stateDir)).toEqual(old);
  });

  it('of a fix below a later one asks for the later one first', async () => {
    const first = await applied();
    const second = await applied(transaction(home, write(config, '{ "newer": true }')));
    const error = await failure(undo(home.journalDir, first));
    expect(error).toMatchObject({ code: 'changed-since', path: config });
    expect(error.message).toContain(`the later fix ${second} changed it as well; undo that one first`);
    await undo(home.journalDir, second);
    await undo(home.journalDir, first);
    expect(snapshot(home.stateDir)).toEqual(old);
  });

  it('does not mind that a file whose mode it would restore is gone', async () => {
    await applied();
    fs.rmSync(profiles);
    expect(await undo(home.journalDir)).toMatchObject({ left: [{ path: profiles, reason: 'it is gone' }] });
    expect(fs.readFileSync(config, 'utf8')).toBe('{ "old": true }');
  });

  it('records itself even when everything is as before already', async () => {
    const id = await applied(transaction(home, chmod(profiles, 0o600)));
    fs.chmodSync(profiles, 0o666);
    expect(await undo(home.journalDir)).toMatchObject({ outcome: 'undone', undoes: id, restored: [] });
    expect(await failure(undo(home.journalDir))).toMatchObject({ code: 'already-undone' });
  });

  it('has nothing to do without a fix, for an unknown one, or for one that was rolled back', async () => {
    expect(await failure(undo(home.journalDir))).toMatchObject({ code: 'unknown-id' });
    expect(fs.existsSync(home.journalDir)).toBe(false);
    const verify = async () => ({ ok: false, reason: 'no' }) as const;
    const result = await apply(fix(), { journalDir: home.journalDir, verify });
    expect(await failure(undo(home.journalDir, 'nothing'))).toMatchObject({ code: 'unknown-id' });
    expect(await failure(undo(home.journalDir))).toMatchObject({ code: 'unknown-id' });
    const { id } = result as { id: string };
    expect(await failure(undo(home.journalDir, id))).toMatchObject({ code: 'not-applied' });
  });

  it('refuses a backup that is no longer what was saved', async () => {
    const id = await applied();
    const backup = path.join(home.journalDir, id, 'before-0');
    fs.writeFileSync(backup, '{ "planted": true }');
    expect(await failure(undo(home.journalDir))).toMatchObject({ code: 'journal-damaged', path: backup });
    expect(fs.readFileSync(config, 'utf8')).toBe('{ "new": true }');
  });
});

describe('an interrupted fix', () => {
  /** Leaves a fix as a crash in its middle would. */
  async function interrupted(): Promise<void> {
    let broken = false;
    const faultHook = (_n: number, what: string): void => {
      broken ||= what === `chmod ${profiles}`;
      if (broken) throw new Error('crash');
    };
    const options = { journalDir: home.journalDir, verify: async () => ({ ok: true }) as const, faultHook };
    expect(await failure(apply(fix(), options))).toMatchObject({ code: 'rollback-incomplete' });
    expect(listJournal(home.journalDir)).toMatchObject([{ state: 'interrupted', description: 'close the gateway' }]);
  }

  it('has to be recovered before anything else', async () => {
    await interrupted();
    for (const work of [() => applied(transaction(home, chmod(profiles, 0o640))), () => undo(home.journalDir)]) {
      const error = await failure(work());
      expect(error).toMatchObject({ code: 'interrupted' });
      expect(error.message).toMatch(/an earlier fix was interrupted; run openclaw-security recover first/);
    }
    const [result] = await recover(home.journalDir);
    expect(result).toMatchObject({ outcome: 'rolled-back', files: [config], left: [] });
    expect(snapshot(home.stateDir)).toEqual(old);
    await applied();
    expect(await recover(home.journalDir)).toEqual([]);
  });

  it('is finished only as far as the audit confirms it', async () => {
    await interrupted();
    const verify = async () => ({ ok: false, reason: 'no' }) as const;
    const [result] = await recover(home.journalDir, { action: 'finish', verify });
    expect(result).toMatchObject({ outcome: 'rolled-back', cause: { code: 'verify-failed' } });
    expect(snapshot(home.stateDir)).toEqual(old);
  });

  it('is not finished over what somebody else wrote since, and that is kept', async () => {
    await interrupted();
    fs.writeFileSync(config, '{ "edited": true }');
    const before = snapshot(home.stateDir);
    expect(await failure(recover(home.journalDir, { action: 'finish' }))).toMatchObject({
      code: 'cannot-finish',
      path: config,
    });
    expect(snapshot(home.stateDir)).toEqual(before);
    expect(await recover(home.journalDir)).toMatchObject([{ outcome: 'rolled-back', left: [{ path: config }] }]);
    expect(fs.readFileSync(config, 'utf8')).toBe('{ "edited": true }');
  });
});
