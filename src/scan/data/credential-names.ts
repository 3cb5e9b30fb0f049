/** Words that make a variable's name the name of a credential; matched between `_` or at the ends. */
const CREDENTIAL =
  /(?:^|_)(?:API_?KEY|APIKEY|ACCESS_?KEY(?:_ID)?|SECRET(?:_?KEY)?|SECRETS|TOKEN|TOKENS|PASSWORD|PASSWD|PASSPHRASE|PASS|PWD_HASH|PRIVATE_?KEY|CREDENTIALS?|COOKIE|SESSION_?(?:KEY|ID|TOKEN)|MNEMONIC|SEED_?PHRASE|WALLET_?(?:KEY|SEED)|PAT|AUTH_?(?:KEY|TOKEN)|SIGNING_?KEY|ENCRYPTION_?KEY|MASTER_?KEY|KEY|DATABASE_URL|DB_URL|MONGO(?:DB)?_UR[IL]|REDIS_URL|CONNECTION_STRING|DSN)(?:$|_)/;

/** Names that match but hold nothing secret. */
const HARMLESS =
  /(?:^|_)(?:PUBLIC_KEY|PUBLISHABLE_KEY|KEY_(?:ID|NAME|PATH|FILE|PREFIX)|TOKEN_(?:LIMIT|COUNT|BUDGET|PATH|FILE|URL|TTL)|MAX_TOKENS?|SENTRY_DSN|NEXT_PUBLIC_\w+|PASS_THROUGH|PRIMARY_KEY|HOT_?KEY|SECRET_?NAME|ANON_KEY|MAPBOX_PUBLIC\w*)(?:$|_)/;

/** True when an environment variable is named like a secret. */
export function isCredentialName(name: string): boolean {
  const upper = name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
  if (/^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/.test(upper)) return true;
  return CREDENTIAL.test(upper) && !HARMLESS.test(upper);
}

/** Words that say nothing of whose credential it is. */
const GENERIC = new Set(
  'API KEY APIKEY TOKEN SECRET ACCESS ID PASSWORD PASS AUTH PRIVATE BOT APP CLIENT USER OAUTH BEARER REFRESH SESSION MY THE DEFAULT URL DSN CREDENTIALS CREDENTIAL SIGNING SERVICE ACCOUNT PERSONAL'.split(
    ' ',
  ),
);

/** Whose credential a variable holds, by its name: `OPENAI_API_KEY` gives `openai`. '' when it does not say. */
export function serviceOf(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .split(/[_\W]+/);
  const word = words.find((w) => w !== '' && !GENERIC.has(w));
  return word === undefined ? '' : (SAME_SERVICE[word] ?? word).toLowerCase();
}

const SAME_SERVICE: Readonly<Record<string, string>> = {
  GH: 'GITHUB',
  CF: 'CLOUDFLARE',
  TG: 'TELEGRAM',
  CLAUDE: 'ANTHROPIC',
  GOOGLE: 'GEMINI',
  HUGGINGFACE: 'HF',
};

/** Where the credentials of well-known services belong: parts of host names. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  openai: ['openai.com', 'openai.azure.com', 'chatgpt.com'],
  anthropic: ['anthropic.com', 'claude.ai', 'claude.com'],
  aws: ['amazonaws.com', 'aws.amazon.com'],
  github: [
    'github.com',
    'githubusercontent.com',
    'ghcr.io',
    'githubcopilot.com',
    'models.inference.ai.azure.com',
    'models.github.ai',
  ],
  gitlab: ['gitlab.com'],
  npm: ['npmjs.org', 'npmjs.com', 'npm.pkg.github.com'],
  slack: ['slack.com'],
  telegram: ['telegram.org'],
  discord: ['discord.com', 'discordapp.com'],
  stripe: ['stripe.com'],
  gemini: ['googleapis.com', 'google.com'],
  hf: ['huggingface.co', 'hf.co'],
  cloudflare: ['cloudflare.com', 'workers.dev', 'r2.cloudflarestorage.com'],
  azure: ['azure.com', 'windows.net', 'microsoftonline.com', 'microsoft.com'],
  digitalocean: ['digitalocean.com', 'digitaloceanspaces.com'],
  vercel: ['vercel.com'],
  openclaw: ['openclaw.ai'],
};

/** Host suffixes that the credentials of a service belong to; undefined when the service is not known. */
export function homesOf(service: string): readonly string[] | undefined {
  return Object.hasOwn(HOMES, service) ? HOMES[service] : undefined;
}
