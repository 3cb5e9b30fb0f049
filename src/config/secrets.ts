import type { KeyPath } from '../core/ref.ts';
import type { SecretSpan } from '../core/snapshot.ts';
import { hideUnparsed, stars } from './mask-unparsed.ts';
import type { ParseResult } from './syntax.ts';

// The last word of a key that holds a secret in OpenClaw's schemas (2026.3.7 and 2026.9.6), and of keys people invent.
const SECRET_KEY =
  /(?:token|password|passwd|passphrase|secret|api_?key|private_?key|access_?key|encrypt_?key|encoding_?aes_?key|service_?account|authorization|cookie|credentials?|bearer|webhook_?url)s?$/i;
// These name a place, an amount or a switch, not a secret.
const NOT_SECRET_KEY =
  /(?:file|path|dir|max_?tokens|context_?tokens|token_?budget|ttl|_?ms|(?<!ac)count|limit|header|provider|env)$/i;
// Every string below these keys is treated as one.
const SECRET_PARENT = new Set(['env', 'vars', 'headers']);

/** True when a string at this place of the config is a secret. `env.shellEnv` and the like hold none. */
export function isSecretPath(path: KeyPath): boolean {
  let last = path.length - 1;
  while (last >= 0 && typeof path[last] === 'number') last--;
  const key = path[last];
  if (typeof key !== 'string') return false;
  const parent = path[last - 1];
  if (typeof parent === 'string' && SECRET_PARENT.has(parent)) return true;
  // A reference object {source, provider, id} says where a secret is; it holds none.
  if (key === 'id' || key === 'source' || key === 'provider') return false;
  return SECRET_KEY.test(key) && !NOT_SECRET_KEY.test(key);
}

// Shapes of well-known tokens, wherever they stand. Each group of alternatives is linear.
const TOKEN_SHAPES =
  /\b(?:sk-[A-Za-z0-9_-]{12,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{20,}|xox[a-z]-[A-Za-z0-9-]{6,}|xapp-[A-Za-z0-9-]{6,}|AIza[A-Za-z0-9_-]{20,}|AKIA[A-Z0-9]{12,}|ya29\.[A-Za-z0-9_-]{10,}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?|\d{6,12}:[A-Za-z0-9_-]{30,}|nsec1[a-z0-9]{20,})|-----BEGIN [A-Z ]*PRIVATE KEY-----/g;
const URL_USERINFO = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)([^\s/?#@'"`]{1,500})@/gi;
const URL_QUERY_SECRET =
  /([?&](?:[a-z_-]{0,24}(?:token|key|secret|password|auth|sig|signature)[a-z_-]{0,8})=)([^&\s#'"`]+)/gi;
// `key: value` where the key says that the value is a secret; covers comments and text that does not parse. It begins in
// the middle of the key: looking for the start of each word takes milliseconds in an expression that is not yet compiled.
const SECRET_ASSIGNMENT =
  /((?:token|password|passwd|secret|api_?key|private_?key|authorization|bearer)["'`]?\s{0,4}[:=]\s{0,4}(?:\[\s{0,4})?)(["'`]?)(?!\$\{[A-Z_][A-Z0-9_]*\})((?:\$\{)?[^"'`\s,}{\]]+)/gi;

const MASK = '•';

function maskOf(text: string): string {
  return MASK.repeat(Math.min(8, Array.from(text).length));
}

/** Masks what looks like a secret in any text: known token shapes, URL credentials, `…token: value` pairs. */
export function maskText(text: string): string {
  let out = text;
  // Most texts lack what these need, and an expression that is never run is never compiled.
  if (out.includes('://') && out.includes('@'))
    out = out.replace(URL_USERINFO, (_, scheme: string, info: string) => `${scheme}${maskOf(info)}@`);
  if (out.includes('='))
    out = out.replace(URL_QUERY_SECRET, (_, key: string, value: string) => `${key}${maskOf(value)}`);
  return out
    .replace(TOKEN_SHAPES, (token) => maskOf(token))
    .replace(SECRET_ASSIGNMENT, (whole, key: string, quote: string, value: string) =>
      value.startsWith(MASK) ? whole : `${key}${quote}${maskOf(value)}`,
    );
}

/**
 * One stretch of a config text, ready to be shown: every known secret literal that touches it is masked, and so is
 * anything that looks like one.
 */
export function maskStretch(text: string, from: number, to: number, secrets: readonly SecretSpan[]): string {
  let out = '';
  let at = from;
  for (const s of secrets) {
    if (s.byReference || s.end <= from || s.start >= to) continue;
    const start = Math.max(s.start, at);
    const end = Math.min(s.end, to);
    if (end <= start) continue;
    out += text.slice(at, start) + maskLiteral(text.slice(start, end));
    at = end;
  }
  return maskText(out + text.slice(at, to));
}

function maskLiteral(literal: string): string {
  const quote = /^["']/.exec(literal)?.[0] ?? '';
  return `${quote}${MASK.repeat(Math.max(0, Math.min(8, literal.length - 2 * quote.length)))}${quote}`;
}

/** Keeps every position: secret literals become asterisks of the same length, line ends stay. For snapshots that leave the process. */
export function maskKeepingPositions(text: string, secrets: readonly SecretSpan[], parsed: ParseResult): string {
  const { known, rest } = hideUnparsed(text, parsed);
  let out = '';
  let at = 0;
  for (const s of secrets) {
    if (s.byReference || s.start < at || s.end > known.length) continue;
    const quoted = /^["']/.test(known.slice(s.start, s.start + 1)) ? 1 : 0;
    out += known.slice(at, s.start + quoted) + stars(known.slice(s.start + quoted, s.end - quoted));
    at = s.end - quoted;
  }
  out += known.slice(at);
  const masked = out
    .replace(URL_USERINFO, (_, scheme: string, info: string) => `${scheme}${stars(info)}@`)
    .replace(URL_QUERY_SECRET, (_, key: string, value: string) => `${key}${stars(value)}`)
    .replace(TOKEN_SHAPES, stars)
    .replace(SECRET_ASSIGNMENT, (_, key: string, quote: string, value: string) => key + quote + placeholder(value));
  return masked + rest;
}

/** A number stays one, and words of JSON and a string's line continuation stay, or the text would no longer be JSON5. */
function placeholder(value: string): string {
  if (/^(?:true|false|null)$/.test(value)) return value;
  if (!Number.isNaN(Number(value))) return '1'.repeat(value.length);
  return value.endsWith('\\') ? `${stars(value.slice(0, -1))}\\` : stars(value);
}
