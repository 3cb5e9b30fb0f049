import { type KeyPath, keyRef, type Ref } from '../core/ref.ts';
import { isLoopbackHost } from './gateway.ts';
import type { Settings } from './settings.ts';

/** A browser profile with the address of its debugging port (CDP). */
export interface BrowserProfile {
  readonly name: string;
  readonly at: Ref;
  readonly scheme: string;
  readonly host: string;
  /** The address without user name, password and query. */
  readonly shown: string;
  readonly loopback: boolean;
}

export interface Browser {
  /** Why OpenClaw cannot make sense of `browser`. */
  readonly invalid: { readonly reason: string; readonly at: Ref } | undefined;
  readonly profiles: readonly BrowserProfile[];
}

interface CdpUrl {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
}

const URL_SHAPE = /^([a-z][a-z0-9+.-]*):\/\/(?:[^@/?#]*@)?(\[[^\]]+\]|[^:/?#]+)(?::(\d{1,5}))?(?:[/?#]|$)/i;

function parseCdpUrl(text: string): CdpUrl | undefined {
  const m = URL_SHAPE.exec(text.trim());
  if (!m) return undefined;
  return { scheme: m[1]!.toLowerCase(), host: m[2]!, port: m[3] ?? '' };
}

const show = (url: CdpUrl) => `${url.scheme}://${url.host}${url.port ? `:${url.port}` : ''}`;

/** Names and ranges that stay on this machine; a mapped IPv4 address counts as what it maps. */
function staysHere(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return isLoopbackHost(bare.replace(/^::ffff:/, ''));
}

/**
 * Profiles as OpenClaw 2026.3.7 resolves them: the written ones, then `openclaw` when absent. One without an address of
 * its own takes scheme and host of `browser.cdpUrl`.
 */
export function readBrowser(settings: Settings, secondEra: boolean): Browser {
  const base = settings.string(['browser', 'cdpUrl'], undefined);
  const schemes = secondEra ? ['http', 'https', 'ws', 'wss'] : ['http', 'https'];
  let baseUrl: CdpUrl = { scheme: 'http', host: '127.0.0.1', port: '' };
  let baseAt: Ref = keyRef('browser');
  if (base.known && base.value !== undefined && base.value.trim() !== '') {
    const url = parseCdpUrl(base.value);
    if (!url || !schemes.includes(url.scheme))
      return { invalid: { reason: `browser.cdpUrl is no ${schemes.join(' or ')} address`, at: base.at }, profiles: [] };
    baseUrl = url;
    baseAt = base.at;
  }
  const start = settings.number(['browser', 'cdpPortRangeStart'], undefined);
  if (start.known && start.value !== undefined && start.value > 65436)
    return {
      invalid: { reason: 'browser.cdpPortRangeStart leaves no room for 100 ports', at: start.at },
      profiles: [],
    };
  const profiles: BrowserProfile[] = [];
  const add = (name: string, at: Ref, url: CdpUrl) =>
    profiles.push({ name, at, scheme: url.scheme, host: url.host, shown: show(url), loopback: staysHere(url.host) });
  for (const name of settings.keys('browser', 'profiles')) {
    const path: KeyPath = ['browser', 'profiles', name];
    const own = settings.string([...path, 'cdpUrl'], undefined);
    if (own.known && own.value) {
      const url = parseCdpUrl(own.value);
      if (url) add(name, own.at, url);
      else return { invalid: { reason: `the address of profile ${name} is no URL`, at: own.at }, profiles: [] };
    } else add(name, keyRef(...path), { ...baseUrl, port: '' });
  }
  if (!settings.has('browser', 'profiles', 'openclaw')) add('openclaw', baseAt, baseUrl);
  return { invalid: undefined, profiles };
}
