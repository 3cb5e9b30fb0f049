import { HOLE } from '../flow/value.ts';

/** Where data goes, as far as the address says. */
export interface Destination {
  /** Lower-case host name or address; `HOLE` inside where it is not known. */
  readonly host: string;
  readonly port: string;
  readonly scheme: string;
  readonly kind: 'local' | 'unknown' | 'drop' | 'messenger' | 'raw-address' | 'onion' | 'named';
}

/** Services whose purpose is to receive data without an account, tunnels, and out-of-band test servers. */
const DROPS =
  /(?:^|\.)(?:webhook\.site|requestbin\.(?:com|net)|requestcatcher\.com|pipedream\.net|beeceptor\.com|hookbin\.com|postb\.in|interact\.sh|oast\.(?:fun|pro|live|site|online|me)|burpcollaborator\.net|oastify\.com|ngrok(?:-free)?\.(?:io|app|dev)|trycloudflare\.com|serveo\.net|localhost\.run|loca\.lt|localtunnel\.me|pastebin\.com|paste\.ee|hastebin\.com|dpaste\.(?:com|org)|rentry\.co|glot\.io|transfer\.sh|file\.io|0x0\.st|catbox\.moe|termbin\.com|ix\.io|temp\.sh|gofile\.io|anonfiles\.com|dnslog\.cn|ceye\.io|canarytokens\.com)$/;

/** Messengers: fine for a bot's own messages, and the usual way out for what was stolen. */
const MESSENGERS = /(?:^|\.)(?:discord(?:app)?\.com|api\.telegram\.org|hooks\.slack\.com)$/;

const URL_SHAPE = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/@?#]*@)?(\[[^\]]*\]|[^/:?#]*)(?::(\d+))?/i;

/** Reads an address or `host:port`. */
export function destination(raw: string): Destination {
  const text = raw.trim();
  const match = URL_SHAPE.exec(text);
  let host = match?.[2] ?? '';
  let port = match?.[3] ?? '';
  const scheme = (match?.[1] ?? '').toLowerCase();
  if (!match) {
    const plain = /^([\w.\uE000-]+|\[[^\]]*\])(?::(\d+))?(?:\/|$)/.exec(text);
    host = plain?.[1] ?? HOLE;
    port = plain?.[2] ?? '';
    if (text.startsWith('/') || !/[.:]|^localhost$/.test(host)) host = HOLE;
  }
  host = host.toLowerCase().replace(/^\[|\]$/g, '');
  return { host, port, scheme, kind: kindOf(host) };
}

function kindOf(host: string): Destination['kind'] {
  if (host === '' || host === HOLE) return 'unknown';
  if (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    host === '0.0.0.0' ||
    host === 'host.docker.internal'
  )
    return 'local';
  // Broadcast and multicast stay on the network they are sent in.
  if (host === '255.255.255.255' || /^(?:22[4-9]|23\d)\.\d+\.\d+\.\d+$/.test(host)) return 'local';
  if (/^127\.|^10\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\.|^f[cd][0-9a-f]{2}:|^fe80:/.test(host))
    return 'local';
  if (/\.(?:local|internal|lan|home\.arpa)$/.test(host)) return 'local';
  if (DROPS.test(host)) return 'drop';
  if (MESSENGERS.test(host)) return 'messenger';
  if (host.endsWith('.onion')) return 'onion';
  if (
    /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) ||
    /^\d{8,10}$/.test(host) ||
    /^0x[0-9a-f]{8}$/.test(host) ||
    (host.includes(':') && !host.includes(HOLE))
  )
    return 'raw-address';
  // Only the last labels say whose host it is.
  const labels = host.split('.');
  return labels.slice(-2).join('.').includes(HOLE) || labels.length < 2 ? 'unknown' : 'named';
}

/** True when a host is one of the suffixes or below it. */
export function hostBelongs(host: string, suffixes: readonly string[]): boolean {
  return suffixes.some((s) => host === s || host.endsWith(`.${s}`));
}

/** True when a name like `acme` occurs in the registrable part of a host, or in its labels. */
export function hostNames(host: string, service: string): boolean {
  if (service.length < 3) return false;
  return host
    .split(/[.-]/)
    .some(
      (label) =>
        label === service ||
        (service.length >= 4 && (label.includes(service) || (label.length >= 5 && service.includes(label)))),
    );
}

/** Hosts whose install scripts are the documented way to install a well-known tool. */
const INSTALLERS =
  /^(?:astral\.sh|sh\.rustup\.rs|static\.rust-lang\.org|get\.docker\.com|bun\.(?:sh|com)|deno\.land|get\.pnpm\.io|install\.python-poetry\.org|ollama\.(?:com|ai)|tailscale\.com|fnm\.vercel\.app|get\.helm\.sh|cli\.github\.com|deb\.nodesource\.com|rpm\.nodesource\.com|get\.volta\.sh|starship\.rs|mise\.run|mise\.jdx\.dev|openclaw\.ai|claude\.ai|cursor\.com|get\.sdkman\.io|nixos\.org|install\.determinate\.systems|get\.k3s\.io|fly\.io|sdk\.cloud\.google\.com|packages\.microsoft\.com|pkgs\.k8s\.io|download\.docker\.com|pyenv\.run|bootstrap\.pypa\.io|apt\.llvm\.org|foundry\.paradigm\.xyz|release\.(?:solana|anza)\.(?:com|xyz))$/;

/** Projects whose scripts on a code host are as well known. */
const INSTALLER_PATHS =
  /^https:\/\/raw\.githubusercontent\.com\/(?:Homebrew\/install|nvm-sh\/nvm|ohmyzsh\/ohmyzsh|helm\/helm|pyenv\/pyenv-installer|junegunn\/fzf|rbenv\/rbenv-installer|asdf-vm\/asdf|k3d-io\/k3d|astral-sh\/\w+|denoland\/\w+|tj\/n)\//;

/** True for the official install script of a well-known tool, over https. */
export function isKnownInstaller(url: string): boolean {
  if (!url.startsWith('https://')) return false;
  return INSTALLERS.test(destination(url).host.replace(/^www\./, '')) || INSTALLER_PATHS.test(url);
}
