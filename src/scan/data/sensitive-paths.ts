import { HOLE, PACKAGE } from '../flow/value.ts';

/** What a file holds, by its path. */
export type PathClass =
  | { readonly kind: 'credential'; readonly what: string }
  | { readonly kind: 'session'; readonly what: string }
  | { readonly kind: 'home' }
  | { readonly kind: 'package' }
  | { readonly kind: 'other' };

/** OpenClaw's config, which holds the tokens of channels, the gateway and model providers. */
export const OPENCLAW_CONFIG = "OpenClaw's config with its tokens";
/** The same as the host hands it to a plugin. */
export const RUNNING_CONFIG = "OpenClaw's running config with its tokens";
/** The settings of one channel, its token among them; the channel follows. */
export const ONE_CHANNEL = "the settings of OpenClaw's channel ";
/** One entry of the system keychain; the service it is kept for follows. */
export const KEYCHAIN_ENTRY = 'the keychain entry ';
/** Stands for OpenClaw's config with the settings of one plugin changed. */
export const PLUGIN_ENTRY = 'config:one-plugin';
/** OpenClaw's store of logins. */
export const OPENCLAW_LOGINS = "OpenClaw's model credentials";
/** One named login of the store; the service follows. */
export const OWN_LOGIN = "OpenClaw's login at ";

interface CredentialPath {
  readonly pattern: RegExp;
  readonly what: string;
  /** Host suffixes that the content belongs to. */
  readonly homes?: readonly string[];
}

/**
 * Files that hold keys, tokens, cookies or wallets. OpenClaw's own places as of 2026.3.7 and 2026.9.6; the rest are the
 * defaults of the tools named. All patterns run on paths with `/`.
 */
const CREDENTIALS: readonly CredentialPath[] = [
  { pattern: /(?:^|\/)\.ssh(?:\/(?!config$|known_hosts|authorized_keys|[^/]*\.pub$)|$)/, what: 'SSH keys' },
  { pattern: /(?:^|\/)id_(?:rsa|ed25519|ecdsa|dsa)$/, what: 'SSH keys' },
  {
    pattern: /(?:^|\/)\.aws(?:\/(?:credentials|config|sso|cli|\uE000$)|$)/,
    what: 'AWS credentials',
    homes: ['amazonaws.com'],
  },
  {
    pattern: /(?:^|\/)\.azure(?:\/|$)/,
    what: 'Azure credentials',
    homes: ['azure.com', 'microsoftonline.com', 'microsoft.com'],
  },
  {
    pattern: /(?:gcloud\/(?:application_default_credentials|credentials|access_tokens|legacy_credentials)|gcloud$)/,
    what: 'Google Cloud credentials',
    homes: ['googleapis.com', 'google.com'],
  },
  { pattern: /(?:^|\/)\.kube(?:\/config|\/\uE000$|$)/, what: 'Kubernetes credentials' },
  { pattern: /(?:^|\/)\.docker\/config\.json$/, what: 'Docker credentials', homes: ['docker.io', 'docker.com'] },
  { pattern: /(?:^|\/)\.gnupg(?:\/|$)/, what: 'GnuPG keys' },
  { pattern: /(?:^|\/)\.(?:netrc|pgpass|git-credentials|vault-token)$/, what: 'stored passwords' },
  { pattern: /(?:^|\/)\.npmrc$/, what: 'npm tokens', homes: ['npmjs.org'] },
  { pattern: /(?:^|\/)\.pypirc$/, what: 'PyPI tokens', homes: ['pypi.org'] },
  { pattern: /(?:^|\/)\.config\/gh\/hosts\.yml$/, what: 'GitHub tokens', homes: ['github.com'] },
  { pattern: /(?:^|\/)\.codex\/auth\.json$/, what: 'Codex tokens', homes: ['openai.com', 'chatgpt.com'] },
  {
    pattern: /(?:^|\/)\.claude\/\.credentials\.json$/,
    what: 'Claude tokens',
    homes: ['anthropic.com', 'claude.ai', 'claude.com'],
  },
  { pattern: /(?:^|\/)\.gemini\/oauth_creds\.json$/, what: 'Gemini tokens', homes: ['googleapis.com', 'google.com'] },
  { pattern: /(?:^|\/)auth-profiles\.json$/, what: OPENCLAW_LOGINS },
  {
    pattern: /(?:^|\/)\.(?:openclaw|clawdbot|moltbot)\/(?:openclaw|clawdbot|moltbot)\.json$/,
    what: OPENCLAW_CONFIG,
  },
  {
    pattern: /(?:^|\/)\.(?:openclaw|clawdbot|moltbot)\/(?:credentials|identity|devices|state)(?:\/|$)/,
    what: "OpenClaw's credentials",
  },
  { pattern: /(?:^|\/)\.(?:openclaw|clawdbot|moltbot)\/\.env$/, what: "OpenClaw's environment file" },
  { pattern: /(?:^|\/)\.(?:openclaw|clawdbot|moltbot)(?:\/\*?)?$/, what: "OpenClaw's state directory" },
  { pattern: /(?:^|\/)openclaw-agent\.sqlite/, what: "OpenClaw's agent database" },
  {
    pattern: /(?:^|[/~])\.env(?:\.(?:local|production|development|prod|staging)|\.?\uE000)?$/,
    what: 'an environment file',
  },
  {
    pattern:
      /(?:Google\/Chrome|google-chrome|Chromium|chromium|BraveSoftware|Microsoft\/Edge|microsoft-edge|Vivaldi|Opera)(?:\/.*)?(?:\/(?:Login Data|Cookies|Web Data|Local State|Local Storage|Local Extension Settings)|\/Default|\/User Data)/,
    what: 'browser passwords and cookies',
  },
  {
    pattern: /(?:^|\/)(?:Login Data|Cookies\.binarycookies|key[34]\.db|logins\.json|cookies\.sqlite)$/,
    what: 'browser passwords and cookies',
  },
  { pattern: /(?:\.mozilla\/firefox|Firefox\/Profiles)/, what: 'browser passwords and cookies' },
  { pattern: /Library\/Keychains|login\.keychain|\.local\/share\/keyrings/, what: 'the system keychain' },
  {
    pattern:
      /(?:^|\/)wallet\.dat$|(?:^|\/)(?:\.bitcoin|\.ethereum\/keystore|\.config\/solana\/id\.json|\.electrum|Exodus\/exodus\.wallet|Ledger Live|atomic\/Local Storage)/,
    what: 'a cryptocurrency wallet',
  },
  { pattern: /nkbihfbeogaeaoehlefnkodbefgpgknn|bfnaelmomeimhlpmgjnjophhpkkoljpa/, what: 'a browser wallet' },
  {
    pattern: /(?:Telegram Desktop\/tdata|discord\/Local Storage|Slack\/(?:Cookies|storage)|Signal\/config\.json)/,
    what: 'a messenger session',
  },
  { pattern: /^\/etc\/(?:shadow|gshadow|sudoers)/, what: 'system passwords' },
  { pattern: /^\/proc\/(?:self|\d+|[^/]*)\/environ$/, what: 'the environment of a process' },
  { pattern: /1Password|\.config\/op\/|Bitwarden\/data\.json|\.password-store/, what: 'a password manager' },
];

/** What the agent remembers and is told about its user. */
const AGENT_MEMORY =
  /(?:^|\/)(?:\.(?:openclaw|clawdbot|moltbot)\/(?:workspace[^/]*|agents\/[^/]+)\/(?:(?:MEMORY|USER|SOUL|IDENTITY)\.md|memory(?:\/|$)))/;
const SESSIONS: readonly RegExp[] = [
  /(?:^|\/)\.(?:openclaw|clawdbot|moltbot)\/(?:agents\/[^/]*\/sessions|sessions|memory)(?:\/|$)/,
  /(?:^|\/)\.(?:bash|zsh|python|node_repl|psql|mysql)_history$/,
  /(?:Messages\/chat\.db|\.claude\/projects|\.codex\/sessions)/,
];

/** `\` to `/`, without doubled separators. */
export function slashed(path: string): string {
  return path.replaceAll('\\', '/').replace(/([^:])\/{2,}/g, '$1/');
}

/** What a path pattern points at; unknown parts are `HOLE`. */
export function classifyPath(raw: string): PathClass {
  const path = slashed(raw);
  if (path.startsWith(PACKAGE) && !/\/\.\.(?:\/|$)/.test(path)) return { kind: 'package' };
  for (const entry of CREDENTIALS) {
    if (entry.pattern.test(path)) return { kind: 'credential', what: entry.what };
  }
  if (SESSIONS.some((s) => s.test(path))) return { kind: 'session', what: 'sessions and histories' };
  if (AGENT_MEMORY.test(path)) return { kind: 'session', what: "the agent's memory" };
  if (path.startsWith('~')) return { kind: 'home' };
  if (/^\/(?:home|Users)\//.test(path) || path.startsWith(`/root/`)) return { kind: 'home' };
  return { kind: 'other' };
}

/** What a cloud machine's metadata service hands out. */
export const CLOUD_CREDENTIALS = 'cloud instance credentials';

/** Host suffixes that the content of a credential file belongs to. */
export function homesOfContent(what: string): readonly string[] {
  if (what === CLOUD_CREDENTIALS) return ['amazonaws.com', 'googleapis.com', 'azure.com', 'windows.net'];
  return CREDENTIALS.find((c) => c.what === what)?.homes ?? [];
}

/** Where a write makes something run later, or changes what the agent obeys. */
export interface Persistence {
  readonly what: string;
  readonly severity: 'critical' | 'warn';
  readonly rule: string;
}

export const SHELL_PROFILE = 'a shell start-up file';
export const GIT_HOOK = 'a git hook';

const PERSISTENCE: readonly (Persistence & { readonly pattern: RegExp })[] = [
  {
    pattern: /(?:^|\/)\.(?:openclaw|clawdbot|moltbot)\/credentials\/[^/]*allow-?from[^/]*\.json$/i,
    what: 'the list of those who may command the agent',
    severity: 'warn',
    rule: 'agent-tampering',
  },
  {
    pattern: /PowerShell\/(?:Microsoft\.\w+_)?profile\.ps1$/i,
    what: 'a PowerShell start-up file',
    severity: 'warn',
    rule: 'persistence',
  },
  {
    pattern: /Windows\/System32\/drivers\/etc\/hosts$/i,
    what: 'the list of host names',
    severity: 'critical',
    rule: 'persistence',
  },
  {
    pattern: /\.vscode\/tasks\.json$/,
    what: 'the tasks that an editor runs when a folder is opened',
    severity: 'warn',
    rule: 'persistence',
  },
  {
    pattern: /(?:(?:site|dist)-packages|lib\/python[\d.]*)\/(?:[^/]*\.pth|sitecustomize\.py|usercustomize\.py)$/,
    what: 'code that every start of Python runs',
    severity: 'critical',
    rule: 'persistence',
  },
  {
    pattern: /(?:^|\/)\.ssh\/authorized_keys2?$/,
    what: 'keys that may log in over SSH',
    severity: 'critical',
    rule: 'persistence',
  },
  {
    pattern: /(?:^|\/)\.ssh\/(?:config|rc|environment)$/,
    what: 'the SSH client settings',
    severity: 'warn',
    rule: 'persistence',
  },
  {
    pattern:
      /(?:^|\/)\.(?:bashrc|bash_profile|bash_login|bash_aliases|profile|zshrc|zshenv|zprofile|zlogin|config\/fish\/(?:config|conf\.d\/[^/]*)\.fish|xinitrc|xprofile|xsessionrc)$/,
    what: SHELL_PROFILE,
    severity: 'warn',
    rule: 'persistence',
  },
  {
    pattern: /^\/etc\/(?:profile|bash\.bashrc|zshrc|rc\.local|ld\.so\.preload|sudoers|hosts|environment)/,
    what: 'a system start-up file',
    severity: 'critical',
    rule: 'persistence',
  },
  { pattern: /^\/etc\/cron|^\/var\/spool\/cron/, what: 'a cron job', severity: 'critical', rule: 'persistence' },
  {
    pattern: /Library\/Launch(?:Agents|Daemons)(?:\/|$)/,
    what: 'a launch agent',
    severity: 'critical',
    rule: 'persistence',
  },
  {
    pattern: /(?:\.config\/systemd\/user|\/etc\/systemd\/system|\/lib\/systemd\/system)(?:\/|$)/,
    what: 'a systemd unit',
    severity: 'critical',
    rule: 'persistence',
  },
  { pattern: /\.config\/autostart(?:\/|$)/, what: 'an autostart entry', severity: 'critical', rule: 'persistence' },
  {
    pattern: /Start Menu\/Programs\/Startup/,
    what: 'the Windows start-up folder',
    severity: 'critical',
    rule: 'persistence',
  },
  {
    pattern: /node_modules\/(?:openclaw|clawdbot|moltbot)\//,
    what: "OpenClaw's own program",
    severity: 'critical',
    rule: 'agent-tampering',
  },
  {
    pattern:
      /hooks\/(?:(?:pre|post)-(?:commit|push|merge|checkout|rewrite|rebase|receive|applypatch|auto-gc)|(?:prepare-)?commit-msg|applypatch-msg|update)$/,
    what: GIT_HOOK,
    severity: 'warn',
    rule: 'persistence',
  },
  { pattern: /\.git\/hooks\/[\w-]+$/, what: GIT_HOOK, severity: 'warn', rule: 'persistence' },
  {
    pattern: /(?:^|\/)\.(?:openclaw|clawdbot|moltbot)\/exec-approvals\.json$/,
    what: "OpenClaw's list of approved commands",
    severity: 'critical',
    rule: 'agent-tampering',
  },
  {
    pattern: /(?:^|\/)\.(?:openclaw|clawdbot|moltbot)\/(?:openclaw|clawdbot|moltbot)\.json$/,
    what: "OpenClaw's config",
    severity: 'warn',
    rule: 'agent-tampering',
  },
  {
    pattern: /(?:^|\/)\.(?:openclaw|clawdbot|moltbot)\/(?:hooks|extensions|skills)(?:\/|$)/,
    what: "OpenClaw's hooks, plugins or skills",
    severity: 'warn',
    rule: 'agent-tampering',
  },
  {
    pattern:
      /(?:^|\/)(?:\.(?:openclaw|clawdbot|moltbot)\/(?:workspace[^/]*|agents\/[^/]+)\/(?:AGENTS|SOUL|TOOLS|IDENTITY|MEMORY|HEARTBEAT|USER|BOOTSTRAP)\.md)$/,
    what: "the agent's own instructions",
    severity: 'warn',
    rule: 'agent-tampering',
  },
  {
    pattern:
      /(?:^|\/)\.claude\/(?:settings(?:\.local)?\.json|CLAUDE\.md)$|(?:^|\/)\.cursor\/mcp\.json$|(?:^|\/)\.codex\/config\.toml$/,
    what: 'the settings of another coding agent',
    severity: 'warn',
    rule: 'agent-tampering',
  },
];

/** What writing to this path changes for good, if anything. */
export function persistenceOf(raw: string): Persistence | undefined {
  const path = slashed(raw);
  if (path.startsWith(PACKAGE)) return undefined;
  return PERSISTENCE.find((p) => p.pattern.test(path));
}

/** A path as people read it: unknown parts are `…`. */
export function showPath(path: string): string {
  const text = path.replaceAll(HOLE, '…').replaceAll(PACKAGE, '.');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
