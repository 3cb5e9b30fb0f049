/** A deterministic stream of pseudo-random numbers (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  /** An integer from 0 to `limit - 1`. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

const SPACES = [
  '',
  '',
  '',
  ' ',
  ' ',
  '  ',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '\v',
  '\f',
  '\u00a0',
  '\ufeff',
  '\u2028',
  '\u2029',
  '\u1680',
  '\u2003',
  '\u202f',
  '\u205f',
  '\u3000',
];
const COMMENTS = [
  '// line\n',
  '//\r\n',
  '// x\u2028',
  '/* block */',
  '/**/',
  '/***/',
  '/* * / */',
  '/*\n*/',
  '//',
  '/*/',
];
const KEYS = [
  'a',
  'b',
  'gateway',
  '$',
  '_x',
  'null',
  'true',
  'NaN',
  'Infinity',
  '__proto__',
  'constructor',
  'toString',
  '1',
  '0',
  'ключ',
  'ʰ',
  'ª',
  '𐀀',
  'a\u200cb',
  'a\u0301',
  '\\u0061b',
  'x\\u0062',
  '\\u0031',
  'a\\u0031',
  '\\u200c',
  'a-b',
  '\ud800',
  'ꟶ',
];
const NUMBERS = [
  '0',
  '-0',
  '+0',
  '1',
  '18789',
  '-7',
  '+7',
  '.5',
  '5.',
  '-.5',
  '0.25',
  '1e3',
  '1E+3',
  '1e-3',
  '5.e1',
  '.5e1',
  '0e1',
  '0x1F',
  '-0XaB',
  '0xffffffffffffffffff',
  '1e400',
  '-1e400',
  '9007199254740993',
  '123456789012345678901234567890',
  'Infinity',
  '-Infinity',
  '+Infinity',
  'NaN',
  '-NaN',
];
const BAD_NUMBERS = [
  '00',
  '012',
  '1e',
  '1e+',
  '0x',
  '0xg',
  '.',
  '-',
  '+',
  '--1',
  '- 1',
  '+-1',
  '1_0',
  '0b1',
  '0o7',
  '1.2.3',
  '-.',
  '.e1',
  '1n',
  'Infinit',
  'nan',
  '-infinity',
  '- Infinity',
];
const STRING_PARTS = [
  'a',
  'text',
  ' ',
  "'",
  '"',
  '\\\\',
  "\\'",
  '\\"',
  '\\n',
  '\\b',
  '\\f',
  '\\r',
  '\\t',
  '\\v',
  '\\0',
  '\\x41',
  '\\u0041',
  '\\ud83d\\ude00',
  '😀',
  '\ud800',
  '\\\n',
  '\\\r\n',
  '\\\r',
  '\\\u2028',
  '\\\u2029',
  '\u2028',
  '\u2029',
  '\\a',
  '\\😀',
  '\\/',
  '//',
  '/*',
  '\u0000',
  '\u0001',
  '\u007f',
  '{',
  ']',
  ',',
];
const BAD_STRING_PARTS = [
  '\n',
  '\r',
  '\\1',
  '\\9',
  '\\00',
  '\\01',
  '\\x4',
  '\\xg1',
  '\\u004',
  '\\u{41}',
  '\\U0041',
  '\\',
];
const LITERALS = ['null', 'true', 'false', 'undefined', 'nul', 'tru', 'fals', 'None', 'lan', 'True', 'nulll'];
const SOUP = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  "'",
  '\\',
  '/',
  '*',
  '#',
  ';',
  '=',
  '`',
  '(',
  '\u180e',
  '\u200b',
  '\u0085',
  '𝟘',
  '“',
];
const EVERYTHING = [
  SOUP,
  SOUP,
  SOUP,
  SPACES,
  COMMENTS,
  KEYS,
  NUMBERS,
  BAD_NUMBERS,
  STRING_PARTS,
  BAD_STRING_PARTS,
  LITERALS,
];

/** Tokens and parts of tokens in any order. */
export function tokenSoup(random: Random): string {
  let out = random.chance(60) ? random.pick(['{', '[', '{a:', '[1,', '{"k":[', "['"]) : '';
  for (let left = random.below(12) + 1; left > 0; left--) {
    out += random.chance(25) ? string(random, 5) : random.pick(random.pick(EVERYTHING));
  }
  return out;
}

/** A document that is mostly JSON5, with odd white space, comments, escapes and duplicate keys. */
export function document(random: Random): string {
  return trivia(random) + value(random, 4) + trivia(random);
}

function value(random: Random, depth: number): string {
  const kind = random.below(depth > 0 ? 10 : 5);
  if (kind < 2) return string(random, 1);
  if (kind === 2) return random.chance(98) ? random.pick(NUMBERS) : random.pick(BAD_NUMBERS);
  if (kind < 5) return random.chance(98) ? random.pick(['null', 'true', 'false']) : random.pick(LITERALS);
  const isObject = kind > 6;
  const parts: string[] = [];
  for (let left = random.below(5); left > 0; left--) {
    const key = isObject ? `${trivia(random)}${memberKey(random)}${trivia(random)}:` : '';
    parts.push(key + trivia(random) + value(random, depth - 1) + trivia(random));
  }
  const end = (parts.length > 0 && random.chance(30) ? ',' : '') + trivia(random);
  return isObject ? `{${parts.join(',')}${end}}` : `[${parts.join(',')}${end}]`;
}

function memberKey(random: Random): string {
  return random.chance(30) ? string(random, 1) : random.pick(random.chance(95) ? KEYS.slice(0, 12) : KEYS);
}

function string(random: Random, badPercent: number): string {
  const quote = random.pick(['"', "'"]);
  let out = quote;
  for (let left = random.below(5); left > 0; left--) {
    const part = random.pick(random.chance(badPercent) ? BAD_STRING_PARTS : STRING_PARTS);
    out += part === quote ? '' : part;
  }
  return out + quote;
}

function trivia(random: Random): string {
  if (random.chance(55)) return '';
  let out = '';
  for (let left = random.below(3); left > 0; left--) {
    out += random.chance(20) ? random.pick(COMMENTS.slice(0, 8)) : random.pick(SPACES);
  }
  return out;
}

/** The text with one to three small damages. */
export function mutate(random: Random, text: string): string {
  let out = text;
  for (let left = random.below(3) + 1; left > 0; left--) {
    const at = random.below(out.length + 1);
    const to = Math.min(out.length, at + 1 + random.below(3));
    switch (random.below(5)) {
      case 0:
        out = out.slice(0, at) + out.slice(to);
        break;
      case 1:
        out = out.slice(0, at) + random.pick(random.pick(EVERYTHING)) + out.slice(at);
        break;
      case 2:
        out =
          out.slice(0, at) + String.fromCharCode(random.below(random.chance(90) ? 0x80 : 0x10000)) + out.slice(at + 1);
        break;
      case 3:
        out = out.slice(0, to) + out.slice(at);
        break;
      default:
        out = out.slice(0, at);
    }
  }
  return out;
}

/** Configs as people write them; every prefix of them is an input. */
export const REALISTIC: readonly string[] = [
  `// My gateway
{
  gateway: {
    mode: 'local', // this machine only
    bind: "loopback",
    port: 18789,
    auth: { mode: 'token', token: '\${OPENCLAW_GATEWAY_TOKEN}' },
    controlUi: { allowInsecureAuth: false, allowedOrigins: ["https://a.example", 'https://b.example',], },
  },
  /* who may talk
     to the bot */
  channels: {
    whatsapp: { dmPolicy: 'pairing', allowFrom: ['+15551234567'], groups: { '*': { requireMention: true } } },
    telegram: { enabled: true, groupPolicy: 'allowlist', retry: { attempts: 3, jitter: .1 } },
  },
  agents: {
    defaults: { sandbox: { mode: 'all', docker: { memory: 0x40000000, cpus: +1.5, binds: [] } } },
    list: [
      { id: 'main', default: true },
      { id: 'work', name: 'Work\\nAgent \\u2014 \\x41', tools: { deny: ['exec', 'browser'], elevated: null } },
    ],
  },
}
`,
  '{\r\n\t"gateway": {\r\n\t\t"bind": "lan",\r\n\t\t"auth": {"mode": "none"}\r\n\t},\r\n\t"logging": {"redactSensitive": "off", "level": "info"},\r\n\t"hooks": {"enabled": true, "path": "/hooks", "maxBodyBytes": 1e6}\r\n}\r\n',
  '\ufeff{ "long text": "one \\\ntwo \\\r\nthree", ключ: \'значение\', __proto__: { a: 1 }, a: 1, a: 2, "n": [NaN, -Infinity, -0, .5e-3, 5.] } // end',
];
