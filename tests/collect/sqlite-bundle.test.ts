import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeShared } from './sqlite-fixtures.ts';
import { cleanUp, fingerprint, tempDir } from './sqlite-kit.ts';

afterEach(cleanUp);

/** What is published, in a place that has nothing else: no packages beside it to fall back to. */
function published(): string {
  const dir = tempDir();
  cpSync(path.resolve(import.meta.dirname, '../../dist'), dir, { recursive: true });
  return dir;
}

const collectWith = (dist: string) =>
  `import(${JSON.stringify(path.join(dist, 'index.js'))}).then(({ collect }) =>
    collect({ env: { HOME: process.env.HOME }, cwd: process.env.HOME, osHomeDir: process.env.HOME })
  ).then((s) => console.log(JSON.stringify(s)))`;

/** Collects a home with a database in a process of its own; the status of that database. */
function statusBy(args: readonly string[]): string {
  const home = tempDir();
  makeShared(path.join(home, '.openclaw', 'state', 'openclaw.sqlite'));
  const before = fingerprint(home);
  const printed = execFileSync(process.execPath, args, {
    env: { HOME: home, PATH: '/usr/bin:/bin' },
    encoding: 'utf8',
  });
  expect(fingerprint(home)).toEqual(before);
  return JSON.parse(printed).machine.databases[0].status;
}

describe('the WebAssembly of SQLite is found in what is published', () => {
  it('by the command line', () => {
    const dist = published();
    expect(statusBy([path.join(dist, 'bin.cjs'), 'snapshot'])).toBe('ok');
    for (const copy of ['cli', 'lib']) rmSync(path.join(dist, copy, 'sql-wasm.wasm'), { force: true });
    expect(statusBy([path.join(dist, 'bin.cjs'), 'snapshot'])).toBe('unreadable');
  });

  it('by the library', () => {
    const dist = published();
    expect(statusBy(['-e', collectWith(dist)])).toBe('ok');
    for (const copy of ['cli', 'lib']) rmSync(path.join(dist, copy, 'sql-wasm.wasm'), { force: true });
    expect(statusBy(['-e', collectWith(dist)])).toBe('unreadable');
  });
});
