import { type LiveGateway, unseen } from '../../core/live.ts';

/** The facts of a probe while it runs. */
export type Board = { -readonly [K in keyof LiveGateway]: LiveGateway[K] };

/** A board on which nothing is known yet, for this reason. */
export function emptyBoard(base: Pick<LiveGateway, 'urlSource' | 'loopback' | 'credential'>, reason: string): Board {
  const no = unseen(reason);
  return {
    ...base,
    isGateway: no,
    accepted: no,
    scopes: no,
    calls: {},
    version: no,
    protocol: no,
    authMode: no,
    configPath: no,
    configValid: no,
    configApplied: no,
    configChangedAt: no,
    servingSince: no,
    process: no,
    listeners: no,
    otherListeners: no,
    http: [],
    anonymousSession: no,
    foreignOrigin: no,
    foreignOriginForwarded: no,
    foreignHost: no,
    crossSitePost: no,
    realIpBelieved: no,
    browserControl: no,
    cdp: no,
    tlsTrusted: no,
  };
}

/** Gives every fact that is still unknown for `from` the better reason `to`. */
export function renameReason(board: Board, from: string, to: string): void {
  for (const [key, value] of Object.entries(board)) {
    if (isUnseen(value) && value.reason === from) Object.assign(board, { [key]: unseen(to) });
  }
}

function isUnseen(value: unknown): value is { known: false; reason: string } {
  return typeof value === 'object' && value !== null && 'known' in value && value.known === false;
}
