import { homesOf, serviceOf } from '../data/credential-names.ts';
import { type Destination, destination, hostBelongs, hostNames } from '../data/hosts.ts';
import { homesOfContent, KEYCHAIN_ENTRY, ONE_CHANNEL, OWN_LOGIN, RUNNING_CONFIG } from '../data/sensitive-paths.ts';
import type { NetworkEvent } from '../flow/events.ts';
import { constStrings, HOLE, joinTaints, stringsOf, type Taint, type Value, wholeStrings } from '../flow/value.ts';
import { flowConfidence, names, type RawFinding, type RawStep, snippet, stepsOf } from '../findings.ts';
import { declaresHost } from '../package/capabilities.ts';
import type { JudgeContext } from './context.ts';

/** Public resolvers, which are asked by address. */
const RESOLVERS = new Set(['1.1.1.1', '1.0.0.1', '8.8.8.8', '8.8.4.4', '9.9.9.9', '149.112.112.112', '208.67.222.222']);
const COMMON_PORTS = new Set(['', '80', '443', '8080', '8443', '3000']);

interface Sending {
  readonly event: NetworkEvent;
  readonly to: readonly Destination[];
  readonly sink: RawStep;
  readonly shown: string;
  readonly body: readonly Taint[];
  readonly headers: readonly Taint[];
}

/** What one sending of data means. */
export function judgeNetwork(
  event: NetworkEvent,
  context: JudgeContext,
  labelsOf: (value: Value) => readonly Taint[],
): readonly RawFinding[] {
  const to = stringsOf(event.url).map(destination);
  const known = to.filter((d) => d.kind !== 'unknown');
  const shown =
    names(
      known.map((d) => snippet(d.host + (d.port ? `:${d.port}` : ''))),
      2,
    ) || 'an address that is not constant';
  const sink: RawStep = { file: event.file, pos: event.pos, what: `sent with ${event.api} to ${shown}` };
  const sending: Sending = {
    event,
    to,
    sink,
    shown,
    body: joinTaints(labelsOf(event.body), urlData(event.url, labelsOf)),
    headers: labelsOf(event.headers),
  };
  return [
    ...judgeDestination(sending),
    ...judgeEnvironment(sending, context),
    ...judgeFiles(sending, context),
    ...judgeOther(sending, context),
  ];
}

/** Labels of an address that are data in it; a variable that is the address itself is none. */
function urlData(url: Value, labelsOf: (value: Value) => readonly Taint[]): readonly Taint[] {
  const taints = labelsOf(url);
  if (taints.length === 0) return taints;
  const based = constStrings(url).some((u) => /^[a-z][\w+.-]*:\/\/[^/\uE000]+/i.test(u) || /\uE000\./.test(u));
  return taints.filter(
    (t) =>
      t.kind !== 'network' &&
      t.kind !== 'param' &&
      (based || t.kind === 'env-all' || t.kind === 'credential-file') &&
      !(t.kind === 'env-secret' && isAddress(t.detail)),
  );
}

function isAddress(name: string): boolean {
  return /(?:_|^)(?:URL|URI|HOST|ENDPOINT|DSN|WEBHOOK)$/i.test(name);
}

function onlyLocal(s: Sending): boolean {
  return s.to.length > 0 && s.to.every((d) => d.kind === 'local');
}

function worst(s: Sending): Destination['kind'] {
  const order: readonly Destination['kind'][] = [
    'onion',
    'drop',
    'raw-address',
    'messenger',
    'named',
    'unknown',
    'local',
  ];
  return (
    order.find((k) => s.to.some((d) => d.kind === k && !(k === 'raw-address' && RESOLVERS.has(d.host)))) ?? 'unknown'
  );
}

const WORTH_HIDING: ReadonlySet<string> = new Set([
  'session-store',
  'credential-file',
  'home-file',
  'env-all',
  'env-secret',
]);

function judgeDestination(s: Sending): readonly RawFinding[] {
  const out: RawFinding[] = [];
  const step = [{ ...s.sink, what: `connects with ${s.event.api} to ${s.shown}` }];
  const hidden = s.event.url.taints.find((t) => t.kind === 'decoded' && t.detail !== 'percent');
  // What is decoded from an answer is not hidden in the code, and a visible host is not hidden by what follows it.
  const fromAfar = s.event.url.taints.some((t) => t.kind === 'network' || t.kind === 'input');
  const whole = wholeStrings(s.event.url);
  const decoded = whole.some((u) => destination(u).kind !== 'unknown' && destination(u).kind !== 'local');
  const nowhere = s.to.every((d) => d.kind === 'unknown') && constStrings(s.event.url).every((u) => u.startsWith(HOLE));
  const takesSecret = nowhere && s.body.some((t) => WORTH_HIDING.has(t.kind));
  if (hidden && !fromAfar && (decoded || takesSecret)) {
    out.push({
      rule: 'obfuscated-code',
      severity: 'warn',
      confidence: 'high',
      message: `The address ${s.shown} is hidden by an encoding and decoded just before it is contacted.`,
      steps: stepsOf(hidden, step[0]!),
    });
  }
  const kind = worst(s);
  if (kind === 'onion' || kind === 'drop') {
    const what =
      kind === 'onion'
        ? 'a hidden service of the Tor network'
        : 'a service that takes anonymous data or tunnels connections';
    out.push({
      rule: 'suspicious-network',
      severity: 'warn',
      confidence: 'high',
      message: `Connects to ${s.shown}, ${what}.`,
      steps: step,
    });
  } else if (kind === 'raw-address') {
    out.push({
      rule: 'suspicious-network',
      severity: 'warn',
      confidence: 'medium',
      message: `Connects to the bare address ${s.shown}; a service of its own would have a name.`,
      steps: step,
    });
  } else if (s.event.api === 'WebSocket' && s.to.some((d) => d.kind === 'named' && !COMMON_PORTS.has(d.port))) {
    out.push({
      rule: 'suspicious-network',
      severity: 'info',
      confidence: 'low',
      message: `Opens a WebSocket on the unusual port of ${s.shown}.`,
      steps: step,
    });
  }
  if (s.to.some((d) => d.scheme.startsWith('stratum'))) {
    out.push({
      rule: 'crypto-mining',
      severity: 'critical',
      confidence: 'high',
      message: `Speaks the mining protocol with ${s.shown}.`,
      steps: step,
    });
  }
  return out;
}

function judgeEnvironment(s: Sending, context: JudgeContext): readonly RawFinding[] {
  const out: RawFinding[] = [];
  const data = joinTaints(s.body, s.headers);
  const all = data.find((t) => t.kind === 'env-all' && t.weak <= 1);
  if (all) {
    const local = onlyLocal(s);
    out.push({
      rule: 'env-harvesting',
      severity: local ? 'info' : 'critical',
      confidence: flowConfidence(all),
      message: `Sends the whole environment, with every key and token in it, to ${s.shown}.`,
      steps: stepsOf(all, s.sink),
    });
  }
  const inBody = s.body.filter((t) => t.kind === 'env-secret' && t.weak === 0);
  const inHeaders = s.headers.filter((t) => t.kind === 'env-secret' && t.weak === 0);
  const secrets = joinTaints(inBody, inHeaders);
  if (secrets.length === 0 || onlyLocal(s)) return out;
  const services = new Set(secrets.map((t) => serviceOf(t.detail)));
  const shownNames = names(secrets.map((t) => snippet(t.detail)));
  const finding = (
    severity: RawFinding['severity'],
    confidence: RawFinding['confidence'],
    message: string,
    taint = secrets[0]!,
  ): void => {
    const declared =
      secrets.every((t) => context.capabilities.env.has(t.detail)) &&
      s.to.every((d) => declaresHost(context.capabilities, d.host));
    out.push({
      rule: 'env-harvesting',
      severity: declared ? 'info' : severity,
      confidence,
      message: declared ? `${message} Its manifest declares this.` : message,
      steps: stepsOf(taint, s.sink),
    });
  };
  const kind = worst(s);
  if (kind === 'drop' || kind === 'onion' || (kind === 'raw-address' && inBody.length > 0)) {
    finding('critical', 'high', `Sends ${shownNames} of the environment to ${s.shown}.`);
  } else if (
    services.size >= 2 &&
    services.size === secrets.length &&
    [...services].every((v) => related(s, [v])) &&
    s.to.every((d) => [...services].some((v) => related({ ...s, to: [d] }, [v])))
  ) {
    finding('info', 'medium', `Uses ${shownNames} of the environment, each for its own service.`);
  } else if (services.size >= 3 || (services.size === 2 && inBody.length >= 2 && !related(s, [...services]))) {
    finding(
      services.size >= 3 ? 'critical' : 'warn',
      'high',
      `Collects credentials of different services (${shownNames}) and sends them together to ${s.shown}.`,
    );
  } else {
    const foreign = secrets.find((t) => isForeign(s, t));
    const messenger = kind === 'messenger' && inBody.find((t) => !related(s, [serviceOf(t.detail)]));
    if (messenger)
      finding(
        'critical',
        'high',
        `Sends ${snippet(messenger.detail)} of the environment as a message through ${s.shown}.`,
        messenger,
      );
    else if (foreign) {
      const body = inBody.includes(foreign);
      finding(
        body ? 'critical' : 'warn',
        'high',
        `Sends ${snippet(foreign.detail)} of the environment to ${s.shown}, which is not the service it belongs to.`,
        foreign,
      );
    } else if (s.to.some((d) => d.kind === 'named' && (d.scheme === 'http' || d.scheme === 'ws'))) {
      finding('warn', 'medium', `Sends ${shownNames} of the environment to ${s.shown} without encryption.`);
    } else finding('info', 'medium', `Uses ${shownNames} of the environment for ${s.shown}.`);
  }
  return out;
}

function related(s: Sending, services: readonly string[]): boolean {
  return services.some((service) =>
    s.to.some((d) => (homesOf(service) ? hostBelongs(d.host, homesOf(service)!) : hostNames(d.host, service))),
  );
}

/** A credential of a well-known service that goes to a constant host which is not that service's. */
function isForeign(s: Sending, taint: Taint): boolean {
  const homes = homesOf(serviceOf(taint.detail));
  if (!homes) return false;
  const constantHosts = s.to.filter((d) => d.kind === 'named' || d.kind === 'messenger');
  return (
    constantHosts.length > 0 &&
    constantHosts.every((d) => !hostBelongs(d.host, homes) && !hostNames(d.host, serviceOf(taint.detail)))
  );
}

/** True when a content goes to the service that it belongs to, or to an address that stands in the same file. */
function isOwnContent(s: Sending, taint: Taint): boolean {
  const homes = homesOfContent(taint.detail);
  if (s.to.length > 0 && s.to.every((d) => hostBelongs(d.host, homes))) return true;
  // A channel's settings go to where its messages go, which its name need not tell; those of two go nowhere together.
  if (taint.detail.startsWith(ONE_CHANNEL)) {
    return [...s.body, ...s.headers].every((t) => !t.detail.startsWith(ONE_CHANNEL) || t.detail === taint.detail);
  }
  // Named after the service it goes to; words like `api` name none.
  if (taint.detail.startsWith(KEYCHAIN_ENTRY)) {
    const words = taint.detail
      .slice(KEYCHAIN_ENTRY.length)
      .toLowerCase()
      .split(/[^a-z0-9]+/);
    return s.to.length > 0 && s.to.every((d) => words.some((w) => w.length >= 5 && hostNames(d.host, w)));
  }
  if (taint.detail.startsWith(OWN_LOGIN)) return related(s, [taint.detail.slice(OWN_LOGIN.length)]);
  const named = s.event.url.taints.some((t) => t.kind === taint.kind && t.detail === taint.detail);
  return named && s.to.every((d) => d.kind === 'unknown');
}

function judgeFiles(s: Sending, context: JudgeContext): readonly RawFinding[] {
  const out: RawFinding[] = [];
  const local = onlyLocal(s);
  const kind = worst(s);
  const declaredHost = s.to.length > 0 && s.to.every((d) => declaresHost(context.capabilities, d.host));
  for (const taint of joinTaints(s.body, s.headers)) {
    if (taint.weak > 1) continue;
    const body = s.body.some((t) => t.kind === taint.kind && t.detail === taint.detail);
    const steps = stepsOf(taint, s.sink);
    const confidence = flowConfidence(taint);
    if (taint.kind === 'credential-file') {
      const own = isOwnContent(s, taint) || (taint.detail === RUNNING_CONFIG && taint.weak > 0);
      const asHeader = !body && (kind === 'unknown' || kind === 'named');
      const declared = declaredHost && context.capabilities.paths.length > 0 && !NEVER_DECLARED.test(taint.detail);
      const harmless = local || own || (asHeader && kind === 'unknown') || declared;
      const severity = harmless ? 'info' : asHeader && !NEVER_DECLARED.test(taint.detail) ? 'warn' : 'critical';
      out.push({
        rule: 'credential-exfiltration',
        severity,
        confidence,
        message: `Sends ${taint.detail} to ${s.shown}.${declared ? ' Its manifest declares this.' : ''}`,
        steps,
      });
    } else if (taint.kind === 'session-store') {
      const severity =
        local || declaredHost
          ? 'info'
          : kind === 'drop' || kind === 'onion' || kind === 'raw-address'
            ? 'critical'
            : 'warn';
      out.push({
        rule: 'potential-exfiltration',
        severity,
        confidence,
        message: `Sends ${taint.detail} to ${s.shown}.`,
        steps,
      });
    } else if ((taint.kind === 'home-file' || taint.kind === 'file') && body) {
      const anyOfHome =
        taint.kind === 'home-file' && /^~(?:$|\/…|\/(?:Documents|Desktop|Downloads|Pictures))/.test(taint.detail);
      const bad = kind === 'drop' || kind === 'onion' || kind === 'raw-address';
      const severity =
        local || declaredHost
          ? 'info'
          : bad
            ? taint.kind === 'home-file'
              ? 'critical'
              : 'warn'
            : anyOfHome
              ? 'warn'
              : 'info';
      const what =
        taint.detail && taint.detail !== '…' ? `the content of ${snippet(taint.detail)}` : 'the content of a file';
      out.push({
        rule: 'potential-exfiltration',
        severity,
        confidence: taint.kind === 'file' ? 'low' : confidence,
        message: `Sends ${what} to ${s.shown}.`,
        steps,
      });
    }
  }
  return out;
}

/** What no declaration makes harmless. */
const NEVER_DECLARED = /SSH|browser|wallet|keychain|password|GnuPG/;

function judgeOther(s: Sending, context: JudgeContext): readonly RawFinding[] {
  const out: RawFinding[] = [];
  const data = joinTaints(s.body, s.headers);
  const kind = worst(s);
  const local = onlyLocal(s);
  const shell = data.find((t) => t.kind === 'shell-output' && t.weak <= 1);
  if (shell) {
    out.push({
      rule: 'reverse-shell',
      severity: local ? 'warn' : 'critical',
      confidence: flowConfidence(shell),
      message: `Connects a shell to ${s.shown}: whoever is at the other end types the commands.`,
      steps: stepsOf(shell, s.sink),
    });
  }
  const wallet = data.find((t) => t.kind === 'literal-secret' && t.weak <= 1);
  if (wallet && !local) {
    out.push({
      rule: 'credential-phishing',
      severity: 'critical',
      confidence: flowConfidence(wallet),
      message: `Sends what a person enters as ${snippet(wallet.detail)} to ${s.shown}.`,
      steps: stepsOf(wallet, s.sink),
    });
  }
  const seen = data.find((t) => t.kind === 'clipboard' && t.weak <= 1);
  if (seen && !local) {
    const keys = seen.detail === 'the keyboard' || kind === 'drop' || kind === 'raw-address' || kind === 'messenger';
    out.push({
      rule: 'input-capture',
      severity: keys ? 'critical' : 'warn',
      confidence: flowConfidence(seen),
      message: `Sends what it takes from ${seen.detail} to ${s.shown}.`,
      steps: stepsOf(seen, s.sink),
    });
  }
  const identity = data.filter((t) => t.kind === 'machine' && t.weak <= 1);
  if (identity.length > 0 && !local) {
    const installed = context.installScripts.has(s.event.file);
    const bad = kind === 'drop' || kind === 'onion' || kind === 'raw-address';
    const severity = bad || installed ? 'critical' : identity.length >= 2 ? 'warn' : 'info';
    out.push({
      rule: 'machine-fingerprint',
      severity,
      confidence: 'medium',
      message: `Sends the ${names(identity.map((t) => t.detail))} of this machine to ${s.shown}${installed ? ' when it is installed' : ''}.`,
      steps: stepsOf(identity[0], s.sink),
    });
  }
  const output = data.find((t) => t.kind === 'command-output' && t.weak === 0);
  if (output && !local) {
    const remote = data.some((t) => t.kind === 'network' && t.detail !== 'local');
    const bad = kind === 'drop' || kind === 'onion' || kind === 'raw-address';
    if (bad || remote)
      out.push({
        rule: 'remote-control',
        severity: bad ? 'critical' : 'info',
        confidence: 'medium',
        message: `Sends the output of a command to ${s.shown}.`,
        steps: stepsOf(output, s.sink),
      });
  }
  return out;
}
