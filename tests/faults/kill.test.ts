import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listJournal } from '../../src/fix/apply/listing.ts';
import type { Job } from './child.ts';
import { bundleChild, chmod, type Home, makeHome, put, runChild, shape, snapshot, transaction, write } from './home.ts';

const WRITES = 12;
const CHMODS = 20;
/** Children at a time: one works while the other starts. */
const PARALLEL = 3;
const RANDOM_KILLS = 40;

let scratch: string;
let child: string;
let kills = 0;
beforeAll(async () => {
  // A killed process leaves its writes to the kernel, so nothing is lost by a file system in memory but waiting time.
  scratch = makeHome('kill', fs.existsSync('/dev/shm') ? '/dev/shm' : undefined).dir;
  child = await bundleChild(scratch);
});
afterAll(() => {
  fs.rmSync(scratch, { recursive: true });
});

interface Setting extends Home {
  readonly job: Job;
  readonly old: Record<string, string>;
}

let count = 0;
/** A fresh home with many files, and the job that fixes them. */
function setting(): Setting {
  const dir = path.join(scratch, `home-${count++}`);
  const home: Home = { dir, stateDir: path.join(dir, 'state'), journalDir: path.join(dir, 'journal') };
  const files = Array.from({ length: WRITES }, (_, i) =>
    put(path.join(home.stateDir, i < 6 ? '.' : 'include', `config-${i}.json`), `{ "old": ${i} }`),
  );
  const loose = Array.from({ length: CHMODS }, (_, i) => {
    const at = path.join(home.stateDir, 'agents', `a${i}`, 'sessions');
    if (i % 2 === 0) return put(path.join(at, 'sessions.json'), '{}', 0o666);
    fs.mkdirSync(at, { recursive: true });
    fs.chmodSync(at, 0o777);
    return at;
  });
  const operations = [
    ...files.map((file, i) => write(file, `{ "new": ${i} }`, i % 3 === 0 ? { mode: 0o600 } : {})),
    ...loose.map((file, i) => chmod(file, i % 2 === 0 ? 0o600 : 0o700)),
  ];
  const job: Job = { action: 'apply', journalDir: home.journalDir, transaction: transaction(home, ...operations) };
  return { ...home, job, old: snapshot(home.stateDir) };
}

/** Runs `work` for each number below `total`, a few at a time. */
async function each(total: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < total) await work(next++);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}

async function kill(job: Job, at: number): Promise<void> {
  const ended = await runChild(child, { ...job, killAt: at });
  expect(ended.signal, `${JSON.stringify(ended.error)} ${ended.stderr}`).toBe('SIGKILL');
  kills++;
}

async function stepsOf(job: Job): Promise<readonly string[]> {
  const { steps, error, stderr } = await runChild(child, job);
  expect(error, stderr).toBeUndefined();
  return steps!;
}

/** After a recovery: wholly old, times included, or wholly new; and nothing left of the transaction. */
function expectWhole(at: Setting, fresh: Record<string, string>, where: string): 'old' | 'new' {
  const now = snapshot(at.stateDir);
  const isOld = JSON.stringify(now) === JSON.stringify(at.old);
  if (!isOld) expect(shape(at.stateDir), where).toEqual(fresh);
  expect(
    fs.readdirSync(at.journalDir).filter((name) => name.startsWith('lock')),
    where,
  ).toEqual([]);
  for (const entry of listJournal(at.journalDir)) expect(entry.state, where).toMatch(/^(applied|undone|rolled-back)$/);
  return isOld ? 'old' : 'new';
}

describe('a fix that is killed', () => {
  let fresh: Record<string, string>;
  let steps: readonly string[];
  beforeAll(async () => {
    const model = setting();
    steps = await stepsOf(model.job);
    fresh = shape(model.stateDir);
    expect(Object.values(fresh)).not.toEqual(Object.values(model.old));
  });

  it('announces every change in the journal before it makes it', () => {
    const first = (prefix: string): number => steps.findIndex((s) => s.startsWith(prefix));
    const last = (prefix: string): number => steps.findLastIndex((s) => s.startsWith(prefix));
    expect(last('back up')).toBeLessThan(first('journal begin'));
    expect(first('journal begin')).toBeLessThan(first('stage'));
    expect(last('stage')).toBeLessThan(first('journal prepared'));
    for (const change of ['keep', 'rename', 'chmod']) expect(first('journal prepared')).toBeLessThan(first(change));
    for (const change of ['rename', 'chmod']) expect(last(change)).toBeLessThan(first('journal committed'));
    expect(first('journal committed')).toBeLessThan(first('verify'));
    expect(last('remove /')).toBeLessThan(first('journal applied'));
    expect(steps.filter((s) => s.startsWith('rename')).length).toBe(WRITES);
    expect(steps.filter((s) => s.startsWith('chmod')).length).toBe(CHMODS);
  });

  it('is wholly undone by a recovery, whatever step it was at', async () => {
    await each(steps.length, async (n) => {
      const at = setting();
      // Every other one without what only Linux has; the steps are the same.
      const portable = n % 2 === 1;
      await kill({ ...at.job, portable }, n);
      const { error } = await runChild(child, { action: 'rollBack', journalDir: at.journalDir, portable });
      expect(error, steps[n]).toBeUndefined();
      expect(expectWhole(at, fresh, steps[n]!), steps[n]).toBe('old');
      fs.rmSync(at.dir, { recursive: true });
    });
  });

  it('is wholly finished by a recovery from the moment that everything is staged', async () => {
    const prepared = steps.indexOf('journal prepared');
    await each(steps.length - prepared, async (n) => {
      const at = setting();
      await kill(at.job, prepared + n);
      const where = steps[prepared + n]!;
      const finish = await runChild(child, { action: 'finish', journalDir: at.journalDir });
      expect(finish.error?.code, where).toBe(n === 0 ? 'cannot-finish' : undefined);
      if (n === 0) await runChild(child, { action: 'rollBack', journalDir: at.journalDir });
      expect(expectWhole(at, fresh, where), where).toBe(n === 0 ? 'old' : 'new');
      fs.rmSync(at.dir, { recursive: true });
    });
  });

  it.each([
    ['rollBack', 'old'],
    ['finish', 'new'],
  ] as const)('survives that its recovery (%s) is killed again and again', async (action, outcome) => {
    const first = steps.indexOf('journal prepared') + 1;
    const chains = 12;
    await each(chains, async (n) => {
      const at = setting();
      await kill(at.job, first + Math.floor((n * (steps.length - first)) / chains));
      const recovery: Job = { action, journalDir: at.journalDir };
      const before = kills;
      for (let step = n % 4; ; step += 4) {
        const { signal, error, stderr } = await runChild(child, { ...recovery, killAt: step });
        if (signal === 'SIGKILL') kills++;
        else {
          expect(error, stderr).toBeUndefined();
          break;
        }
      }
      expect(kills).toBeGreaterThan(before);
      expect(expectWhole(at, fresh, `chain ${n}`)).toBe(outcome);
      fs.rmSync(at.dir, { recursive: true });
    });
  });

  it('survives that its undo is killed at any step', async () => {
    const homes = await Promise.all(
      Array.from({ length: PARALLEL }, async () => {
        const at = setting();
        await stepsOf(at.job);
        return at;
      }),
    );
    const total = (await stepsOf({ action: 'undo', journalDir: homes[0]!.journalDir })).length;
    expect(expectWhole(homes[0]!, fresh, 'undone')).toBe('old');
    await stepsOf(homes[0]!.job);
    await Promise.all(
      homes.map(async (at, worker) => {
        // A recovery leads back to where the undo started, so the next one can start there.
        for (let n = worker; n < total; n += PARALLEL) {
          await kill({ action: 'undo', journalDir: at.journalDir }, n);
          const { error } = await runChild(child, { action: 'rollBack', journalDir: at.journalDir });
          expect(error, `step ${n}`).toBeUndefined();
          expect(expectWhole(at, fresh, `step ${n}`)).toBe('new');
        }
        await stepsOf({ action: 'undo', journalDir: at.journalDir });
        expect(expectWhole(at, fresh, 'undone')).toBe('old');
      }),
    );
  });

  it('is whole after a recovery when it was killed at a random time', async () => {
    const model = setting();
    const begun = performance.now();
    await stepsOf(model.job);
    const whole = performance.now() - begun;
    const seen = { old: 0, new: 0 };
    await each(RANDOM_KILLS, async () => {
      const at = setting();
      // Starting Node takes about half of the time, and nothing is written in it.
      const after = whole * (0.4 + Math.random());
      const { signal } = await runChild(child, at.job, { signal: { name: 'SIGKILL', after } });
      if (signal === 'SIGKILL') kills++;
      const { error } = await runChild(child, { action: 'rollBack', journalDir: at.journalDir });
      expect(error, `killed after ${after} ms`).toBeUndefined();
      if (fs.existsSync(at.journalDir)) seen[expectWhole(at, fresh, `killed after ${after} ms`)]++;
      else expect(snapshot(at.stateDir)).toEqual(at.old);
      fs.rmSync(at.dir, { recursive: true });
    });
    expect(seen.old).toBeGreaterThan(0);
  });

  it('was killed at least five hundred times', () => {
    expect(kills).toBeGreaterThanOrEqual(500);
  });
});
