// Runs the live gateway probe against real OpenClaw gateways and prints what it found.
//
//   node scripts/integration-gateway.mjs [--in <folder with earlier installs>]
//
// Installs openclaw 2026.3.7, openclaw 2026.9.6 and Node 24 from the npm registry into a temporary folder, starts the
// gateways on loopback with a home of their own (in a network namespace where the system allows one), and stops them by
// process id. Says "skipped" and succeeds where there is no registry.
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values: flags } = parseArgs({ options: { in: { type: 'string' }, inside: { type: 'string' } } });

/** Packages that openclaw 2026.3.7 needs from elsewhere than the registry, replaced by stand-ins the gateway does not use. */
const STAND_INS = {
  libsignal: 'npm:is-number@7.0.0',
  '@whiskeysockets/libsignal-node': 'npm:is-number@7.0.0',
  cssomnom: 'npm:cssom@0.5.0',
};
const INSTALLS = {
  node: { dependencies: { node: '24' } },
  '2026.3.7': { dependencies: { openclaw: '2026.3.7' }, overrides: STAND_INS },
  '2026.9.6': { dependencies: { openclaw: '2026.9.6' } },
};
const VERSIONS = ['2026.3.7', '2026.9.6'];
const PORT = 19873;
const TOKEN = 'integration-token-0123456789abcdef';

function install(root) {
  for (const [name, manifest] of Object.entries(INSTALLS)) {
    const dir = path.join(root, name);
    if (existsSync(path.join(dir, 'done'))) continue;
    mkdirSync(dir, { recursive: true });
    writeFileSync(path.join(dir, 'package.json'), JSON.stringify({ private: true, ...manifest }));
    console.error(`installing ${name} …`);
    // The node package fetches its program in an install script; nothing else may run one.
    const args = [
      'install',
      '--no-audit',
      '--no-fund',
      '--fetch-retries=1',
      '--loglevel=error',
      ...(name === 'node' ? [] : ['--ignore-scripts']),
    ];
    const env = { ...process.env, PATH: `${nodeDir(root)}:${process.env.PATH}` };
    const result = spawnSync('npm', args, { cwd: dir, env, encoding: 'utf8', timeout: 300_000 });
    if (result.status !== 0)
      return `npm could not install ${name} (${/\bE[A-Z0-9]{3,}\b/.exec(result.stderr ?? '')?.[0] ?? result.error?.code ?? 'failed'})`;
    writeFileSync(path.join(dir, 'done'), '');
  }
  return undefined;
}

function nodeDir(root) {
  return path.join(root, 'node/node_modules/node/bin');
}

/** Runs this script again where only loopback exists, if the system can do that. */
function inNamespace(root) {
  const self = [process.execPath, fileURLToPath(import.meta.url), '--inside', root];
  const way = [['-n'], ['-rn']].find(
    (args) => spawnSync('unshare', [...args, 'ip', 'link', 'set', 'lo', 'up']).status === 0,
  );
  if (!way) {
    console.error('no network namespace here: the gateways run on the ordinary loopback');
    return spawnSync(self[0], self.slice(1), { stdio: 'inherit' }).status;
  }
  const command = 'ip link set lo up && exec "$0" "$@"';
  return spawnSync('unshare', [...way, 'sh', '-c', command, ...self], { stdio: 'inherit' }).status;
}

async function loadProbe(root) {
  const outfile = path.join(root, 'probe.cjs');
  const entry = ['target', 'probe'].map((name) => `export * from './src/collect/gateway/${name}.ts';`).join('\n');
  await build({
    stdin: { contents: entry, resolveDir: path.join(here, '..'), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  return createRequire(import.meta.url)(outfile);
}

/** A gateway that runs until `stop`. */
async function start(root, version, gateway, bind) {
  const home = mkdtempSync(path.join(root, 'home-'));
  const state = path.join(home, 'state');
  mkdirSync(state, { mode: 0o700 });
  const config = path.join(state, 'openclaw.json');
  const write = (value) =>
    writeFileSync(config, JSON.stringify({ gateway: value, logging: { file: path.join(home, 'gateway.log') } }), {
      mode: 0o600,
    });
  write(gateway);
  const child = spawn(
    'node',
    [
      path.join(root, version, 'node_modules/openclaw/openclaw.mjs'),
      'gateway',
      'run',
      '--port',
      String(PORT),
      '--bind',
      bind,
    ],
    {
      detached: true,
      stdio: 'ignore',
      cwd: home,
      env: {
        PATH: `${nodeDir(root)}:/usr/bin:/bin`,
        HOME: home,
        TMPDIR: home,
        OPENCLAW_STATE_DIR: state,
        OPENCLAW_CONFIG_PATH: config,
        ...Object.fromEntries(
          [
            'SKIP_CHANNELS',
            'SKIP_PROVIDERS',
            'SKIP_CRON',
            'SKIP_GMAIL_WATCHER',
            'DISABLE_BONJOUR',
            'NO_AUTO_UPDATE',
            'NO_RESPAWN',
            'SKIP_CANVAS_HOST',
          ].map((name) => [`OPENCLAW_${name}`, '1']),
        ),
      },
    },
  );
  let exited = false;
  child.on('exit', () => {
    exited = true;
  });
  const stop = async () => {
    for (const signal of ['SIGTERM', 'SIGKILL']) {
      for (let i = 0; i < 40 && !exited; i++) {
        try {
          if (i === 0) process.kill(-child.pid, signal);
        } catch {
          exited = true;
        }
        await sleep(250);
      }
    }
    rmSync(home, { recursive: true, force: true });
  };
  for (let i = 0; i < 360; i++) {
    if (exited) break;
    if (await isUp()) return { home, state, config, write, stop };
    await sleep(250);
  }
  await stop();
  throw new Error(`openclaw ${version} did not start`);
}

/** `/startupz` is 200 when it has started; before 2026.9.6 it is the page for unknown paths, which is up at once. */
async function isUp() {
  try {
    return (await fetch(`http://127.0.0.1:${PORT}/startupz`, { signal: AbortSignal.timeout(1000) })).status === 200;
  } catch {
    return false;
  }
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Every file below a directory with its size and time, to see what a probe left behind. */
function listing(dir) {
  const out = new Map();
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const stat = statSync(file, { throwIfNoEntry: false });
    // The newer gateway unpacks its pages into a cache while it already serves.
    if (stat && !file.includes('/cache/')) out.set(path.relative(dir, file), `${stat.size} ${stat.mtimeMs}`);
  }
  return out;
}

async function inside(root) {
  const { selectGatewayTarget, probeGateway } = await loadProbe(root);
  const results = [];

  const probe = async (version, name, gateway, inputs, expect) => {
    const target = selectGatewayTarget({ processEnv: {}, port: PORT, ...inputs });
    const before = gateway && listing(gateway.state);
    const started = performance.now();
    const result = await probeGateway({
      target,
      version: '0.0.0',
      configFiles: gateway ? [gateway.config] : [],
      platform: process.platform,
    });
    const ms = Math.round(performance.now() - started);
    const after = gateway && listing(gateway.state);
    const changed = gateway ? [...after.keys()].filter((file) => before.get(file) !== after.get(file)) : [];
    const log = gateway ? readFileSync(path.join(gateway.home, 'gateway.log'), 'utf8') : '';
    const problems = Object.entries(expect(result))
      .filter(([, ok]) => !ok)
      .map(([what]) => what);
    if (JSON.stringify(result).includes(TOKEN)) problems.push('the secret is in the result');
    if (/pair(ed|ing)/i.test(changed.join(' '))) problems.push('a pairing was stored');
    results.push({
      version,
      name,
      ms,
      changed,
      refusals: (log.match(/unauthorized|not allowed|device identity/g) ?? []).length,
      result,
      problems,
    });
  };

  for (const version of VERSIONS) {
    const right = { authMode: 'token', token: { value: TOKEN } };
    await probe(version, 'down', undefined, right, (r) => ({
      'not ok': !r.ok,
      down: r.failure === 'down',
      'nothing sent': !r.live.credential.sent,
    }));

    const config = { mode: 'local', port: PORT, auth: { mode: 'token', token: TOKEN }, reload: { mode: 'off' } };
    let gateway = await start(root, version, config, 'loopback');
    try {
      await probe(version, 'right secret', gateway, right, (r) => ({
        ok: r.ok,
        version: r.live.version.value === version,
        'token mode': r.live.authMode.value === 'token',
        'no open control endpoint': !r.live.http.some((s) => s.kind === 'control' && s.verdict === 'open'),
        'anonymous refused': r.live.anonymousSession.value === false,
        'origin refused': r.live.foreignOrigin.value === false,
        'on loopback': r.live.listeners.value?.every((l) => l.scope === 'loopback'),
      }));
      await probe(version, 'no secret', gateway, { authMode: 'token' }, (r) => ({
        'not ok': !r.ok,
        'no credential': r.failure === 'no-credential',
        'acceptance unknown': !r.live.accepted.known,
        version: r.live.version.value === version,
      }));
      await probe(version, 'wrong secret', gateway, { tokenFlag: 'wrong-token-0123456789abcdef' }, (r) => ({
        'not ok': !r.ok,
        refused: r.failure === 'refused',
        code: r.live.refusalCode === 'AUTH_TOKEN_MISMATCH',
      }));
      gateway.write({ ...config, controlUi: { allowedOrigins: ['*'] } });
      await sleep(1000);
      await probe(version, 'changed, not reloaded', gateway, right, (r) => ({
        ok: r.ok,
        'not applied, or not told':
          version === '2026.9.6' ? r.live.configApplied.value === false : !r.live.configApplied.known,
        'changed since it serves': r.live.configChangedAt.value > r.live.servingSince.value,
      }));
    } finally {
      await gateway.stop();
    }

    gateway = await start(root, version, { ...config, controlUi: { allowedOrigins: ['*'] } }, 'lan');
    try {
      await probe(version, 'any Origin, bind lan', gateway, right, (r) => ({
        ok: r.ok,
        'listens everywhere': r.live.listeners.value?.some((l) => l.scope === 'any'),
        'origin accepted': r.live.foreignOrigin.value === true,
      }));
    } finally {
      await gateway.stop();
    }

    const http = { endpoints: { chatCompletions: { enabled: true }, responses: { enabled: true } } };
    gateway = await start(root, version, { mode: 'local', port: PORT, auth: { mode: 'none' }, http }, 'loopback');
    try {
      await probe(version, 'auth none, http on', gateway, { authMode: 'none' }, (r) => ({
        'control endpoints open': r.live.http.filter((s) => s.kind === 'control' && s.verdict === 'open').length === 3,
        'mode none': r.live.authMode.value === 'none',
        'foreign host accepted': r.live.foreignHost.value?.accepted === true && r.live.foreignHost.value.open,
        'cross-site as known': r.live.crossSitePost.value === (version === '2026.3.7'),
        'anonymous as known':
          version === '2026.3.7' ? !r.live.anonymousSession.known : r.live.anonymousSession.value === true,
      }));
    } finally {
      await gateway.stop();
    }
  }
  printTables(results);
  for (const { version, name, problems } of results)
    if (problems.length > 0) console.log(`FAILED ${version} ${name}: ${problems.join(', ')}`);
  return results.some((r) => r.problems.length > 0) ? 1 : 0;
}

const show = (fact) =>
  fact.known ? (typeof fact.value === 'object' ? JSON.stringify(fact.value) : String(fact.value)) : '?';
const ROWS = {
  ok: ({ result }) => String(result.ok),
  failure: ({ result }) => result.failure ?? '-',
  error: ({ result }) => result.error ?? '-',
  close: ({ result }) => (result.close ? String(result.close.code) : '-'),
  'secret sent': ({ result }) => String(result.live.credential.sent),
  accepted: ({ result }) => show(result.live.accepted),
  'refusal code': ({ result }) => result.live.refusalCode ?? '-',
  'is a gateway': ({ result }) => show(result.live.isGateway),
  version: ({ result }) => show(result.live.version),
  protocol: ({ result }) => show(result.live.protocol),
  scopes: ({ result }) => (result.live.scopes.known ? result.live.scopes.value.join(' ') : '?'),
  calls: ({ result }) =>
    Object.entries(result.live.calls)
      .map(([k, v]) => `${k} ${v}`)
      .join(', ') || '-',
  'auth mode': ({ result }) => show(result.live.authMode),
  'config path known': ({ result }) => String(result.live.configPath.known),
  'config valid': ({ result }) => show(result.live.configValid),
  'config applied': ({ result }) => show(result.live.configApplied),
  'changed after start': ({ result: { live } }) =>
    live.configChangedAt.known && live.servingSince.known
      ? String(live.configChangedAt.value > live.servingSince.value)
      : '?',
  listeners: ({ result }) =>
    result.live.listeners.known ? result.live.listeners.value.map((l) => `${l.address} (${l.scope})`).join(' ') : '?',
  'other listeners': ({ result }) =>
    result.live.otherListeners.known
      ? result.live.otherListeners.value.map((l) => `${l.protocol} ${l.address}:${l.port}`).join(' ') || 'none'
      : '?',
  process: ({ result: { live } }) =>
    live.process.known ? `${live.process.value.name} uid ${live.process.value.uid}` : '?',
  'open without secret': ({ result }) =>
    result.live.http
      .filter((s) => s.verdict === 'open' && s.kind !== 'liveness')
      .map((s) => `${s.endpoint} ${s.status}`)
      .join('; ') || '-',
  protected: ({ result }) =>
    result.live.http
      .filter((s) => s.verdict === 'protected')
      .map((s) => s.endpoint)
      .join('; ') || '-',
  'unknown surfaces': ({ result }) =>
    result.live.http
      .filter((s) => s.verdict === 'unknown')
      .map((s) => `${s.endpoint} ${s.status}`)
      .join('; ') || '-',
  'anonymous session': ({ result }) => show(result.live.anonymousSession),
  'foreign Origin': ({ result }) => show(result.live.foreignOrigin),
  'same, forwarded': ({ result }) => show(result.live.foreignOriginForwarded),
  'foreign Host': ({ result: { live } }) =>
    live.foreignHost.known ? `${live.foreignHost.value.accepted} (${live.foreignHost.value.endpoint})` : '?',
  'cross-site POST': ({ result }) => show(result.live.crossSitePost),
  'X-Real-IP believed': ({ result }) => show(result.live.realIpBelieved),
  'browser control': ({ result: { live } }) => (live.browserControl.known ? live.browserControl.value.state : '?'),
  'DevTools ports': ({ result: { live } }) => (live.cdp.known ? String(live.cdp.value.length) : '?'),
  milliseconds: ({ ms }) => String(ms),
  'state files touched': ({ changed }) => changed.join(' ') || 'none',
};

function printTables(results) {
  for (const version of VERSIONS) {
    const columns = results.filter((r) => r.version === version);
    console.log(`\nopenclaw ${version}\n`);
    console.log(`| fact | ${columns.map((c) => c.name).join(' | ')} |`);
    console.log(`|---|${columns.map(() => '---').join('|')}|`);
    for (const [name, cell] of Object.entries(ROWS))
      console.log(`| ${name} | ${columns.map((c) => cell(c).replaceAll('|', '\\|')).join(' | ')} |`);
  }
}

async function main() {
  if (flags.inside !== undefined) return inside(flags.inside);
  const root =
    flags.in === undefined ? mkdtempSync(path.join(tmpdir(), 'gateway-integration-')) : path.resolve(flags.in);
  try {
    const missing = install(root);
    if (missing !== undefined) {
      console.log(`skipped: ${missing}; the live gateways need the npm registry`);
      return 0;
    }
    return inNamespace(root) ?? 1;
  } finally {
    if (flags.in === undefined) rmSync(root, { recursive: true, force: true });
  }
}

process.exitCode = await main();
