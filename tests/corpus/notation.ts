/** `⟪name:text⟫` stands for the text in that encoding; `¦` is removed: it breaks words that virus scanners look for. */
const TOKEN = /⟪(b64|b64utf16|hex|esc|codes|codes\+1|tags|zw|vs|xor:[^:⟫]+|U\+[0-9A-F]{4,6})(?::([^⟫]*))?⟫/g;

/** What a stored text means. Throws on a token it does not know, so that no sample is silently something else. */
export function expand(stored: string): string {
  const text = stored
    .replaceAll('¦', '')
    .replace(TOKEN, (_, name: string, body: string | undefined) => encode(name, body ?? ''));
  if (/[⟪⟫]/.test(text)) throw new Error(`unknown notation: ${/.{0,20}[⟪⟫].{0,20}/.exec(text)?.[0]}`);
  return text;
}

function encode(name: string, body: string): string {
  const bytes = Buffer.from(body, 'utf8');
  if (name.startsWith('U+')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
  if (name.startsWith('xor:')) {
    const key = Buffer.from(name.slice(4));
    return Buffer.from(bytes.map((b, i) => b ^ key[i % key.length]!)).toString('hex');
  }
  switch (name) {
    case 'b64':
      return bytes.toString('base64');
    case 'b64utf16':
      return Buffer.from(body, 'utf16le').toString('base64');
    case 'hex':
      return bytes.toString('hex');
    case 'esc':
      return [...bytes].map((b) => `\\x${b.toString(16).padStart(2, '0')}`).join('');
    case 'codes':
      return [...bytes].join(',');
    case 'codes+1':
      return [...bytes].map((b) => b + 1).join(',');
    case 'tags':
      return [...bytes].map((b) => String.fromCodePoint(0xe0000 + b)).join('');
    case 'zw':
      return [...body].join('\u200b');
    case 'vs':
      return [...bytes].map((b) => String.fromCodePoint(b < 16 ? 0xfe00 + b : 0xe0100 + b - 16)).join('');
    default:
      throw new Error(`unknown encoding ${name}`);
  }
}
