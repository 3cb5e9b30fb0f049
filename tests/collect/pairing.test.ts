import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectPairing } from '../../src/collect/pairing.ts';
import type { CollectGap, PairingStore } from '../../src/core/snapshot.ts';
import { asNobody, type Entry, giveTo, layOut, NOBODY, scratch } from './tree.ts';

let area: ReturnType<typeof scratch>;
let gaps: CollectGap[];
beforeEach(() => {
  area = scratch('pairing');
  gaps = [];
});
afterEach(() => area.remove());

function collect(entries: Readonly<Record<string, Entry>>, channels?: readonly string[]): PairingStore[] {
  layOut(area.dir, entries);
  return collectPairing({ credentialsDir: area.dir, ...(channels && { channels }) }, (gap) => gaps.push(gap));
}
const list = (...allowFrom: unknown[]) => JSON.stringify({ version: 1, allowFrom });

describe('which account a file is for', () => {
  it.each<[file: string, channel: string, account: string]>([
    ['telegram', 'telegram', 'default'],
    ['telegram-default', 'telegram', 'default'],
    ['telegram-work-bot', 'telegram', 'work-bot'],
    ['synology-chat', 'synology-chat', 'default'],
    ['synology-chat-nas', 'synology-chat', 'nas'],
    ['nextcloud-talk-a', 'nextcloud-talk', 'a'],
    ['zalouser', 'zalouser', 'default'],
    ['zalo-user', 'zalo', 'user'],
    ['qa-channel-x', 'qa-channel', 'x'],
    ['my-chat-work', 'my-chat', 'work'],
    ['a-b', 'a', 'b'],
    ['unheard', 'unheard', 'default'],
    ['-x', '-x', 'default'],
    ['telegram-', 'telegram', 'default'],
    ['__proto__-constructor', '__proto__', 'constructor'],
  ])('%s-allowFrom.json', (file, channel, account) => {
    const path = join(area.dir, `${file}-allowFrom.json`);
    expect(collect({ [`${file}-allowFrom.json`]: list('1') }, ['my-chat'])).toEqual([
      { channel, account, path, entries: ['1'] },
    ]);
  });

  it('a file for the default account tells an unknown channel', () => {
    const stores = collect({
      'two-words-default-allowFrom.json': list('1'),
      'two-words-ops-allowFrom.json': list('2'),
    });
    expect(stores).toMatchObject([
      { channel: 'two-words', account: 'default' },
      { channel: 'two-words', account: 'ops' },
    ]);
  });

  it('the file of earlier releases comes after the one of the default account', () => {
    const stores = collect({
      'whatsapp-allowFrom.json': list('old'),
      'whatsapp-abc-allowFrom.json': list('abc'),
      'whatsapp-default-allowFrom.json': list('new'),
    });
    expect(stores.map((s) => [s.account, ...s.entries])).toEqual([
      ['default', 'new'],
      ['default', 'old'],
      ['abc', 'abc'],
    ]);
  });

  it('other files are none', () => {
    expect(
      collect({ 'telegram-allowFrom.json.bak': list('1'), '-allowFrom.json': list('1'), 'creds.json': '{}' }),
    ).toEqual([]);
  });
});

describe('what is in a file', () => {
  it.each<[name: string, text: string, entries: string[]]>([
    [
      'trims, and drops blank ones, wildcards and repeats',
      list(' 1 ', '', '  ', '*', ' * ', 1, '1', '+49 170'),
      ['1', '+49 170'],
    ],
    ['an empty list', list(), []],
    [
      'names of properties',
      '{"allowFrom":["__proto__","constructor"],"__proto__":{"allowFrom":["x"]}}',
      ['__proto__', 'constructor'],
    ],
  ])('%s', (_, text, entries) => {
    expect(collect({ 'irc-allowFrom.json': text })).toMatchObject([{ entries }]);
    expect(collectPairing({ credentialsDir: area.dir }, () => {})[0]).not.toHaveProperty('error');
  });

  it.each<[name: string, entry: Entry, error: string]>([
    ['no JSON', '{ allowFrom: [1] }', 'it is not JSON'],
    ['nothing', '', 'it is not JSON'],
    ['an array', '["1"]', 'it holds no list allowFrom'],
    ['null', 'null', 'it holds no list allowFrom'],
    ['no list', '{"allowFrom":{"0":"1"}}', 'it holds no list allowFrom'],
    ['an inherited list', '{"__proto__":{"allowFrom":["1"]}}', 'it holds no list allowFrom'],
    ['a byte-order mark', `\ufeff${list('1')}`, 'it starts with a byte-order mark'],
    ['deep nesting', '['.repeat(100_000), 'it is not JSON'],
    ['a FIFO', { fifo: true }, 'it is a named pipe'],
    ['a device', { link: '/dev/zero' }, 'it is a device'],
    ['a link in a circle', { link: 'irc-allowFrom.json' }, 'its symbolic links form a loop'],
    ['too much', list('x'.repeat(5 * 1024 * 1024)), 'it is larger than 4194304 bytes'],
  ])('%s', (_, entry, error) => {
    expect(collect({ 'irc-allowFrom.json': entry })).toMatchObject([{ entries: [], error }]);
  });

  it('a directory', () => {
    expect(collect({ 'irc-allowFrom.json/': '' })).toMatchObject([{ entries: [], error: 'it is a directory' }]);
  });

  it('what is no text, too long or too much is left out and counted', () => {
    expect(collect({ 'irc-allowFrom.json': list('a', null, { id: 1 }, ['b'], true, 'x'.repeat(257)) })).toMatchObject([
      { entries: ['a'], error: expect.stringMatching(/^5 of its entries were left out/) },
    ]);
    const many = Array.from({ length: 10_050 }, (_, i) => String(i));
    expect(collect({ 'sms-allowFrom.json': list(...many) })[1]).toMatchObject({
      channel: 'sms',
      error: expect.stringMatching(/^50 of its entries/),
    });
  });
});

describe('what cannot be listed', () => {
  it('no directory is no store', () => {
    expect(collectPairing({ credentialsDir: join(area.dir, 'none') }, (gap) => gaps.push(gap))).toEqual([]);
    layOut(area.dir, { file: '' });
    expect(collectPairing({ credentialsDir: join(area.dir, 'file') }, (gap) => gaps.push(gap))).toEqual([]);
    expect(gaps).toEqual([]);
  });

  it('a closed directory is a gap, a closed file an error', () => {
    const run = (dir: string) =>
      asNobody<{ stores: PairingStore[]; gaps: CollectGap[] }>(
        `import { collectPairing } from '../../src/collect/pairing.ts';
         const gaps: unknown[] = [];
         answer({ stores: collectPairing(input, (gap) => gaps.push(gap)), gaps });`,
        { credentialsDir: join(area.dir, dir) },
      );
    layOut(area.dir, {
      'a/irc-allowFrom.json': list('1'),
      'a/': { mode: 0o000 },
      'b/irc-allowFrom.json': { text: list('1'), mode: 0o000 },
    });
    giveTo(NOBODY, area.dir);
    expect(run('a')).toEqual({ stores: [], gaps: [{ what: join(area.dir, 'a'), reason: 'permission denied' }] });
    expect(run('b')).toMatchObject({ stores: [{ entries: [], error: 'permission denied' }], gaps: [] });
  });
});
