import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apply } from '../../src/fix/apply/apply.ts';
import type { FixError } from '../../src/fix/apply/errors.ts';
import { defaultJournalDir } from '../../src/fix/apply/journal-dir.ts';
import { listJournal } from '../../src/fix/apply/listing.ts';
import { ownIdentity } from '../../src/fix/apply/process-identity.ts';
import { recover } from '../../src/fix/apply/recover.ts';
import { undo } from '../../src/fix/apply/undo.ts';
import {
  bundleChild,
  chmod,
  type Home,
  makeHome,
  NOBODY,
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
beforeEach(() => {
  home = makeHome('journal');
  config = put(path.join(home.stateDir, 'openclaw.json'), '{ "token": "secret" }');
});
afterEach(() => {
  fs.rmSync(home.dir, { recursive: true });
});

const fix = () => transaction(home, write(config, '{ "new": true }'), chmod(home.stateDir, 0o700));
const run = (journalDir = home.journalDir) => apply(fix(), { journalDir, verify: async () => ({ ok: true }) });
const failure = (work: Promise<unknown>): Promise<FixError> =>
  work.then(
    (result) => {
      throw new Error(`no error: ${JSON.stringify(result)}`);
    },
    (error: FixError) => error,
  );

describe('the journal', () => {
  it('is private, whatever the umask, and holds no content in its lines', async () => {
    const under = ['sh', '-c', 'umask 0; exec "$@"', 'sh'];
    const job = { action: 'apply', journalDir: path.join(home.journalDir, 'deep', 'er'), transaction: fix() } as const;
    const { result } = await runChild(child, job, { under });
    expect(result).toMatchObject({ outcome: 'applied' });
    const modes = Object.entries(snapshot(home.journalDir)).map(([name, text]) => [
      name,
      text.match(/\b[0-7]{3}\b/)![0],
    ]);
    expect(modes.length).toBeGreaterThan(4);
    for (const [name, mode] of modes) expect(mode, name).toBe(/before-|jsonl/.test(name!) ? '600' : '700');
    const folder = path.join(job.journalDir, (result as { id: string }).id);
    expect(fs.readFileSync(path.join(folder, 'journal.jsonl'), 'utf8')).not.toContain('secret');
    expect(fs.readdirSync(folder).sort()).toEqual(['before-0', 'journal.jsonl']);
  });

  it('lists what was done', async () => {
    expect(listJournal(home.journalDir)).toEqual([]);
    await run();
    expect(listJournal(home.journalDir)).toEqual([
      {
        id: expect.stringMatching(/^\d{8}T\d{6}-[0-9a-f]{8}$/),
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        description: 'test',
        state: 'applied',
        files: [config, home.stateDir],
        verified: true,
      },
    ]);
  });

  it('is never in the state directory, not even through a link', async () => {
    fs.symlinkSync(home.stateDir, path.join(home.dir, 'link'));
    for (const inside of [path.join(home.stateDir, 'journal'), home.stateDir, path.join(home.dir, 'link', 'journal')])
      expect(await failure(run(inside))).toMatchObject({ code: 'journal-location' });
    expect(fs.readdirSync(home.stateDir)).toEqual(['openclaw.json']);
    expect(await failure(run('relative'))).toMatchObject({ code: 'journal-location' });
  });

  it('is refused where others could enter or replace it', async () => {
    fs.mkdirSync(home.journalDir, { mode: 0o755 });
    expect((await failure(run())).message).toMatch(
      /others may enter the journal directory \(mode 0755\); run chmod 700/,
    );
    fs.chmodSync(home.journalDir, 0o700);
    fs.chmodSync(home.dir, 0o777);
    expect((await failure(run())).message).toMatch(/everybody could replace the journal below it/);
    fs.chmodSync(home.dir, 0o700);
    if (ROOT) {
      fs.chownSync(home.dir, NOBODY, NOBODY);
      expect((await failure(run())).message).toMatch(/user 65534 could replace the journal below it/);
      fs.chownSync(home.journalDir, NOBODY, NOBODY);
    }
    const foreign = ROOT ? home.journalDir : '/etc/ssl';
    expect((await failure(run(foreign))).message).toMatch(
      /the journal directory belongs to user \d+; choose one that is yours/,
    );
    expect(fs.readFileSync(config, 'utf8')).toContain('secret');
  });

  it.each<[string, Parameters<typeof defaultJournalDir>[0], string]>([
    [
      'linux',
      { platform: 'linux', env: {}, home: '/home/u', stateDir: '/home/u/.openclaw' },
      '/home/u/.local/state/openclaw-security',
    ],
    [
      'linux with XDG',
      { platform: 'linux', env: { XDG_STATE_HOME: '/x' }, home: '/home/u', stateDir: '/home/u/.openclaw' },
      '/x/openclaw-security',
    ],
    [
      'a relative XDG path',
      { platform: 'linux', env: { XDG_STATE_HOME: 'x' }, home: '/home/u', stateDir: '/home/u/.openclaw' },
      '/home/u/.local/state/openclaw-security',
    ],
    [
      'macOS',
      { platform: 'darwin', env: {}, home: '/Users/u', stateDir: '/Users/u/.openclaw' },
      '/Users/u/Library/Application Support/openclaw-security',
    ],
    [
      'Windows',
      { platform: 'win32', env: { LOCALAPPDATA: 'C:\\L' }, home: 'C:\\U', stateDir: 'C:\\U\\.openclaw' },
      'C:\\L\\openclaw-security',
    ],
  ])('has a default place on %s', (_name, place, expected) => {
    expect(defaultJournalDir(place)).toBe(expected);
  });

  it('has no default place inside of the state directory', () => {
    const place = { platform: 'linux', env: {}, home: '/home/u', stateDir: '/home/u/.local' } as const;
    expect(() => defaultJournalDir(place)).toThrow(/must not be inside the state directory/);
  });

  it('is read up to a last line that a crash cut short, and goes on from there', async () => {
    await run();
    const [entry] = listJournal(home.journalDir);
    const file = path.join(home.journalDir, entry!.id, 'journal.jsonl');
    const whole = fs.readFileSync(file, 'utf8');
    const lines = whole.trimEnd().split('\n');
    for (const torn of ['{"record":"appl', `${'\0'.repeat(40)}\n`, lines.at(-1)!.slice(0, -1)]) {
      fs.writeFileSync(file, `${lines.slice(0, -1).join('\n')}\n${torn}`);
      expect(listJournal(home.journalDir), torn).toMatchObject([{ state: 'interrupted' }]);
      await recover(home.journalDir, { action: 'finish' });
      expect(listJournal(home.journalDir), torn).toMatchObject([{ state: 'applied' }]);
    }
    expect(fs.readFileSync(config, 'utf8')).toBe('{ "new": true }');
  });

  it('that is damaged is named, never followed', async () => {
    await run();
    const [entry] = listJournal(home.journalDir);
    const file = path.join(home.journalDir, entry!.id, 'journal.jsonl');
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    for (const damaged of [
      'nonsense',
      '{"record":"future","time":""}',
      '{"__proto__":{"record":"prepared"}}',
      '[]',
      'null',
    ]) {
      fs.writeFileSync(file, [lines[0], damaged, ...lines.slice(2)].join('\n'));
      expect(listJournal(home.journalDir)).toMatchObject([
        { state: 'damaged', problem: expect.stringMatching(/line 2/) },
      ]);
      expect(await failure(undo(home.journalDir))).toMatchObject({ code: 'journal-damaged', path: file });
      expect(await failure(recover(home.journalDir))).toMatchObject({ code: 'journal-damaged' });
    }
    fs.rmSync(file);
    fs.symlinkSync(config, file);
    expect(listJournal(home.journalDir)).toMatchObject([{ state: 'damaged' }]);
  });
});

describe('the lock', () => {
  const holder = (more: object): void => {
    fs.mkdirSync(home.journalDir, { mode: 0o700 });
    const lock = { ...ownIdentity(), nonce: 'x', since: '2026-01-01T00:00:00.000Z', ...more };
    fs.writeFileSync(path.join(home.journalDir, 'lock'), JSON.stringify(lock), { mode: 0o600 });
  };

  it('is not stolen from a live process', async () => {
    holder({});
    const error = await failure(run());
    expect(error).toMatchObject({ code: 'busy' });
    expect(error.message).toContain(
      `another fix holds the lock (process ${process.pid} on ${os.hostname()} since 2026`,
    );
    expect(fs.readFileSync(config, 'utf8')).toContain('secret');
  });

  it('is not stolen from a process that cannot be judged from here', async () => {
    holder({ host: 'elsewhere', pid: 1 });
    expect((await failure(run())).message).toMatch(/whether it still runs cannot be told from here; remove the file/);
  });

  it('is not stolen when it cannot be read', async () => {
    fs.mkdirSync(home.journalDir, { mode: 0o700 });
    fs.writeFileSync(path.join(home.journalDir, 'lock'), '{}');
    expect((await failure(run())).message).toMatch(/the lock cannot be read; remove it if no other fix is running/);
  });

  it.each<[string, () => object]>([
    ['that has ended', () => ({ pid: spawnSync('true').pid })],
    ['whose number another process has now', () => ({ start: '1' })],
    ['from before the last boot', () => ({ boot: 'another' })],
  ])('is taken over from a process %s', async (_name, more) => {
    holder(more());
    expect(await run()).toMatchObject({ outcome: 'applied' });
    expect(fs.readdirSync(home.journalDir).filter((name) => name.startsWith('lock'))).toEqual([]);
  });

  it('is taken over from a process that has ended but was not collected', async () => {
    // The shell becomes a program that never waits for its child.
    const parent = spawn('sh', ['-c', 'sleep 0.5 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))));
    try {
      await expect.poll(() => fs.readFileSync(`/proc/${pid}/stat`, 'utf8'), { timeout: 10_000 }).toContain(') Z ');
      holder({ pid, start: undefined });
      expect(await run()).toMatchObject({ outcome: 'applied' });
    } finally {
      parent.kill();
    }
  });

  it('lets one of many through, also when they find a stale one', async () => {
    for (let round = 0; round < 5; round++) {
      put(config, '{ "token": "secret" }');
      fs.chmodSync(home.stateDir, 0o755);
      fs.rmSync(home.journalDir, { recursive: true, force: true });
      holder({ pid: spawnSync('true').pid });
      const job = { action: 'apply', journalDir: home.journalDir, transaction: fix() } as const;
      const ended = await Promise.all(Array.from({ length: 6 }, () => runChild(child, job)));
      const outcomes = ended.map((e) => (e.result as { outcome?: string } | undefined)?.outcome ?? e.error?.code);
      expect(
        outcomes.filter((outcome) => outcome === 'applied'),
        outcomes.join(),
      ).toHaveLength(1);
      for (const outcome of outcomes) expect(outcome).toMatch(/^(applied|busy|unchanged|precondition)$/);
      expect(listJournal(home.journalDir)).toHaveLength(1);
      expect(fs.readFileSync(config, 'utf8')).toBe('{ "new": true }');
    }
  });
});

describe('a fix under strace', () => {
  it('writes only beside its targets and in the journal', async () => {
    const log = path.join(scratch, 'strace.log');
    const calls =
      'openat,open,creat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mkdir,mkdirat,unlink,unlinkat,rmdir,chmod,fchmod,fchmodat,chown,fchown,lchown,fchownat,truncate,ftruncate,utimensat';
    const under = ['strace', '-f', '-y', '-qq', '-e', `trace=${calls}`, '-o', log];
    const job = { action: 'apply', journalDir: home.journalDir, transaction: fix() } as const;
    const { result } = await runChild(child, job, { under });
    expect(result).toMatchObject({ outcome: 'applied' });
    // Names are resolved relative to open directories; what those are, the trace tells when it opens them.
    const directories = new Map<string, string>();
    const changing: string[] = [];
    for (const line of fs.readFileSync(log, 'utf8').split('\n')) {
      const resolved = line.replaceAll(/\/proc\/self\/fd\/(\d+)/g, (text, fd: string) => directories.get(fd) ?? text);
      const opened = / = (\d+)<([^>]+)>$/.exec(line);
      if (opened) directories.set(opened[1]!, opened[2]!);
      if (/ = -1 /.test(line) || !/^\d+ +\w+\(/.test(line)) continue;
      if (/^\d+ +open(at)?\(/.test(line) && !/O_(WRONLY|RDWR|CREAT|TRUNC)/.test(line)) continue;
      if (!/"\/dev\/(null|tty)"/.test(line)) changing.push(resolved);
    }
    expect(changing.filter((line) => line.includes(home.stateDir)).length).toBeGreaterThan(5);
    expect(changing.filter((line) => line.includes(home.journalDir)).length).toBeGreaterThan(5);
    const allowed = new RegExp(
      `["<](${home.stateDir}(/openclaw\\.json|/\\.openclaw-security-\\w+\\.(new|old))?|${home.journalDir}(/[^">]*)?)[">]`,
    );
    for (const line of changing) expect(line).toMatch(allowed);
  });
});
