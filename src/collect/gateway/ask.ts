import { substitute } from '../../config/substitute.ts';
import { type Value, valueAt } from '../../config/value.ts';
import { PRODUCT_VERSION } from '../../core/product.ts';
import type { KeyPath } from '../../core/ref.ts';
import type { FileFacts, GatewayProbe, HomeFacts, HostFacts } from '../../core/snapshot.ts';
import { readBrowser } from '../../model/browser.ts';
import type { Settings } from '../../model/settings.ts';
import type { GatewayEnv } from '../environment.ts';
import type { Environment } from '../home.ts';
import type { ConfiguredSecret, EnvSecret } from './credential.ts';
import { probeGateway } from './probe.ts';
import { selectGatewayTarget } from './target.ts';

/** What the user says about the gateway for this run. The secrets are never stored. */
export interface GatewayWishes {
  readonly gatewayUrl?: string;
  readonly auth?: 'token' | 'password';
  readonly token?: string;
  readonly password?: string;
  /** Milliseconds for the whole probe. */
  readonly timeoutMs?: number;
}

/** What was read of the home so far. */
export interface AskedHome {
  readonly home: HomeFacts;
  readonly platform: HostFacts['platform'];
  readonly settings: Settings;
  /** The merged config as written, before any variable is substituted. */
  readonly root: Value | undefined;
  readonly variables: GatewayEnv;
  /** The process environment with what a profile sets; no `.env` file. */
  readonly env: Environment;
  readonly files: FileFacts;
  readonly configFiles: readonly string[];
}

/** Finds the gateway that belongs to this home and asks it, reading only. Never rejects. */
export async function askGateway(asked: AskedHome, wishes: GatewayWishes): Promise<GatewayProbe> {
  const { settings, variables, env } = asked;
  const text = (...path: KeyPath) => settings.string(path, undefined).value;
  const authMode = settings.string(['gateway', 'auth', 'mode'], undefined);
  const port = settings.number(['gateway', 'port'], undefined).value;
  const tls = settings.boolean(['gateway', 'tls', 'enabled'], undefined).value;
  const secrets = {
    token: configured(asked, ['gateway', 'auth', 'token']),
    password: configured(asked, ['gateway', 'auth', 'password']),
    remoteToken: configured(asked, ['gateway', 'remote', 'token']),
    remotePassword: configured(asked, ['gateway', 'remote', 'password']),
    envToken: fromVariable(variables, 'OPENCLAW_GATEWAY_TOKEN'),
    envPassword: fromVariable(variables, 'OPENCLAW_GATEWAY_PASSWORD'),
  };
  const target = selectGatewayTarget({
    processEnv: env,
    ...present({
      ...secrets,
      mode: text('gateway', 'mode'),
      port,
      tls,
      remoteUrl: text('gateway', 'remote', 'url'),
      // A mode that cannot be told must not look like the default, or a secret might go where none is wanted.
      authMode: authMode.known ? authMode.value : '',
      authFlag: wishes.auth,
      tokenFlag: wishes.token,
      passwordFlag: wishes.password,
      urlFlag: wishes.gatewayUrl,
    }),
  });
  const owner = asked.files.named.find((f) => f.path === asked.home.configPath)?.uid;
  return probeGateway({
    target,
    version: PRODUCT_VERSION,
    platform: asked.platform,
    configFiles: asked.configFiles,
    cdpPorts: debugPorts(settings),
    trustedUids: owner === undefined ? [] : [owner],
    ...present({ timeoutMs: wishes.timeoutMs, controlUiBasePath: text('gateway', 'controlUi', 'basePath') }),
  });
}

/** The secret at a place of the config with its variables filled in. It stays inside `collect/`. */
function configured({ root, variables }: AskedHome, path: KeyPath): ConfiguredSecret | undefined {
  const value = valueAt(root, path);
  if (!value) return undefined;
  if (value.kind === 'string') {
    if (value.value.trim() === '') return undefined;
    const filled = substitute(value.value, (name) => {
      const found = variables.get(name);
      return found === undefined ? undefined : { value: found };
    });
    if (filled.unset.length === 0) return { value: filled.text };
    return { unresolved: `\${${filled.unset[0]}} is not set here` };
  }
  if (value.kind !== 'object') return { unresolved: 'the value is no text' };
  const field = (name: string) => {
    const found = value.entries.get(name)?.value;
    return found?.kind === 'string' ? found.value.trim() : '';
  };
  const held = field('source') === 'env' ? variables.get(field('id')) : undefined;
  if (held !== undefined && held.trim() !== '') return { value: held };
  return { unresolved: `the ${field('source') || 'secret'} reference is not read here` };
}

function fromVariable(variables: GatewayEnv, name: string): EnvSecret | undefined {
  const value = variables.get(name);
  const source = variables.fact(name)?.source;
  if (value === undefined || source === undefined) return undefined;
  return { value, from: source === 'process' ? 'process-env' : source };
}

/** Ports of browser profiles whose address is on this machine. */
function debugPorts(settings: Settings): number[] {
  return readBrowser(settings, true).profiles.flatMap((profile) => {
    const port = Number(/:(\d{1,5})$/.exec(profile.shown)?.[1]);
    return profile.loopback && port > 0 && port < 65536 ? [port] : [];
  });
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined. */
function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}
