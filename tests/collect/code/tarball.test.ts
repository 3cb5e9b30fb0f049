import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { PACKAGE_LIMITS, type PackageLimits } from '../../../src/collect/code/limits.ts';
import { Shortfall } from '../../../src/collect/code/shortfall.ts';
import { TarReader } from '../../../src/collect/code/tar-reader.ts';
import { readTarball } from '../../../src/collect/code/tarball.ts';

const scratch = mkdtempSync(join(tmpdir(), 'openclaw-security-tar-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Entry {
  readonly name: string;
  readonly body?: string;
  readonly type?: string;
  readonly link?: string;
  readonly size?: string;
}

function tar(...entries: Entry[]): Buffer {
  const blocks = entries.flatMap(({ name, body = '', type = '0', link = '', size }) => {
    const header = Buffer.alloc(512);
    header.write(name, 0, 100);
    header.write('0000644\0', 100);
    header.write(size ?? Buffer.byteLength(body).toString(8).padStart(11, '0'), 124);
    header.write('        ', 148);
    header.write(type, 156);
    header.write(link, 157);
    header.write('ustar\u000000', 257);
    header.write(
      `${header
        .reduce((a, b) => a + b, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
    );
    const content = Buffer.alloc(Math.ceil(Buffer.byteLength(body) / 512) * 512);
    content.write(body);
    return [header, content];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function pax(key: string, value: string): Entry {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return { name: 'PaxHeader', type: 'x', body: `${length}${rest}` };
}

function readBytes(bytes: Buffer, limits: Partial<PackageLimits> = {}) {
  const path = join(scratch, `${++count}.tgz`);
  writeFileSync(path, bytes);
  return readTarball(path, { ...PACKAGE_LIMITS, ...limits });
}
let count = 0;

async function files(bytes: Buffer, limits: Partial<PackageLimits> = {}) {
  const read = await readBytes(bytes, limits);
  if ('reason' in read) throw new Error(read.reason);
  return read;
}

describe('an npm tarball', () => {
  it('is read in memory, without its first directory', async () => {
    const { files: got, limits } = await files(
      gzipSync(tar({ name: 'package/package.json', body: '{}' }, { name: 'package/lib/a.js', body: 'a' })),
    );
    expect(got).toEqual([
      { path: 'package.json', bytes: 2, text: '{}' },
      { path: 'lib/a.js', bytes: 1, text: 'a' },
    ]);
    expect(limits).toEqual([]);
  });

  it.each(['gnu', 'pax', 'ustar', 'v7'])('of the %s format of tar(1) gives the same files', async (format) => {
    const dir = join(scratch, format);
    const long = format === 'v7' ? 'short' : `${'long/'.repeat(20)}name`;
    mkdirSync(join(dir, 'package', long), { recursive: true });
    writeFileSync(join(dir, 'package', long, 'x.js'), 'x');
    symlinkSync('/etc/passwd', join(dir, 'package', 'link'));
    const out = join(scratch, `${format}.tgz`);
    execFileSync('tar', ['-C', dir, `--format=${format}`, '-czf', out, 'package']);
    const { files: got } = await files(readFileSync(out));
    expect(got).toContainEqual(expect.objectContaining({ path: `${long}/x.js`, text: 'x' }));
    expect(got).toContainEqual(expect.objectContaining({ path: 'link', symlink: '/etc/passwd' }));
  });

  it('with names that lead elsewhere is read, harmless, and says so', async () => {
    const { files: got, limits } = await files(
      tar(
        { name: 'package/../../../etc/cron.d/x', body: '1' },
        { name: '/root/.ssh/rc', body: '2' },
        { name: 'package/..\\..\\win.js', body: '3' },
      ),
    );
    for (const { path } of got) expect(path).not.toMatch(/\.\.|^\/|\\/);
    expect(got.map((f) => f.text)).toEqual(['1', '2', '3']);
    expect(limits.filter((l) => l.reason.includes('leads out'))).toHaveLength(3);
  });

  it('takes the name of an extended header', async () => {
    const { files: got } = await files(tar(pax('path', 'package/real.js'), { name: 'package/decoy.txt', body: 'x' }));
    expect(got).toEqual([{ path: 'real.js', bytes: 1, text: 'x' }]);
  });

  it('with one name twice is read as it unpacks, and says so', async () => {
    const { files: got, limits } = await files(
      tar({ name: 'package/a.js', body: 'good' }, { name: 'package/./a.js', body: 'evil' }),
    );
    expect(got).toEqual([{ path: 'a.js', bytes: 4, text: 'evil' }]);
    expect(limits).toHaveLength(1);
  });

  it('takes devices for what they are', async () => {
    const { files: got } = await files(tar({ name: 'package/null', type: '3' }));
    expect(got).toEqual([{ path: 'null', skipped: 'not-regular' }]);
  });

  it.each([
    ['text', Buffer.from('hello '.repeat(200)), /no tar archive/],
    ['nothing', Buffer.alloc(0), /no tar archive/],
    ['a broken gzip', Buffer.from([0x1f, 0x8b, 1, 2, 3]), /damaged/],
  ])('%s is refused', async (_, bytes, reason) => {
    expect(await readBytes(bytes)).toEqual({ reason: expect.stringMatching(reason) });
  });

  it('that is a bomb is unpacked up to the limit, and says so', async () => {
    const bomb = gzipSync(tar({ name: 'p/a.js', body: 'a' }, { name: 'p/zeros.js', body: '\0'.repeat(3_000_000) }));
    const { files: got, limits } = await files(bomb, { readBytes: 1_000_000 });
    expect(got).toEqual([{ path: 'a.js', bytes: 1, text: 'a' }]);
    expect(limits).toEqual([{ what: '.', reason: expect.stringContaining('unpacks to more than 1000000 bytes') }]);
  });

  it('hides nothing behind its end', async () => {
    const { files: got } = await files(Buffer.concat([tar({ name: 'p/a.js' }), tar({ name: 'p/b.js', body: 'evil' })]));
    expect(got.map((f) => f.path)).toEqual(['a.js', 'b.js']);
  });

  it('drops what tells nothing first when there is too much text', async () => {
    const padding = Array.from({ length: 30 }, (_, i) => ({ name: `p/${i}.js`, body: '1;'.repeat(500) }));
    const { files: got, limits } = await files(tar(...padding, { name: 'p/z.js', body: 'eval(x)' }), {
      keptBytes: 20_000,
    });
    expect(got.find((f) => f.path === 'z.js')?.text).toBe('eval(x)');
    expect(got.filter((f) => f.skipped === 'too-many')).toHaveLength(20);
    expect(limits).toEqual([{ what: '10.js', reason: expect.stringContaining('more than 20000 bytes of text') }]);
  });

  it('arrives in pieces of any size', async () => {
    const whole = tar(pax('path', `package/${'long/'.repeat(300)}real.js`), {
      name: 'package/a.js',
      body: 'x'.repeat(3000),
    });
    for (const size of [1, 7, 511, 513, 4096]) {
      const reader = new TarReader(PACKAGE_LIMITS, new Shortfall());
      for (let at = 0; at < whole.length; at += size) reader.push(whole.subarray(at, at + size));
      reader.end();
      expect(reader.files).toEqual([{ path: `${'long/'.repeat(300)}real.js`, bytes: 3000, text: 'x'.repeat(3000) }]);
    }
  });

  it.each([
    ['is cut', tar({ name: 'p/a.js', body: 'x'.repeat(2000) }).subarray(0, 1024)],
    ['claims a size beyond its end', tar({ name: 'p/a.js', body: 'x', size: '77777777777' })],
    ['claims a size that is none', tar({ name: 'p/a.js', body: 'x', size: 'zzzzzzzzzzz' })],
    ['is damaged later', Buffer.concat([tar({ name: 'p/a.js' }).subarray(0, 512), Buffer.alloc(512, 7)])],
  ])('that %s ends there, and says so', async (_, bytes) => {
    const { limits } = await files(bytes);
    expect(limits).toEqual([expect.objectContaining({ reason: expect.stringContaining('not read') })]);
  });

  it('of many files stops at the limit', async () => {
    const many = tar(...Array.from({ length: 30 }, (_, i) => ({ name: `p/${i}.js`, body: 'x' })));
    const { limits } = await files(many, { files: 10 });
    expect(limits).toMatchObject([{ reason: expect.stringContaining('more than 10 files') }]);
  });

  it('survives every single broken byte of a header', async () => {
    const whole = tar(pax('path', 'package/real.js'), { name: 'package/a.js', body: 'x' });
    for (let i = 0; i < 1536; i += 3) {
      const broken = Buffer.from(whole);
      broken[i] = broken[i]! ^ 0xff;
      const reader = new TarReader(PACKAGE_LIMITS, new Shortfall());
      reader.push(broken);
      reader.end();
      expect(reader.isNone || reader.files.length <= 2).toBe(true);
    }
  });
});
