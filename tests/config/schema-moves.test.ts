import { describe, expect, it } from 'vitest';
import { KEY_MOVES, VALUE_MOVES } from '../../src/config/schema/move-table.ts';
import { equivalentKey } from '../../src/config/schema/moves.ts';
import { knowsPath } from '../../src/config/schema/table.ts';
import { loadSchemaTable } from '../../src/config/schema/tables.ts';
import type { KeyPath } from '../../src/core/ref.ts';
import { mergedValue } from './schema-kit.ts';

const ROSTER = `{ agents: { list: [{ id: 'a' }, { id: 'b' }] } }`;
const KEYED = `{ agents: { entries: { a: {}, b: {} } } }`;

describe('the key that means the same in another version', () => {
  it.each<[name: string, from: KeyPath, target: string, to: KeyPath | undefined, config?: string]>([
    ['unchanged', ['gateway', 'bind'], '2026.9.6', ['gateway', 'bind']],
    ['forward', ['gateway', 'nodes', 'denyCommands'], '2026.9.6', ['gateway', 'nodes', 'commands', 'deny']],
    [
      'forward, an item of it',
      ['gateway', 'nodes', 'denyCommands', 2],
      '2026.8.1',
      ['gateway', 'nodes', 'commands', 'deny', 2],
    ],
    ['backward', ['gateway', 'nodes', 'commands', 'deny'], '2026.3.7', ['gateway', 'nodes', 'denyCommands']],
    ['already there', ['gateway', 'nodes', 'denyCommands'], '2026.7.1', ['gateway', 'nodes', 'denyCommands']],
    ['twice', ['memorySearch', 'provider'], '2026.9.6', ['memory', 'search', 'provider']],
    ['once of two', ['memorySearch', 'provider'], '2026.3.7', ['agents', 'defaults', 'memorySearch', 'provider']],
    ['gone', ['logging', 'redactSensitive'], '2026.9.6', undefined],
    ['not gone yet', ['logging', 'redactSensitive'], '2026.3.7', ['logging', 'redactSensitive']],
    ['its value changes', ['agents', 'defaults', 'sandbox', 'perSession'], '2026.9.6', undefined],
    ['read before too', ['channels', 'discord', 'dmPolicy'], '2026.3.7', ['channels', 'discord', 'dmPolicy']],
    [
      'a star that is a key',
      ['channels', 'telegram', 'groups', '*', 'requireMention'],
      '2026.9.6',
      ['channels', 'telegram', 'groups', '*', 'requireMention'],
    ],
    [
      'an account keeps its name',
      ['channels', 'slack', 'accounts', 'x.y', 'chunkMode'],
      '2026.9.6',
      ['channels', 'slack', 'accounts', 'x.y', 'streaming', 'chunkMode'],
    ],
    ['a variable', ['env', 'FOO'], '2026.9.6', ['env', 'vars', 'FOO']],
    ['the variables', ['env', 'vars', 'FOO'], '2026.9.6', ['env', 'vars', 'FOO']],
    [
      'an agent by its id',
      ['agents', 'list', 1, 'tools', 'exec', 'timeoutSec'],
      '2026.9.6',
      ['agents', 'entries', 'b', 'tools', 'exec', 'timeoutSeconds'],
      ROSTER,
    ],
    [
      'an agent by its position',
      ['agents', 'entries', 'b', 'memory', 'search'],
      '2026.3.7',
      ['agents', 'list', 1, 'memorySearch'],
      KEYED,
    ],
    ['an agent that is not there', ['agents', 'list', 7], '2026.9.6', undefined, ROSTER],
    ['an agent without a config', ['agents', 'list', 0, 'tools'], '2026.9.6', undefined],
    ['the roster', ['agents', 'list'], '2026.9.6', ['agents', 'entries']],
    ['prototype names', ['__proto__', 'constructor'], '2026.9.6', ['__proto__', 'constructor']],
  ])('%s', (_, from, target, to, config) => {
    expect(equivalentKey(from, target, config === undefined ? undefined : mergedValue(config))).toEqual(to);
  });
});

// A pattern with its scope filled in; for a scope of channels the ones that have such a key are enough.
function instances(pattern: string): string[][] {
  const scope = /^\{(\w+)\}/.exec(pattern)?.[1];
  const channels = ['telegram', 'discord', 'slack', 'whatsapp', 'signal', 'imessage', 'irc', 'googlechat', 'msteams'];
  const roots =
    scope === undefined
      ? ['']
      : scope === 'agent'
        ? ['agents.defaults', 'agents.list.*', 'agents.entries.*']
        : (scope === 'channel' ? channels : [scope]).map((channel) => `channels.${channel}`);
  return roots.map((root) => pattern.replace(/^\{\w+\}/, root).split('.'));
}

describe('every move agrees with the tables', () => {
  const second = KEY_MOVES.filter((move) => move.since !== '2026.3.7');

  it('leads to a key that the newer version knows', async () => {
    const table = await loadSchemaTable('2026.9.6');
    const lost = second.filter(({ to }) => to && !instances(to).some((path) => knowsPath(table, path)));
    expect(lost).toEqual([]);
  });

  it('leaves a key that the newer version refuses', async () => {
    const table = await loadSchemaTable('2026.9.6');
    const known = second
      // The roster is still converted, and the key that turned round stands in an open object.
      .filter(
        ({ from }) =>
          from !== 'agents.list' && from !== 'mcp.servers.*.disabled' && !from.startsWith('tools.web.search.'),
      )
      .filter(({ from, except }) => !except && instances(from).some((path) => knowsPath(table, path)));
    expect(known.map(({ from }) => from)).toEqual([]);
  });

  it('says when the older version knows the newer key too', async () => {
    const table = await loadSchemaTable('2026.3.7');
    const wrong = second.filter(
      ({ to, always = false }) => to && instances(to).some((path) => knowsPath(table, path)) !== always,
    );
    expect(wrong.map(({ from }) => from)).toEqual([]);
  });

  it('ends before the oldest known version where it is older', async () => {
    const table = await loadSchemaTable('2026.3.7');
    const before = KEY_MOVES.filter((move) => move.since === '2026.3.7' && move.to);
    expect(before.filter(({ to }) => !instances(to!).some((path) => knowsPath(table, path)))).toEqual([]);
  });

  it('renames values of keys that exist', async () => {
    const table = await loadSchemaTable('2026.9.6');
    expect(VALUE_MOVES.filter(({ at }) => !knowsPath(table, at.split('.')))).toEqual([]);
  });
});
