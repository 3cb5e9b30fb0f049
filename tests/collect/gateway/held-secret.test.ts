import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleaner, HeldSecret } from '../../../src/collect/gateway/held-secret.ts';

const SECRET = 'canary+secret/value=with "quotes" ü';
const clean = cleaner([new HeldSecret(SECRET)]);

describe('text of the other side', () => {
  it.each<[name: string, text: string, expected: string]>([
    ['passes', 'device identity required', 'device identity required'],
    ['loses the secret', `token ${SECRET} is wrong`, 'token [secret] is wrong'],
    ['loses it twice', `${SECRET} ${SECRET}`, '[secret] [secret]'],
    ['loses a part that is cut off', `token ${SECRET.slice(0, 12)}`, 'token [secret]'],
    ['loses the end of it', `…${SECRET.slice(-9)}.`, '…[secret].'],
    ['loses it in a URL', `ws://x/?token=${encodeURIComponent(SECRET)}`, 'ws://x/?token=[secret]'],
    ['loses it in JSON', `{"t":${JSON.stringify(SECRET)}}`, '{"t":"[secret]"}'],
    ['loses it in base64', `Basic ${Buffer.from(SECRET).toString('base64')}`, 'Basic [secret]'],
    ['loses it in hexadecimal', Buffer.from(SECRET).toString('hex'), '[secret]'],
    [
      'loses credentials in any URL',
      'failed at wss://user:pw@host/?a=1&password=abc',
      'failed at wss://[secret]@host/?a=1&password=[secret]',
    ],
    ['loses control and direction characters', 'a\u001b[31mb\u202ec\nd', 'a\\u{1b}[31mb\\u{202e}c\\u{a}d'],
  ])('%s', (_, text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it('is cut, after the secret has been removed', () => {
    const out = clean(`${'x'.repeat(190)}${SECRET}${'y'.repeat(10_000)}`);
    expect(out.length).toBeLessThanOrEqual(200);
    expect(out).not.toContain('can');
  });

  it('also loses a short secret', () => {
    expect(cleaner([new HeldSecret('abc')])('x abc y')).toBe('x [secret] y');
  });

  it('keeps no eight characters of the secret, wherever and however cut', () => {
    const text = fc.string({ maxLength: 40 });
    fc.assert(
      fc.property(
        fc.string({ minLength: 9, maxLength: 60 }),
        text,
        text,
        fc.nat(60),
        fc.nat(60),
        (secret, before, after, a, b) => {
          const part = secret.slice(Math.min(a, b), Math.max(a, b));
          const out = cleaner([new HeldSecret(secret)])(before + part + after, 1000);
          // Our own mark is the only text that may look like a secret made of it.
          for (const piece of out.split('[secret]')) {
            for (let i = 0; i + 8 <= secret.length; i++) expect(piece.includes(secret.slice(i, i + 8))).toBe(false);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
