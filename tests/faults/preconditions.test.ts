import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Transaction } from '../../src/core/transaction.ts';
import type { ApplyOptions } from '../../src/fix/apply/apply.ts';
import { chmod, snapshot, transaction, write } from './home.ts';
import { applyIn, refusalIn, type SmallHome, smallFix, smallHome } from './small-home.ts';

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

describe('a world that changed since the fix was planned', () => {
  const changes: readonly [string, () => void, RegExp][] = [
    [
      'content',
      () => fs.writeFileSync(config, '{ "edited": true }'),
      /openclaw\.json: its content has changed since; plan/,
    ],
    [
      'mode',
      () => fs.chmodSync(path.join(home.stateDir, 'credentials', 'a.json'), 0o640),
      /a\.json: its mode is now 0640 and no longer 0644; plan/,
    ],
    ['a missing file', () => fs.rmSync(config), /openclaw\.json: it is gone; plan/],
    [
      'a link in place of the file',
      () => {
        fs.renameSync(config, path.join(home.dir, 'elsewhere.json'));
        fs.symlinkSync(path.join(home.dir, 'elsewhere.json'), config);
      },
      /openclaw\.json: it now leads to .*elsewhere\.json and no longer to /,
    ],
    [
      'a directory in place of the file',
      () => {
        fs.rmSync(config);
        fs.mkdirSync(config);
      },
      /openclaw\.json: it is not a regular file; find out/,
    ],
    [
      'a pipe in place of the file',
      () => {
        fs.rmSync(config);
        spawnSync('mkfifo', [config]);
      },
      /openclaw\.json: it is not a regular file; find out/,
    ],
    [
      'a second hard link',
      () => fs.linkSync(config, path.join(home.dir, 'second')),
      /openclaw\.json: it has 2 hard links/,
    ],
  ];
  it.each(changes)('stops everything: %s', async (_name, change, message) => {
    const tx = small();
    change();
    const before = snapshotWithoutReading();
    const error = await refusal(tx);
    expect(error).toMatchObject({ code: 'precondition', message: expect.stringMatching(message) });
    expect(snapshotWithoutReading()).toEqual(before);
    expect(fs.existsSync(home.journalDir)).toBe(false);
  });
  const snapshotWithoutReading = (): string[] =>
    fs.readdirSync(home.stateDir, { recursive: true }).map((name) => {
      const { mode, mtimeMs, ino } = fs.lstatSync(path.join(home.stateDir, String(name)));
      return `${String(name)} ${mode} ${mtimeMs} ${ino}`;
    });

  it('names every file that is in the way', async () => {
    const tx = small();
    fs.writeFileSync(config, 'edited');
    fs.chmodSync(path.join(home.stateDir, 'credentials', 'a.json'), 0o640);
    const { problems, message } = await refusal(tx);
    expect(problems.map((p) => path.basename(p.path))).toEqual(['openclaw.json', 'a.json']);
    expect(message).toMatch(/\(and 1 more\)$/);
  });

  it('between staging and renaming rolls back and keeps the edit', async () => {
    const result = await run(small(), {
      faultHook: (_n, what) => {
        if (what === 'journal prepared') fs.writeFileSync(config, '{ "edited": true }');
      },
    });
    expect(result).toMatchObject({ outcome: 'rolled-back', cause: { code: 'conflict', path: config } });
    expect(fs.readFileSync(config, 'utf8')).toBe('{ "edited": true }');
    const { 'openclaw.json': _, ...others } = snapshot(home.stateDir);
    expect(old).toMatchObject(others);
  });

  it('in its mode alone between staging and renaming rolls back and keeps that mode', async () => {
    const result = await run(small(), {
      faultHook: (_n, what) => {
        if (what === 'journal prepared') fs.chmodSync(config, 0o640);
      },
    });
    expect(result).toMatchObject({ outcome: 'rolled-back', cause: { code: 'conflict', path: config } });
    fs.chmodSync(config, 0o644);
    expect(snapshot(home.stateDir)).toEqual(old);
  });

  it('in the instant of the rename is noticed, and the edit comes back', async () => {
    const result = await run(small(), {
      faultHook: (_n, what) => {
        if (what === `rename ${config}`) fs.writeFileSync(config, '{ "edited": true }');
      },
    });
    expect(result).toMatchObject({ outcome: 'rolled-back', cause: { code: 'conflict' } });
    expect(fs.readFileSync(config, 'utf8')).toBe('{ "edited": true }');
  });

  it('after the rename is left alone by the rollback', async () => {
    const result = await run(small(), {
      verify: async () => {
        fs.writeFileSync(config, '{ "edited": true }');
        return { ok: false, reason: 'no' };
      },
    });
    expect(result).toMatchObject({
      outcome: 'rolled-back',
      left: [{ path: config, reason: expect.stringContaining('before-') }],
    });
    expect(fs.readFileSync(config, 'utf8')).toBe('{ "edited": true }');
  });

  it('into what was wanted leaves nothing to do, and nothing is written', async () => {
    const tx = small();
    expect(await run(tx)).toMatchObject({ outcome: 'applied' });
    fs.rmSync(home.journalDir, { recursive: true });
    const before = snapshot(home.dir);
    expect(await run(tx)).toEqual({ outcome: 'unchanged' });
    expect(snapshot(home.dir)).toEqual(before);
  });
});

describe('a transaction that contradicts itself', () => {
  it.each<[string, () => Transaction['operations']]>([
    ['two writes', () => [write(config, 'a'), write(config, 'b')]],
    ['two modes', () => [chmod(config, 0o600), chmod(config, 0o640)]],
    ['a relative path', () => [{ ...write(config, 'a'), path: 'openclaw.json' }]],
    ['a path with ..', () => [{ ...write(config, 'a'), path: `${home.stateDir}/include/../openclaw.json` }]],
    ['no mode', () => [chmod(config, 0o10000)]],
  ])('is refused: %s', async (_name, operations) => {
    const error = await refusal(transaction(home, ...operations()));
    expect(error.code).toBe('invalid-plan');
    expect(snapshot(home.stateDir)).toEqual(old);
  });

  it('is none when a file is written and gets a mode', async () => {
    const result = await run(transaction(home, chmod(config, 0o600), write(config, 'new')));
    expect(result).toMatchObject({ outcome: 'applied', changed: [config] });
    expect(fs.statSync(config).mode & 0o7777).toBe(0o600);
  });
});
