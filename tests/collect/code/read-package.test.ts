import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PACKAGE_LIMITS, type PackageLimits } from '../../../src/collect/code/limits.ts';
import { type ReadPackage, readPackage, readSingleFile } from '../../../src/collect/code/read-package.ts';
import { asNobody, giveTo, isRoot, NOBODY } from '../tree.ts';

let root: string;
let outside: string;
beforeEach(() => {
  const scratch = mkdtempSync(join(tmpdir(), 'openclaw-security-code-'));
  root = join(scratch, 'plugin');
  outside = join(scratch, 'outside');
  for (const dir of [root, outside]) mkdirSync(dir);
});
afterEach(() => rmSync(dirname(root), { recursive: true, force: true }));

function put(path: string, text = 'x'): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const read = (limits: Partial<PackageLimits> = {}, first: readonly string[] = []) =>
  readPackage(root, first, { limits: { ...PACKAGE_LIMITS, ...limits } });
const withText = (limits: Partial<PackageLimits> = {}, first: readonly string[] = []) =>
  read(limits, first)
    .files.filter((f) => f.text !== undefined)
    .map((f) => f.path);

describe('a package', () => {
  it('is read whole: hidden files, dependencies, executables', () => {
    put('index.js', 'export {};');
    put('.hidden/x.py', 'import os');
    put('node_modules/dep/index.js', '1');
    put('run.sh', '#!/bin/sh\n');
    chmodSync(join(root, 'run.sh'), 0o755);
    const { files, limits, failures } = read();
    expect(files).toHaveLength(4);
    expect(files).toContainEqual({ path: '.hidden/x.py', bytes: 9, text: 'import os' });
    expect(files.find((f) => f.path === 'run.sh')?.executable).toBe(true);
    expect({ limits, failures }).toEqual({ limits: [], failures: [] });
  });

  it('gives binary data as such, but no script may hide behind a NUL character', () => {
    put('logo.png', '\x89PNG\0\0');
    put('evil.js', '/*\0*/ eval(x)');
    put('tool', '#!/bin/sh\n# \0\ncurl x | sh');
    put('data', 'a\0b');
    const { files, failures } = read();
    expect(
      files
        .filter((f) => f.binary)
        .map((f) => f.path)
        .sort(),
    ).toEqual(['data', 'logo.png']);
    expect(
      files
        .filter((f) => f.text)
        .map((f) => f.path)
        .sort(),
    ).toEqual(['evil.js', 'tool']);
    expect(failures).toEqual([]);
  });

  it('says so when a script looks like UTF-16, which its interpreter may read otherwise', () => {
    put('evil.js', `/*${'\0a'.repeat(400)}*/ eval(x)`);
    expect(read().failures).toEqual([{ what: 'evil.js', reason: expect.stringContaining('UTF-16') }]);
  });

  it('is never left through a link', () => {
    writeFileSync(join(outside, 'secret.txt'), 'TOP');
    symlinkSync(join(outside, 'secret.txt'), join(root, 'a.js'));
    symlinkSync(outside, join(root, 'dir'));
    symlinkSync('self', join(root, 'self'));
    symlinkSync('..', join(root, 'up'));
    const { files, failures } = read();
    expect(JSON.stringify(files)).not.toContain('TOP');
    expect(files.map((f) => [f.path, f.symlink]).sort()).toEqual([
      ['a.js', join(outside, 'secret.txt')],
      ['dir', outside],
      ['self', 'self'],
      ['up', '..'],
    ]);
    expect(failures).toEqual([]);
  });

  it('says where an entry leaves it through a link, and where it goes in circles', () => {
    writeFileSync(join(outside, 'index.js'), 'TOP');
    symlinkSync(outside, join(root, 'dist'));
    symlinkSync('loop.js', join(root, 'loop.js'));
    const { limits, failures, files } = read({}, ['dist/index.js', 'loop.js', 'gone.js']);
    expect(limits).toEqual([{ what: 'dist/index.js', reason: expect.stringContaining('leads out') }]);
    expect(failures).toEqual([{ what: 'loop.js', reason: 'its symbolic links form a loop' }]);
    expect(JSON.stringify(files)).not.toContain('TOP');
  });

  it('does not wait for a pipe', () => {
    execFileSync('mkfifo', [join(root, 'pipe.js')]);
    expect(read().files).toEqual([{ path: 'pipe.js', skipped: 'not-regular' }]);
  });

  it('reports the names that are no UTF-8', () => {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/x`), Buffer.from([0xff]), Buffer.from('.sh')]), 'curl x | sh');
    expect(read().failures).toEqual([{ what: 'x\ufffd.sh', reason: 'its name is not UTF-8' }]);
  });

  it('that is not there is a failure', () => {
    expect(readPackage(join(root, 'gone')).failures).toEqual([{ what: '.', reason: expect.any(String) }]);
  });

  it('may be a single file', () => {
    put('plugin.ts', 'export {};');
    put('other.ts', 'other');
    expect(readSingleFile(join(root, 'plugin.ts')).files.map((f) => f.path)).toEqual(['plugin.ts']);
  });
});

describe('padding', () => {
  it('by many files cannot push code out of sight', () => {
    for (let i = 0; i < 60; i++) put(`0-${i}.txt`);
    for (let i = 0; i < 60; i++) put(`0/${i}/package.json`, '{}');
    for (let i = 0; i < 60; i++) put(`node_modules/a/${i}.js`);
    put('package.json', '{}');
    put('.deep/zz/entry.dat', 'entry');
    put('z.js');
    expect(withText({ files: 3 }, ['.deep/zz/entry.dat'])).toEqual(['.deep/zz/entry.dat', 'package.json', 'z.js']);
    expect(read({ files: 3 }).limits).toHaveLength(1);
  });

  it('by bytes neither', () => {
    for (let i = 0; i < 20; i++) put(`a${i}.txt`, 'x'.repeat(1000));
    put('z.js', 'y'.repeat(900));
    expect(withText({ readBytes: 1000 })).toEqual(['z.js']);
    expect(read({ readBytes: 1000 }).limits[0]?.reason).toMatch(/more than 1000 bytes/);
  });

  it('by text that tells nothing gives way to text that does', () => {
    for (let i = 0; i < 20; i++) put(`a${i}.js`, 'x;'.repeat(500));
    put('z.js', `eval(x);${'y;'.repeat(600)}`);
    const kept = withText({ keptBytes: 10_000 });
    expect(kept).toContain('z.js');
    expect(kept).toHaveLength(6);
    expect(read({ keptBytes: 10_000 }).limits).toEqual([
      { what: 'a13.js', reason: expect.stringContaining('more than 10000 bytes of text') },
    ]);
  });

  it('does not come before what the package leads to, nor before small files', () => {
    for (let i = 0; i < 30; i++) put(`a${i}.js`, 'x;'.repeat(500));
    put('small.js', 'x');
    put('package.json', '{ "main": "./lib" }');
    put('lib/index.js', `import { x } from './deep/part.js';\nrequire('../far/data')`);
    put('lib/deep/part.ts', 'x;'.repeat(2000));
    put('far/data.json', '{}');
    put('SKILL.md', 'Run scripts/go.sh to begin.');
    put('scripts/go.sh', 'echo');
    expect(withText({ files: 7 })).toEqual([
      'package.json',
      'SKILL.md',
      'lib/index.js',
      'scripts/go.sh',
      'lib/deep/part.ts',
      'far/data.json',
      'small.js',
    ]);
  });

  it('by one huge file is a skipped file, without reading it', () => {
    put('big.js');
    truncateSync(join(root, 'big.js'), 2 ** 40);
    expect(read().files).toEqual([{ path: 'big.js', bytes: 2 ** 40, skipped: 'too-large' }]);
  });

  it('by depth, and by entries, is reported', () => {
    put(`${'d/'.repeat(30)}x.js`);
    expect(read({ depth: 5 }).limits[0]?.reason).toMatch(/more than 5 deep/);
    for (let i = 0; i < 50; i++) put(`f${i}`);
    expect(read({ entries: 20 }).limits[0]?.reason).toMatch(/more than 20 files/);
  });

  it('by time is reported', () => {
    put('a.js');
    expect(read({ ms: -1 }).limits[0]?.reason).toMatch(/took more than/);
  });
});

describe('for a user who may not read everything', () => {
  it('what is closed is a failure each, and the rest is read', () => {
    put('index.js', 'open');
    put('closed.js', 'closed');
    put('private/x.js', 'private');
    chmodSync(join(root, 'closed.js'), 0);
    chmodSync(join(root, 'private'), 0);
    chmodSync(dirname(root), 0o755);
    if (isRoot) giveTo(NOBODY, root);
    const got = asNobody<ReadPackage>(
      `import { readPackage } from '../../src/collect/code/read-package.ts';\nanswer(readPackage(input));`,
      root,
    );
    chmodSync(join(root, 'private'), 0o700);
    expect(got.failures).toEqual([
      { what: 'private/', reason: 'permission denied' },
      { what: 'closed.js', reason: 'permission denied' },
    ]);
    expect(got.files.find((f) => f.path === 'index.js')?.text).toBe('open');
  });
});
