import { type LiveGateway, seen, unseen } from '../../core/live.ts';
import type { GatewayProbe } from '../../core/snapshot.ts';
import { type Deadline, DeadlineError, deadlineAfter } from '../deadline.ts';
import { type Board, emptyBoard, renameReason } from './board.ts';
import type { Credential } from './credential.ts';
import { type Clean, cleaner } from './held-secret.ts';
import { httpFacts } from './http-facts.ts';
import { neighbourFacts, newestChange, portFacts, readListenSockets, reasonToWithhold } from './machine-facts.ts';
import { openSession, readSession, type SessionResult } from './session.ts';
import { abortError, type GatewayError } from './socket.ts';
import type { GatewayTarget } from './target.ts';
import { anonymousSession, originFacts, type SessionBase, wasLetIn } from './websocket-facts.ts';

/** Milliseconds for the whole probe, as OpenClaw's own; and the bounds of `--timeout`. */
export const DEFAULT_TIMEOUT_MS = 5000;
export const MIN_TIMEOUT_MS = 250;
export const MAX_TIMEOUT_MS = 60_000;

/** Most milliseconds until the challenge, so that a silent port leaves time to say so. */
const CHALLENGE_MS = 3000;
/** Attempts at a gateway that says it is still starting. */
const MAX_ATTEMPTS = 8;

export interface GatewayProbeOptions {
  readonly target: GatewayTarget;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Our own version, which the gateway gets to see. */
  readonly version: string;
  /** The audited config file and what it includes; their modification times are read. */
  readonly configFiles: readonly string[];
  /** `gateway.controlUi.basePath`, '' by default. */
  readonly controlUiBasePath?: string;
  /** Ports that the config names for browser control and for Chrome DevTools on this machine. */
  readonly browserControlPort?: number;
  readonly cdpPorts?: readonly number[];
  /** User ids that may hold the gateway's port beside root and the auditor: the owner of the config. */
  readonly trustedUids?: readonly number[];
  readonly platform: 'linux' | 'darwin' | 'win32' | 'other';
  /** Where the kernel's process files are; `/proc` by default. */
  readonly procRoot?: string;
}

/**
 * Asks the live gateway, reading only. Ends within the timeout whatever the other side does, and never rejects: what could
 * not be learnt is unknown, with the reason. The secret is sent in one frame, to a port that has sent OpenClaw's challenge,
 * and again only to a gateway that says it is still starting. A device is never sent, a wrong secret never on purpose.
 */
export async function probeGateway(options: GatewayProbeOptions): Promise<GatewayProbe> {
  const { target } = options;
  if (target.kind === 'refused') {
    const board = emptyBoard(
      {
        urlSource: target.urlSource,
        loopback: false,
        credential: { kind: 'none', sent: false, reason: target.reason },
      },
      target.reason,
    );
    const { url, reason } = target;
    return {
      attempted: false,
      url,
      ok: false,
      error: reason,
      close: null,
      failure: 'not-contacted',
      live: { ...board },
    };
  }
  const ms = Math.min(MAX_TIMEOUT_MS, Math.max(MIN_TIMEOUT_MS, options.timeoutMs ?? DEFAULT_TIMEOUT_MS));
  const deadline = deadlineAfter(ms, options.signal);
  try {
    return await new Probe(options, target, deadline).run();
  } finally {
    deadline.clear();
  }
}

type Contact = GatewayTarget & { kind: 'probe' };

class Probe {
  readonly #options: GatewayProbeOptions;
  readonly #target: Contact;
  readonly #deadline: Deadline;
  readonly #clean: Clean;
  readonly #board: Board;
  readonly #base: SessionBase;
  #ok = false;
  #error: GatewayError | undefined;

  constructor(options: GatewayProbeOptions, target: Contact, deadline: Deadline) {
    const { credential, at, urlSource } = target;
    this.#options = options;
    this.#target = target;
    this.#deadline = deadline;
    this.#clean = cleaner(credential.kind === 'none' ? [] : [credential.secret]);
    this.#board = emptyBoard({ urlSource, loopback: at.loopback, credential: describe(credential) }, PENDING);
    this.#base = {
      at,
      clean: this.#clean,
      signal: deadline.signal,
      challengeMs: CHALLENGE_MS,
      version: options.version,
    };
  }

  async run(): Promise<GatewayProbe> {
    const { signal } = this.#deadline;
    // Every part ends soon after an abort; the grace lets it note what it has, and no part is relied on.
    const late = new Promise<void>((resolve) => {
      const wait = (): void => void setTimeout(resolve, GRACE_MS);
      if (signal.aborted) wait();
      else signal.addEventListener('abort', wait, { once: true });
    });
    await Promise.race([Promise.all([this.#machine(), this.#gateway()]), late]);
    if (signal.aborted) {
      if (!this.#ok) this.#error ??= abortError(signal);
      const why = signal.reason instanceof DeadlineError ? signal.reason.message : 'the probe was stopped';
      renameReason(this.#board, PENDING, why);
    }
    const base = { attempted: true, url: this.#target.url, live: { ...this.#board } };
    if (!this.#error) return { ...base, ok: true, error: null, close: null };
    const { message, close, failure } = this.#error;
    return { ...base, ok: false, error: message, close, failure };
  }

  /** What is read on this machine, and the ports beside the gateway's; the gateway need not answer for it. */
  async #machine(): Promise<void> {
    const { at } = this.#target;
    const { configFiles, browserControlPort, cdpPorts, procRoot = PROC } = this.#options;
    this.#note({ configChangedAt: await newestChange(configFiles) });
    if (!at.loopback) {
      const far = unseen('the gateway is on another machine');
      this.#note({ listeners: far, process: far, otherListeners: far, browserControl: far, cdp: far });
      return;
    }
    const sockets = this.#sockets();
    this.#note(portFacts(sockets, at.port, procRoot));
    const neighbours = neighbourFacts({
      gatewayPort: at.port,
      sockets,
      signal: this.#deadline.signal,
      ...(browserControlPort !== undefined && { browserControlPort }),
      ...(cdpPorts && { cdpPorts }),
    });
    // A rejection only says that time is up; the facts then stay unknown.
    await neighbours.then((facts) => this.#note(facts)).catch(() => {});
  }

  async #gateway(): Promise<void> {
    const primary = await this.#primary();
    const failed = primary.ok ? undefined : primary.error;
    if (failed && !primary.challenged) {
      this.#error = failed;
      if (failed.failure === 'not-a-gateway') this.#board.isGateway = seen(false);
      return this.#nothingMore(failed.failure === 'timeout' ? 'what listens there does not answer' : failed.message);
    }
    this.#note({
      isGateway: seen(true),
      tlsTrusted: primary.tlsTrusted === undefined ? unseen('it is not asked over TLS') : seen(primary.tlsTrusted),
      accepted: accepted(primary, this.#board.credential),
      ...(failed?.code !== undefined && { refusalCode: failed.code }),
    });
    if (failed) this.#error = failed;
    if (failed?.failure === 'starting') return this.#nothingMore('the gateway is still starting');
    await Promise.all([this.#session(primary), this.#http()]);
    this.#together();
  }

  /** The session with the secret, or without one where there is none to send. Tries again while the gateway is starting. */
  async #primary(): Promise<SessionResult> {
    const { credential, at } = this.#target;
    const trusted = new Set([0, process.geteuid?.() ?? 0, ...(this.#options.trustedUids ?? [])]);
    const withhold = (): string | undefined => {
      const reason = at.loopback ? reasonToWithhold(this.#sockets(), at.port, trusted) : undefined;
      if (reason !== undefined) this.#board.credential = { ...describe(credential), reason };
      return reason;
    };
    for (let attempt = 1; ; attempt++) {
      const result =
        credential.kind === 'none' || withhold() !== undefined
          ? await anonymousSession(this.#base)
          : // Asked once more when the challenge is there: the port may have changed hands.
            await openSession({ ...this.#base, identity: 'cli', credential, withhold });
      if (result.sent) this.#board.credential = { ...describe(credential), sent: true };
      const retry = result.ok ? undefined : result.retryAfterMs;
      const wait = Math.min(1000, Math.max(200, retry ?? 0));
      if (retry === undefined || attempt === MAX_ATTEMPTS || this.#deadline.left() < wait + 200) return result;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  /** What the session tells, then the sessions that ask for none. */
  async #session(primary: SessionResult): Promise<void> {
    if (primary.ok) {
      const { hello, socket } = primary;
      this.#note({
        ...(hello.version !== undefined && { version: seen(hello.version) }),
        protocol: hello.protocol === undefined ? unseen('the gateway does not tell') : seen(hello.protocol),
        scopes: hello.scopes ? seen(hello.scopes) : unseen('this version does not tell the scopes of a session'),
        authMode: hello.authMode === undefined ? unseen('the gateway does not tell') : seen(hello.authMode),
      });
      const readings = await readSession(socket, this.#clean);
      socket.terminate();
      const { healthError, configPath = hello.configPath, configValid, configApplied } = readings;
      this.#ok = healthError === undefined;
      if (healthError) this.#error = healthError;
      const untold = unseen(
        readings.calls['config.get'] === 'answered' ? 'this version does not tell' : 'config.get was not answered',
      );
      this.#note({
        calls: readings.calls,
        configPath: configPath === undefined ? untold : seen(configPath),
        configValid: configValid === undefined ? untold : seen(configValid),
        configApplied: configApplied === undefined ? untold : seen(configApplied),
      });
    } else {
      const none = unseen('there was no session');
      this.#note({
        protocol: none,
        scopes: none,
        authMode: none,
        configPath: none,
        configValid: none,
        configApplied: none,
      });
    }
    this.#note({ anonymousSession: wasLetIn(primary.sent ? await this.#anonymous() : primary) });
    this.#note(await originFacts(this.#base));
  }

  async #anonymous(): Promise<SessionResult> {
    const result = await anonymousSession(this.#base);
    if (result.ok) result.socket.terminate();
    return result;
  }

  async #http(): Promise<void> {
    const { at } = this.#target;
    const { controlUiBasePath: basePath = '' } = this.#options;
    const { signal } = this.#deadline;
    const { version, ...facts } = await httpFacts({ at, basePath, signal, clean: this.#clean, now: Date.now });
    this.#note(facts);
    if (this.#board.version.known) return;
    this.#note({ version: version === undefined ? unseen('it is not told without a session') : seen(version) });
  }

  /** What follows only from several answers. */
  #together(): void {
    const { http, anonymousSession, authMode } = this.#board;
    if (!http.some((surface) => surface.kind === 'control' && surface.verdict === 'open')) return;
    if (!authMode.known) this.#board.authMode = seen('none');
    // Without authentication 2026.3.7 still asks for a device, and lets in any that the client makes up.
    if (anonymousSession.known && !anonymousSession.value) {
      this.#board.anonymousSession = unseen('a client that makes up a device may be let in, which is not tried');
    }
  }

  #sockets(): ReturnType<typeof readListenSockets> {
    return readListenSockets(this.#options.platform, this.#options.procRoot ?? PROC);
  }

  #note(facts: Partial<LiveGateway>): void {
    Object.assign(this.#board, facts);
  }

  /** Everything that only the gateway could tell stays unknown for this reason. */
  #nothingMore(reason: string): void {
    for (const key of TOLD_BY_GATEWAY) {
      const fact = this.#board[key];
      if (!fact.known && fact.reason === PENDING) this.#note({ [key]: unseen(reason) });
    }
  }
}

/** The reason of everything that has not been asked yet. */
const PENDING = 'not asked yet';
const PROC = '/proc';
/** Milliseconds that the parts of a probe get to note what they have when time is up. */
const GRACE_MS = 100;

const TOLD_BY_GATEWAY = [
  'isGateway',
  'accepted',
  'scopes',
  'version',
  'protocol',
  'authMode',
  'configPath',
  'configValid',
  'configApplied',
  'servingSince',
  'anonymousSession',
  'foreignOrigin',
  'foreignOriginForwarded',
  'foreignHost',
  'crossSitePost',
  'realIpBelieved',
  'tlsTrusted',
] as const satisfies readonly (keyof LiveGateway)[];

function describe(credential: Credential): LiveGateway['credential'] {
  return credential.kind === 'none'
    ? { kind: 'none', sent: false, reason: credential.reason }
    : { kind: credential.kind, from: credential.from, sent: false };
}

function accepted(primary: SessionResult, credential: LiveGateway['credential']): LiveGateway['accepted'] {
  if (primary.ok) return seen(true);
  if (primary.error.failure === 'refused') return seen(false);
  return unseen(
    primary.error.failure === 'no-credential' ? (credential.reason ?? 'no secret was sent') : primary.error.message,
  );
}
