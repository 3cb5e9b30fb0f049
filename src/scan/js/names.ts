/** Packages that are drop-in forms of a platform module. */
const SAME_MODULE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'fs/promises': 'fs',
    'fs-extra': 'fs',
    'graceful-fs': 'fs',
    'path/posix': 'path',
    'path/win32': 'path',
    'dns/promises': 'dns',
    'timers/promises': 'timers',
    'stream/promises': 'stream',
    'util/types': 'util',
    'cross-fetch': 'node-fetch',
    'isomorphic-fetch': 'node-fetch',
    'node-fetch-native': 'node-fetch',
    'undici-types': 'undici',
    'isomorphic-ws': 'ws',
    'cross-spawn': 'cross-spawn',
    'buffer/': 'buffer',
  }),
);

/** The name a module is modelled under: without `node:`, and without dots, which separate members. */
export function moduleName(specifier: string): string {
  const plain = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
  return (SAME_MODULE.get(plain) ?? plain).replaceAll('.', '_');
}

const SAME_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries({
    window: 'globalThis',
    self: 'globalThis',
    global: 'globalThis',
    frames: 'globalThis',
    'fs.promises': 'fs',
    'dns.promises': 'dns',
    'path.posix': 'path',
    'path.win32': 'path',
    'process.mainModule': 'module',
    'require.main': 'module',
    'module.require': 'require',
    'module.constructor': 'module',
    'module.Module': 'module',
    'buffer.Buffer': 'Buffer',
    'buffer.atob': 'atob',
    'Bun.env': 'process.env',
    'import.meta.env': 'process.env',
    'process.globalThis': 'globalThis',
    'undici.fetch': 'fetch',
    'node-fetch.fetch': 'fetch',
    'node-fetch': 'fetch',
    'crypto.webcrypto': 'crypto',
    'url.URL': 'URL',
    'url.URLSearchParams': 'URLSearchParams',
    'util.TextDecoder': 'TextDecoder',
    'util.TextEncoder': 'TextEncoder',
    'ws.WebSocket': 'WebSocket',
    ws: 'WebSocket',
    'undici.WebSocket': 'WebSocket',
    'timers.setTimeout': 'setTimeout',
    'timers.setInterval': 'setInterval',
    'process.process': 'process',
    'Function.prototype': 'Function#',
  }),
);

const MAX_PARTS = 6;

/** The one name of a member of something the platform provides. */
export function memberName(owner: string, name: string): string {
  if (name === 'default' || name === '__esModule') return owner;
  if (owner === 'globalThis') return SAME_NAME.get(name) ?? name;
  // The constructor of a value is its type; the constructor of a type makes functions from text.
  if (name === 'constructor' && owner !== 'module') return owner.endsWith('#') ? owner.slice(0, -1) : 'Function';
  const full = `${owner}.${name}`;
  const same = SAME_NAME.get(full);
  if (same !== undefined) return same;
  // Deeper than any modelled name; kept short so that walks over long chains stay cheap.
  return full.split('.').length > MAX_PARTS ? `${owner.split('.')[0]}.…` : full;
}

/** The one name of a global. */
export function globalName(name: string): string {
  return SAME_NAME.get(name) ?? name;
}
