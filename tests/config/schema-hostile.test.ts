import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadSchemaTable, type SchemaEra } from '../../src/config/schema/tables.ts';
import { PROBLEM_LIMIT, validateConfig } from '../../src/config/schema/validate.ts';
import type { StringValue, Value } from '../../src/config/value.ts';
import { formatKeyPath } from '../../src/core/ref.ts';
import { validate } from './schema-kit.ts';

const ERAS: readonly SchemaEra[] = ['2026.3.7', '2026.9.6'];
const origin = { file: 0, start: 0, end: 0 };

function objectOf(members: Iterable<readonly [string, Value]>): Value {
  return {
    kind: 'object',
    origin,
    entries: new Map([...members].map(([key, value]) => [key, { value, keyOrigin: origin }])),
  };
}

function listOf(items: readonly Value[]): Value {
  return { kind: 'array', origin, items };
}

function text(value: string, more: Partial<StringValue> = {}): Value {
  return { kind: 'string', origin, value, ...more };
}

function number(value: number): Value {
  return { kind: 'number', origin, value };
}

/** Wraps a value in a route of keys. */
function under(path: string, value: Value): Value {
  return path.split('.').reduceRight((inner, key) => objectOf([[key, inner]]), value);
}

async function problemsOf(era: SchemaEra, root: Value) {
  return validateConfig(root, await loadSchemaTable(era));
}

describe('secrets', () => {
  const CANARY = 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa';
  const verdicts = JSON.parse(
    readFileSync(new URL('./fixtures/schema-verdicts.json', import.meta.url), 'utf8'),
  ) as readonly (readonly [unknown])[];
  const seeded = (value: unknown, secret: string): unknown => {
    if (typeof value === 'string') return secret;
    if (Array.isArray(value)) return value.map((item) => seeded(item, secret));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, seeded(item, secret)]));
  };

  it.each(ERAS)('no string of a config is in an answer (%s)', async (era) => {
    let problems = 0;
    for (const secret of [CANARY, CANARY.slice(0, 12), 'sk-abcdefghijkl', '482915']) {
      for (const [config] of verdicts) {
        const result = await validate(era, JSON.stringify(seeded(config, secret)));
        problems += result.count;
        expect(JSON.stringify(result)).not.toContain(secret);
      }
    }
    expect(problems).toBeGreaterThan(500);
  });

  it.each([
    ['a number where a token belongs', 'gateway.auth.token', number(482915)],
    ['a number where a variable belongs', 'env.vars.PIN', number(482915)],
    ['text under a key that OpenClaw does not know', 'gateway.auth.tokn', text('482915')],
    ['a list where a token belongs', 'channels.telegram.botToken', listOf([text('482915')])],
    ['a secret in a map of headers', 'models.providers.x.headers.authorization', number(482915)],
  ])('%s', async (_, path, value) => {
    for (const era of ERAS) {
      const result = await problemsOf(era, under(path, value));
      expect(result.count).toBeGreaterThan(0);
      expect(JSON.stringify(result)).not.toContain('482915');
    }
  });

  it('does not judge the characters of a secret that may be masked', async () => {
    const span = { start: 0, end: 0, vars: [], byReference: false };
    const masked = under('tools.github.profileId', text('*'.repeat(36), { secret: span }));
    expect((await problemsOf('2026.9.6', masked)).count).toBe(0);
    expect((await problemsOf('2026.9.6', under('tools.github.profileId', text('*'.repeat(36))))).count).toBe(1);
  });
});

describe('size', () => {
  it.each(ERAS)('10,000 unknown keys are counted, %s', async (era) => {
    const keys = Array.from({ length: 10_000 }, (_, i): [string, Value] => [`gatewy${i}`, objectOf([])]);
    const { problems, count } = await problemsOf(era, objectOf(keys));
    expect(count).toBe(10_000);
    expect(problems.length).toBe(PROBLEM_LIMIT);
    expect(problems.map(({ path }) => path[0])).toEqual(keys.slice(0, PROBLEM_LIMIT).map(([key]) => key));
  });

  it.each(ERAS)('so are the items of a long list and the entries of a large map, %s', async (era) => {
    const list = listOf(Array.from({ length: 50_000 }, () => number(1)));
    const groups = objectOf(
      Array.from({ length: 20_000 }, (_, i): [string, Value] => [`g${i}`, objectOf([['x', list]])]),
    );
    const root = objectOf([
      ['gateway', objectOf([['trustedProxies', list]])],
      ['channels', objectOf([['telegram', objectOf([['groups', groups]])]])],
    ]);
    const { problems, count } = await problemsOf(era, root);
    expect(count).toBe(70_000);
    expect(problems.length).toBe(PROBLEM_LIMIT);
  });

  it.each([
    'nothing.known',
    'gateway.auth.token',
    'agents.defaults.model',
    'channels.telegram.groups.x',
    'channels.own',
    'skills.entries.x.config.deep',
    'plugins.entries.x.config.deep',
    'agents.list',
    'bindings',
    'broadcast.x',
  ])('10,000 levels below %s', async (path) => {
    let nested: Value = text('bottom');
    for (let i = 0; i < 10_000; i++) nested = i % 2 ? listOf([nested]) : objectOf([['a', nested]]);
    for (const era of ERAS) expect((await problemsOf(era, under(path, nested))).count).toBeLessThan(5);
  });

  it('a text that a pattern could take long for', async () => {
    for (const era of ERAS) {
      const table = await loadSchemaTable(era);
      for (let at = 0; at < table.size; at++) {
        const { pattern } = table.node(at);
        if (pattern === undefined) continue;
        const alone = { openclaw: era, root: 0, size: 1, node: () => ({ type: 'string' as const, pattern }) };
        for (const piece of [' ', 'a', '0', 'a.', '-', '1h', './', '..', '~', '#a'])
          for (const length of [1000, 2_000_000])
            validateConfig(text(`${piece.repeat(length / piece.length)}\n`), alone);
      }
    }
    // Reaching this line within the time of a test is the point: some patterns take quadratic time or worse.
  }, 15_000);
});

describe('names', () => {
  it.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'valueOf', '', ' ', '*', '\u202e', 'a\nb', '0'])(
    'an unknown key named %j',
    async (name) => {
      for (const era of ERAS) {
        for (const at of ['gateway', 'agents.defaults.sandbox', 'tools.exec']) {
          const path = [...at.split('.'), name];
          const { problems, count } = await problemsOf(era, under(at, objectOf([[name, number(1)]])));
          expect(count).toBe(1);
          expect(problems[0]).toMatchObject({ kind: 'unknown-key', path });
        }
        const root = await problemsOf(era, objectOf([[name, objectOf([])]]));
        expect(root.problems.map(({ kind, path }) => [kind, path])).toEqual([['unknown-key', [name]]]);
      }
    },
  );

  it('a very long key costs no guess', async () => {
    const { problems } = await problemsOf('2026.9.6', objectOf([['gateway'.repeat(200_000), number(1)]]));
    expect(problems[0]).toMatchObject({ kind: 'unknown-key' });
    expect(problems[0]).not.toHaveProperty('suggestion');
  });

  it('prototype names in maps are entries', async () => {
    const entries = objectOf([
      ['__proto__', text('x')],
      ['constructor', text('y')],
    ]);
    for (const era of ERAS) expect((await problemsOf(era, under('env.vars', entries))).count).toBe(0);
  });
});

describe('order', () => {
  const config = `{
    zzz: 1,
    gateway: { tailscale: { mode: 'serve' }, bind: 'lan', port: 'x', auth: { token: 1 } },
    agents: { list: [{ id: 'a' }, { name: 'b' }, { id: 'c', sandbox: { docker: { network: 'host', wat: 1 } } }] },
    channels: { telegram: { dmPolicy: 'open', nope: 1 } },
    aaa: 1,
  }`;

  it('is that of the document, whatever found the problem', async () => {
    const { problems } = await validate('2026.3.7', config);
    expect(problems.map(({ path }) => formatKeyPath(path))).toEqual([
      'zzz',
      'gateway.bind',
      'gateway.port',
      'gateway.auth.token',
      'agents.list[1].id',
      'agents.list[2].sandbox.docker.network',
      'agents.list[2].sandbox.docker.wat',
      'channels.telegram.allowFrom',
      'channels.telegram.nope',
      'aaa',
    ]);
  });

  it('is the same every time', async () => {
    expect(await validate('2026.3.7', config)).toEqual(await validate('2026.3.7', config));
  });
});

it('no config is no problem', async () => {
  for (const era of ERAS)
    expect(validateConfig(undefined, await loadSchemaTable(era))).toEqual({ problems: [], count: 0 });
});

it.each([
  ['a string', text('x')],
  ['a list', listOf([])],
  ['a number', number(1)],
])('%s is no config', async (_, root) => {
  for (const era of ERAS) {
    const { problems } = await problemsOf(era, root);
    expect(problems).toMatchObject([{ kind: 'wrong-type', path: [], expected: 'an object' }]);
  }
});
