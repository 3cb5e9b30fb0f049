import type { KeyPath } from '../../../core/ref.ts';
import { isFlag, isWhole, member, type RuleView, textOf } from './view.ts';

const EXPOSED_BINDS: ReadonlySet<string | undefined> = new Set(['auto', 'lan', 'tailnet']);

/** Tailscale serves what listens on loopback only, and since 2026.9.6 never a gateway without authentication. */
export function checkTailscale(view: RuleView): void {
  const gateway = view.at('gateway');
  if (!isWhole(gateway)) return;
  const mode = textOf(member(gateway, 'tailscale', 'mode'));
  if (mode !== 'serve' && mode !== 'funnel') return;
  const bindValue = member(gateway, 'bind');
  const bind = bindValue === undefined ? 'loopback' : textOf(bindValue);
  const host = member(gateway, 'customBindHost');
  const exposed = bind === 'custom' ? !mayBeLoopback(textOf(host), !!host) : EXPOSED_BINDS.has(bind);
  if (bind !== undefined && exposed)
    view.report(['gateway', 'bind'], `loopback, for gateway.tailscale.mode is ${mode}`, bind, 'rule', 'loopback');
  if (view.era === '2026.9.6' && textOf(member(gateway, 'auth', 'mode')) === 'none')
    view.report(['gateway', 'auth', 'mode'], `authentication, for gateway.tailscale.mode is ${mode}`, 'none');
}

function mayBeLoopback(host: string | undefined, isSet: boolean): boolean {
  return host === undefined ? isSet : /^127(?:\.(?:0|[1-9]\d{0,2})){3}$/.test(host.trim());
}

/** A browser profile needs to know where its browser listens. */
export function checkBrowserProfiles(view: RuleView): void {
  for (const { path, value: profile } of view.objects('browser.profiles.*')) {
    const driver = view.era === '2026.9.6' ? textOf(member(profile, 'driver')) : undefined;
    const url = member(profile, 'cdpUrl');
    const hasUrl = url !== undefined && textOf(url) !== '';
    const ownsEndpoint = driver === 'existing-session' || driver === 'extension';
    if (!ownsEndpoint && !hasUrl && member(profile, 'cdpPort') === undefined)
      view.report([...path, 'cdpPort'], 'cdpPort or cdpUrl', 'neither', 'missing');
    if (driver === 'extension' && hasUrl)
      view.report([...path, 'cdpUrl'], 'no cdpUrl, for driver is extension', 'both');
    if (view.era === '2026.9.6' && driver !== 'existing-session' && textOf(member(profile, 'userDataDir')))
      view.report([...path, 'userDataDir'], 'no userDataDir, unless driver is existing-session', 'a string');
  }
}

const EXEC_SCOPES = ['tools.exec', 'agents.list.*.tools.exec', 'agents.entries.*.tools.exec'];

/** `tools.exec.mode` replaces `security` and `ask`; both at once say two things. OpenClaw 2026.9.6. */
export function checkExecMode(view: RuleView): void {
  for (const { path, value: exec } of EXEC_SCOPES.flatMap((pattern) => view.objects(pattern))) {
    const old = ['security', 'ask'].filter((key) => member(exec, key) !== undefined);
    if (old.length > 0 && member(exec, 'mode') !== undefined)
      view.report([...path, 'mode'], `mode alone, without ${old.join(' and ')}`, 'both');
  }
}

/** The loop thresholds have to rise. OpenClaw 2026.3.7. */
export function checkLoopThresholds(view: RuleView): void {
  const scopes = ['tools.loopDetection', 'agents.list.*.tools.loopDetection'];
  const steps = ['warningThreshold', 'criticalThreshold', 'globalCircuitBreakerThreshold'];
  for (const { path, value: scope } of scopes.flatMap((pattern) => view.objects(pattern))) {
    for (let i = 1; i < steps.length; i++) {
      const [low, high] = [member(scope, steps[i - 1]!), member(scope, steps[i]!)];
      if (low?.kind !== 'number' || high?.kind !== 'number' || low.value! < high.value!) continue;
      view.report([...path, steps[i]!], `a number above ${steps[i - 1]}`, String(high.value));
    }
  }
}

// Provider settings of `tools.web.search` before plugins had their own. OpenClaw 2026.9.6.
const OLD_SEARCH_PROVIDERS = [
  'brave',
  'duckduckgo',
  'exa',
  'firecrawl',
  'gemini',
  'grok',
  'kimi',
  'minimax',
  'ollama',
  'perplexity',
  'searxng',
  'tavily',
];

/** Keys that the schema still lets pass but OpenClaw refuses. */
export function checkRetiredKeys(view: RuleView): void {
  const moved = (path: KeyPath, to: string) =>
    view.report(path, `${to} in OpenClaw ${view.era}`, 'an older key', 'moved-key', to);
  if (view.era === '2026.3.7') {
    for (const { path } of view.each('messages.tts.enabled')) moved(path, 'messages.tts.auto');
    return;
  }
  const search = 'plugins.entries.<plugin>.config.webSearch';
  for (const { path } of view.each('tools.web.search.apiKey')) moved(path, `${search}.apiKey`);
  for (const key of OLD_SEARCH_PROVIDERS)
    for (const { path } of view.objects(`tools.web.search.${key}`)) moved(path, search);
  for (const scope of ['mcp.servers', 'nodeHost.mcp.servers']) {
    for (const { path, value } of view.each(`${scope}.*.disabled`)) {
      const opposite = isFlag(value, true) ? 'false' : isFlag(value, false) ? 'true' : 'the opposite';
      moved(path, `${scope}.${String(path[path.length - 2])}.enabled: ${opposite}`);
    }
  }
}
