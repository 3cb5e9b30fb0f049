import { visible } from '../../core/text.ts';

/** A gateway's address, taken apart. */
export interface GatewayUrl {
  /** `wss:` or `https:`. */
  readonly secure: boolean;
  /** Address or name to connect to, without brackets; a loopback name is already an address, so that no resolver decides. */
  readonly host: string;
  readonly port: number;
  /** Path of the WebSocket upgrade. */
  readonly path: string;
  readonly loopback: boolean;
}

export type ParsedGatewayUrl =
  | { readonly ok: true; readonly at: GatewayUrl; readonly url: string }
  | { readonly ok: false; readonly shown: string; readonly reason: string };

const SCHEMES: Readonly<Record<string, 'ws' | 'wss'>> = { 'ws:': 'ws', 'http:': 'ws', 'wss:': 'wss', 'https:': 'wss' };

/** Reads `ws://`, `wss://` or the same with `http`. A user name or password in it is refused, a query is dropped. */
export function parseGatewayUrl(text: string): ParsedGatewayUrl {
  let parsed: URL;
  try {
    parsed = new URL(text);
  } catch {
    return { ok: false, shown: '', reason: 'it is no URL' };
  }
  const scheme = SCHEMES[parsed.protocol];
  if (scheme === undefined) {
    return {
      ok: false,
      shown: visible(`${parsed.protocol}//${parsed.host}`),
      reason: 'a gateway has a ws:// or wss:// URL',
    };
  }
  const url = visible(`${scheme}://${parsed.host}${parsed.pathname === '/' ? '' : parsed.pathname}`);
  if (parsed.username !== '' || parsed.password !== '') {
    return {
      ok: false,
      shown: url,
      reason: 'it carries a user name or password; give the secret with --token or --password',
    };
  }
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1');
  return {
    ok: true,
    url,
    at: {
      secure: scheme === 'wss',
      host: host === 'localhost' ? '127.0.0.1' : host,
      port: parsed.port === '' ? (scheme === 'wss' ? 443 : 80) : Number(parsed.port),
      path: parsed.pathname,
      loopback: isLoopbackHost(host),
    },
  };
}

/** True for `localhost` and loopback addresses in the spelling that the URL parser gives (`127.0.0.1`, `::1`, `::ffff:7f00:1`). */
export function isLoopbackHost(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '::1' ||
    /^127(\.\d{1,3}){3}$/.test(host) ||
    /^::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}$/.test(host)
  );
}
