import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createSecretKey, reduceSecret } from '../../src/collect/secret.ts';
import type { SecretFact } from '../../src/core/secret.ts';

const key = createSecretKey();
const reduce = (value: string): SecretFact => reduceSecret(value, 'config', key);

describe('reduceSecret', () => {
  it('keeps length class and origin and nothing of the value', () => {
    const canary = 'zQ7canaryVw2';
    expect(reduceSecret(` ${canary}\n`, 'state-dotenv', key)).toEqual({
      origin: 'state-dotenv',
      lengthClass: '8-15',
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(JSON.stringify(reduce(canary))).not.toContain('canary');
  });

  it('gives the same fingerprint for the same secret, blanks around it aside, and only then', () => {
    expect(reduce(' same\t').fingerprint).toBe(reduce('same').fingerprint);
    expect(reduce('same').fingerprint).not.toBe(reduce('Same').fingerprint);
    expect(reduceSecret('same', 'file', key).fingerprint).toBe(reduce('same').fingerprint);
  });

  it('gives another fingerprint in every run', () => {
    expect(reduceSecret('same', 'config', createSecretKey()).fingerprint).not.toBe(reduce('same').fingerprint);
  });

  it('has a key that shows nothing', () => {
    expect(JSON.stringify(key)).toBe('{}');
    expect(inspect(key, { showHidden: true, depth: 9 })).not.toMatch(/[0-9a-f]{2} [0-9a-f]{2}/);
    expect(Object.keys(structuredClone(key))).toEqual([]);
  });

  const LENGTHS: [length: number, expected: string][] = [
    [0, '0'],
    [1, '1-7'],
    [7, '1-7'],
    [8, '8-15'],
    [23, '16-23'],
    [24, '24-31'],
    [32, '32+'],
    [1_000_000, '32+'],
  ];
  it.each(LENGTHS)('%i characters are in class %s', (length, expected) => {
    expect(reduce('kR9'.repeat(length).slice(0, length)).lengthClass).toBe(expected);
  });
});

describe('placeholders', () => {
  const PLACEHOLDERS: { [kind: string]: readonly string[] } = {
    empty: ['', ' ', '\t\n'],
    undefined: ['undefined', ' undefined '],
    null: ['null', 'null\n'],
    example: [
      'change-me-to-a-long-random-token',
      'change-me-now',
      'change-me-to-a-strong-password',
      '__OPENCLAW_REDACTED__',
      'changeme',
      'CHANGE_ME',
      'change this',
      'please-change-me',
      'replace-me',
      'replace_me_with_a_real_token',
      'replace-with-your-token',
      'REPLACE_THIS',
      'your-token-here',
      'your_token_here',
      'YOUR_BOT_TOKEN',
      'your-api-key',
      'your-strong-password-here',
      'yourtokenhere',
      'insert-token-here',
      'paste_your_token_here',
      'put-your-bot-token',
      'token-goes-here',
      '<token>',
      '<your bot token>',
      '{{ GATEWAY_TOKEN }}',
      '[your token]',
      '[REDACTED]',
      'xoxb-...',
      'sk-…',
      '123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11',
    ],
  };
  for (const [kind, values] of Object.entries(PLACEHOLDERS))
    it.each(values)(`%j is ${kind}`, (value) => {
      expect(reduce(value).placeholder).toBe(kind);
    });

  const SECRETS: readonly string[] = [
    'example-gateway-token-0123456789abcdef',
    'another-example-gateway-token-0123456789',
    'example-hooks-token-fedcba9876543210',
    'example-gateway-password-correct-horse',
    'EXAMPLE.discord.bot-token',
    'Undefined',
    'NULL',
    'nullable',
    '0',
    'false',
    'secret',
    'hunter2',
    'correct-horse-battery-staple',
    'change-me-9f86d081884c7d659a2feaa0c55ad015',
    'replace-with-9f86d081884c7d65',
    'your-9f86d081884c7d659a2feaa0-token',
    'changes',
    'yourselves',
    'your-mother-eats-turkey',
    '<9f86d081>',
    '<script>alert(1)</script>',
    `\${OPENCLAW_GATEWAY_TOKEN}`,
    'nL4$wQ...',
    'x'.repeat(200),
  ];
  it.each(SECRETS)('%j is no placeholder', (value) => {
    expect(reduce(value)).not.toHaveProperty('placeholder');
  });
});

describe('weak secrets', () => {
  const WEAK: { [kind: string]: readonly string[] } = {
    'one-character': ['aaaa', 'a'.repeat(24), '*'.repeat(64), '0000000000000000', '\u{1f600}'.repeat(20)],
    'few-characters': [
      'abab'.repeat(6).replace('b', 'bb'),
      'aabbabbaabbbabbaaabb',
      '1122112221112112',
      'ab1c'.repeat(8),
    ],
    sequence: [
      'abcdefghij',
      'abcdefghijklmnopqrstuvw',
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      '0123456789abcdef',
      '0123456789abcdef0123456789abcdef',
      'fedcba9876543210',
      '98765432109876543210',
      '34567890123',
      'abcdefgh12345678',
    ],
    'common-word': [
      'password',
      'PASSWORD',
      'Password1',
      'Password123!',
      'hunter2',
      'letmein',
      'secret',
      'token',
      'openclaw',
      'Openclaw2026',
      'clawdbot',
      'admin',
      'admin123',
      'qwerty',
      'iloveyou',
      '12345678',
      '1234567890',
      'my-secret-token',
      'my_super_secret_password',
      'the secret token',
      'openclaw-gateway-token',
      'passwordpasswordpassword',
      'changeme123',
    ],
  };
  for (const [kind, values] of Object.entries(WEAK))
    it.each(values)(`%j is ${kind}`, (value) => {
      expect(reduce(value).weakness).toBe(kind);
    });

  const STRONG: readonly string[] = [
    'example-gateway-token-0123456789abcdef',
    'another-example-gateway-token-0123456789',
    'example-gateway-password-correct-horse',
    'example-hooks-token-fedcba9876543210',
    'correct-horse-battery-staple',
    '9f86d081884c7d659a2feaa0c55ad015',
    'aaaabbbbccccddddeeeeffff',
    'password-9f86d081884c7d65',
    'secretariat',
    'kR9',
    'aaa',
    'abcde',
    'Tr0ub4dor&3',
    '',
  ];
  it.each(STRONG)('%j is not', (value) => {
    expect(reduce(value)).not.toHaveProperty('weakness');
  });

  it('looks at a megabyte without delay', () => {
    const start = performance.now();
    for (const text of ['a', 'ab', 'password', 'password-', '-', 'change-'])
      reduce(text.repeat(1_000_000 / text.length));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
