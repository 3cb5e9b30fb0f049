/** What a package says of itself: which variables, hosts, programs and files it uses. */
export interface Capabilities {
  readonly env: ReadonlySet<string>;
  /** Host names; `*.example.com` covers all below. */
  readonly hosts: readonly string[];
  readonly programs: ReadonlySet<string>;
  readonly paths: readonly string[];
  /** True when it says that it runs commands chosen by its caller. */
  readonly shell: boolean;
}

const ENV_KEYS = new Set(['env', 'envvars', 'environment', 'requiredenv', 'primaryenv', 'secrets', 'credentials']);
const HOST_KEYS = new Set([
  'network',
  'hosts',
  'egress',
  'domains',
  'alloweddomains',
  'allowedhosts',
  'urls',
  'endpoints',
  'net',
  'outbound',
  'networkaccess',
]);
const PROGRAM_KEYS = new Set(['bins', 'anybins', 'exec', 'commands', 'process', 'programs', 'subprocess', 'binaries']);
const PATH_KEYS = new Set(['filesystem', 'files', 'paths', 'fs', 'read', 'fileaccess', 'storage']);
const SHELL_KEYS = new Set(['shell', 'terminal', 'codeexecution', 'arbitraryexec']);

const MAX_NODES = 5000;

/**
 * Reads declarations in any of the shapes in use: `permissions`, `capabilities`, `requires`, `network.hosts`, `env: []`,
 * `env: { NAME: … }`. Wildcards and bare `true` declare nothing: only what is named is declared.
 */
export function readCapabilities(manifests: readonly unknown[]): Capabilities {
  const env = new Set<string>();
  const hosts: string[] = [];
  const programs = new Set<string>();
  const paths: string[] = [];
  let shell = false;
  const stack: { value: unknown; topic: string; inside: boolean }[] = manifests.map((value) => ({
    value,
    topic: '',
    inside: false,
  }));
  for (let visited = 0; stack.length > 0 && visited < MAX_NODES; visited++) {
    const { value, topic, inside } = stack.pop()!;
    if (typeof value === 'string') take(topic, value);
    else if (value === true && topic === 'shell' && inside) shell = true;
    else if (Array.isArray(value)) for (const item of value) stack.push({ value: item, topic, inside });
    else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        const own = topicOf(key);
        const declared = inside || DECLARING.has(key.toLowerCase());
        if (topic === 'env' && own === '' && /^[A-Z][A-Z0-9_]+$/.test(key)) env.add(key);
        stack.push({ value: item, topic: own || (declared ? topic : ''), inside: declared });
      }
    }
  }
  function take(topic: string, text: string): void {
    if (topic === 'env' && /^[A-Za-z_]\w*$/.test(text)) env.add(text);
    else if (topic === 'hosts') {
      const host = text
        .replace(/^[a-z]+:\/\//i, '')
        .replace(/[/:].*$/, '')
        .toLowerCase();
      if (/^(?:\*\.)?[\w-]+(?:\.[\w-]+)+$/.test(host)) hosts.push(host);
    } else if (topic === 'programs' && /^[\w.-]+$/.test(text)) programs.add(text.toLowerCase());
    else if (topic === 'paths' && /[/~]/.test(text) && !/^(?:\/|~\/?|\*+|\/\*+|~\/\*+)$/.test(text)) paths.push(text);
    else if (topic === 'shell' || (topic === '' && SHELL_KEYS.has(text.toLowerCase().replace(/[^a-z]/g, ''))))
      shell = true;
  }
  return { env, hosts, programs, paths, shell };
}

/** Objects whose content are declarations; a `files` of package.json is a packing list. */
const DECLARING = new Set([
  'permissions',
  'capabilities',
  'requires',
  'network',
  'egress',
  'openclaw',
  'clawdbot',
  'moltbot',
  'metadata',
  'security',
  'env',
  'access',
]);

function topicOf(key: string): string {
  const plain = key.toLowerCase().replace(/[^a-z]/g, '');
  if (ENV_KEYS.has(plain)) return 'env';
  if (HOST_KEYS.has(plain)) return 'hosts';
  if (PROGRAM_KEYS.has(plain)) return 'programs';
  if (PATH_KEYS.has(plain)) return 'paths';
  return SHELL_KEYS.has(plain) ? 'shell' : '';
}

/** True when the host is declared by name. */
export function declaresHost(capabilities: Capabilities, host: string): boolean {
  return capabilities.hosts.some((h) =>
    h.startsWith('*.') ? host.endsWith(h.slice(1)) : host === h || host.endsWith(`.${h}`),
  );
}
