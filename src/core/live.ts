/** A value that was seen on the running machine, or why it was not. What could not be asked is not known, never fine. */
export type Seen<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly reason: string };

/** A value that was seen. */
export function seen<T>(value: T): Seen<T> {
  return { known: true, value };
}

/** A value that was not, with the reason as a clause for people. */
export function unseen(reason: string): { readonly known: false; readonly reason: string } {
  return { known: false, reason };
}

/**
 * Why a probe failed.
 * - `not-contacted`: the URL is not on this machine and was not given for this run, or is no usable URL
 * - `down`: nothing accepts connections there
 * - `tls`: the TLS handshake failed (a plain port, or a certificate that is not trusted)
 * - `stopped`: the caller ended the probe
 * - `timeout`: something accepts connections and does not answer
 * - `not-a-gateway`: what answers is not an OpenClaw gateway; it got no secret
 * - `starting`: the gateway says that it is still starting
 * - `no-credential`: refused, and there was no secret to send
 * - `refused`: refused with the secret that was sent
 * - `rate-limited`: the gateway answers nobody from here for a while
 * - `protocol`: a gateway whose answers this auditor does not understand
 */
export type GatewayProbeFailure =
  | 'not-contacted'
  | 'down'
  | 'tls'
  | 'stopped'
  | 'timeout'
  | 'not-a-gateway'
  | 'starting'
  | 'no-credential'
  | 'refused'
  | 'rate-limited'
  | 'protocol';

/** One HTTP endpoint, asked without any secret. */
export interface HttpSurface {
  /** Method and path as asked, e.g. `POST /tools/invoke`. */
  readonly endpoint: string;
  /**
   * `liveness`: meant to answer everybody; `ui`: the pages of the control interface; `details`: tells about the
   * installation; `files`: serves files of the agent; `models`: lists or embeds; `control`: runs tools or agents.
   */
  readonly kind: 'liveness' | 'ui' | 'details' | 'files' | 'models' | 'control';
  /** HTTP status of the deciding answer; null when none came. */
  readonly status: number | null;
  /** `open`: answered, or refused the empty body only after letting it in; `protected`: demands a secret; `absent`: not served. */
  readonly verdict: 'open' | 'protected' | 'absent' | 'unknown';
  /** Why it is unknown. */
  readonly reason?: string;
}

/** A socket that listens. */
export interface ListenAddress {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  /** `any`: every interface; `other`: one address that is not loopback. */
  readonly scope: 'loopback' | 'any' | 'other';
}

/** The process that holds the gateway's port. */
export interface GatewayProcess {
  readonly pid: number;
  /** Name in `/proc/<pid>/comm`. */
  readonly name: string;
  /** False when the port is held by something in between: `docker-proxy`, `ssh`, a service manager. */
  readonly isOpenClaw: boolean;
  /** Effective user id. */
  readonly uid: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** True when its program file was replaced or removed since it started. */
  readonly programDeleted: Seen<boolean>;
  /** True when it holds at least one Linux capability. */
  readonly capabilities: boolean;
  readonly noNewPrivileges: boolean;
  /** True when system calls are filtered. */
  readonly seccomp: boolean;
}

/** What answers on a neighbouring loopback port. */
export interface NeighbourPort {
  readonly port: number;
  /** `open`: answers the service's own data without a secret; `protected`: demands one; `closed`: nothing listens; `other`: something else does. */
  readonly state: 'open' | 'protected' | 'closed' | 'other';
  readonly status?: number;
}

/** How a gateway method answered in the session. */
export type CallOutcome = 'answered' | 'refused' | 'no-answer';

/** Everything the live probe can tell beyond the five fields of OpenClaw's own probe. No secret is in it. */
export interface LiveGateway {
  readonly urlSource: 'flag' | 'process-env' | 'remote-url' | 'local';
  /** True when the URL names a loopback address. */
  readonly loopback: boolean;
  /** Whether what listens sent OpenClaw's challenge event. */
  readonly isGateway: Seen<boolean>;
  readonly credential: {
    readonly kind: 'token' | 'password' | 'none';
    /** Where the secret comes from, e.g. `flag`, `config`, `process-env`. */
    readonly from?: string;
    readonly sent: boolean;
    /** Why none was sent. */
    readonly reason?: string;
  };
  /** Whether a session with `credential` was let in. */
  readonly accepted: Seen<boolean>;
  /** The gateway's machine-readable reason for refusing it, e.g. `AUTH_TOKEN_MISMATCH`. */
  readonly refusalCode?: string;
  /** Scopes of the session; only `operator.read` was asked for. */
  readonly scopes: Seen<readonly string[]>;
  /** Read-only methods called in the session. */
  readonly calls: { readonly [method: string]: CallOutcome };
  /** Version of the running gateway. */
  readonly version: Seen<string>;
  /** Protocol number of the session: 3 in 2026.3.7, 4 in 2026.9.6. */
  readonly protocol: Seen<number>;
  /** How the running gateway authenticates: `token`, `password`, `none`, `trusted-proxy`. */
  readonly authMode: Seen<string>;
  /** Path of the config that the running gateway reads. */
  readonly configPath: Seen<string>;
  /** Whether the gateway finds its config file valid; an invalid one leaves the previous settings running. */
  readonly configValid: Seen<boolean>;
  /** Whether the settings in effect are those of the file, by the gateway's own comparison (2026.9.6). */
  readonly configApplied: Seen<boolean>;
  /** Newest modification time of the audited config files, epoch milliseconds. */
  readonly configChangedAt: Seen<number>;
  /** When the gateway began to serve, which is later than the start of its process after a restart in place. Epoch milliseconds. */
  readonly servingSince: Seen<number>;
  readonly process: Seen<GatewayProcess>;
  /** Sockets that listen on the gateway's port. */
  readonly listeners: Seen<readonly ListenAddress[]>;
  /** Other sockets that the gateway's process listens on. */
  readonly otherListeners: Seen<readonly ListenAddress[]>;
  /** Endpoints asked without a secret, in a fixed order. Empty when none could be asked. */
  readonly http: readonly HttpSurface[];
  /** Whether a WebSocket client without any secret and without a device is let in. */
  readonly anonymousSession: Seen<boolean>;
  /** Whether a WebSocket client that shows the Origin of a foreign web site gets past the Origin check. */
  readonly foreignOrigin: Seen<boolean>;
  /** The same when the request also looks as if a proxy had forwarded it. */
  readonly foreignOriginForwarded: Seen<boolean>;
  /** Whether a request with a Host header that is not ours is served; the endpoint is an open one where there is any. */
  readonly foreignHost: Seen<{ readonly accepted: boolean; readonly endpoint: string; readonly open: boolean }>;
  /** Whether an open endpoint also takes a request that a foreign web page can send. Unknown when no endpoint is open. */
  readonly crossSitePost: Seen<boolean>;
  /** Whether a client may name its own address in `X-Real-IP` and be taken for a local one. */
  readonly realIpBelieved: Seen<boolean>;
  /** OpenClaw's browser control server, by default on the gateway's port + 2. */
  readonly browserControl: Seen<NeighbourPort>;
  /** Chrome DevTools ports of managed browsers that answer. */
  readonly cdp: Seen<readonly NeighbourPort[]>;
  /** Whether the certificate of a `wss://` gateway is trusted by this machine. Unknown for `ws://`. */
  readonly tlsTrusted: Seen<boolean>;
}
