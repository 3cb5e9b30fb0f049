import type {
  AssetKind,
  BoundaryKind,
  BoundaryState,
  ExposureEdit,
  ExposurePath,
  ExposureReport,
  PrincipalKind,
} from '../core/exposure.ts';
import { PRODUCT_NAME } from '../core/product.ts';
import { plural } from '../core/text.ts';

/** Our own command for an edit, before its id; several ids stand with commas. */
export const OWN_COMMAND = `${PRODUCT_NAME} fix apply --edit `;

/** Who starts a path, for people. */
export const PRINCIPAL_WORDS: Readonly<Record<PrincipalKind, string>> = {
  internet: 'Anybody on the internet',
  lan: 'Anybody on the local network',
  tailnet: 'Anybody on the tailnet',
  'anyone-dm': 'Anybody who writes a direct message',
  'group-member': 'Any member of a group',
  'content-author': 'Author of a web page or mail',
  'webhook-caller': 'Holder of the webhook token',
  'http-client': 'HTTP client',
  'local-user': 'Another user of this machine',
  'code-author': 'Author of a plugin',
  'paired-node': 'Paired device',
  'allowed-sender': 'Listed sender',
};

/** What a path ends at, for people. */
export const ASSET_WORDS: Readonly<Record<AssetKind, string>> = {
  'host-shell': 'Host shell',
  credentials: 'Credentials',
  'host-files': 'Files of the host',
  'paired-devices': 'Paired devices',
  'other-sessions': 'Conversations of others',
  lan: 'Local network',
  'outbound-messages': 'Messages in your name',
};

/** What stands between two places of a path, for people. */
export const BOUNDARY_WORDS: Readonly<Record<BoundaryKind, string>> = {
  network: 'Network',
  auth: 'Authentication',
  pairing: 'Pairing',
  allowlist: 'Allowlist',
  'mention-gate': 'Mention',
  routing: 'Routing',
  'tool-policy': 'Tool policy',
  approval: 'Approval',
  sandbox: 'Sandbox',
  workspace: 'Workspace',
  'file-mode': 'File mode',
};

export const STATE_WORDS: Readonly<Record<BoundaryState, string>> = {
  holds: 'holds',
  open: 'open',
  unknown: 'not known',
};

/** The number of paths of each kind in a report, those that are not listed included in `all` alone. */
export interface PathCounts {
  readonly all: number;
  readonly listed: number;
  readonly critical: number;
  /** Those on which a boundary could not be judged. */
  readonly possible: number;
}

export function countPaths({ paths, morePaths = 0 }: ExposureReport): PathCounts {
  return {
    all: paths.length + morePaths,
    listed: paths.length,
    critical: paths.filter((p) => p.severity === 'critical').length,
    possible: paths.filter((p) => p.state === 'possible').length,
  };
}

/** `12 attack paths, 5 of them critical, 2 with a boundary that could not be judged`. */
export function pathsPhrase(exposure: ExposureReport): string {
  const { all, critical, possible } = countPaths(exposure);
  return [
    plural(all, 'attack path'),
    ...(critical > 0 ? [`${critical} of them critical`] : []),
    ...(possible > 0 ? [`${possible} with a boundary that could not be judged`] : []),
  ].join(', ');
}

/** `Anybody on the local network → Host shell`. */
export function pathTitle({ principal, asset }: ExposurePath): string {
  return `${PRINCIPAL_WORDS[principal]} → ${ASSET_WORDS[asset]}`;
}

/** The names of the places of a path, not escaped. */
export function pathPlaces(path: ExposurePath, labels: ReadonlyMap<string, string>): string[] {
  return path.nodes.map((id) => labels.get(id) ?? id);
}

/** The edits of the smallest set, in its order; ids that no edit has are left out. */
export function cutEdits({ cut, edits }: ExposureReport): ExposureEdit[] {
  return cut.edits.flatMap((id) => edits.find((e) => e.id === id) ?? []);
}

/** What closes a path: each of some edits alone, or one edit out of each set together. Ids of edits. */
export interface Closers {
  readonly alone: readonly string[];
  /** None of them holds an edit that closes the path alone, and none says less than another. Empty when there is no such way. */
  readonly together: readonly (readonly string[])[];
}

export function closersOf({ closedBy, closedByAll = [] }: ExposurePath): Closers {
  const sets = closedByAll.map((set) => set.filter((id) => !closedBy.includes(id)));
  if (sets.some((set) => set.length === 0)) return { alone: closedBy, together: [] };
  const within = (a: readonly string[], b: readonly string[]) => a.every((id) => b.includes(id));
  const together = sets.filter(
    (set, i) => !sets.some((other, k) => k !== i && within(other, set) && (k < i || !within(set, other))),
  );
  return { alone: closedBy, together };
}

/**
 * What to run for an edit: our own command, which makes all of it as one change that can be undone, where there is one; else
 * what does the same by hand.
 */
export function commandsOf({ commands }: ExposureEdit): { readonly main: string[]; readonly byHand: string[] } {
  const own = commands.filter((c) => c.startsWith(OWN_COMMAND));
  const others = commands.filter((c) => !c.startsWith(OWN_COMMAND));
  return own.length > 0 ? { main: own, byHand: others } : { main: others, byHand: [] };
}

/** `2 edits close 5 of 6 critical paths`, with what the search leaves open. */
export function cutPhrase({ cut }: ExposureReport): string {
  if (cut.of === 0) return 'No path is critical';
  if (cut.edits.length === 0) return `No proposed edit closes any of the ${plural(cut.of, 'critical path')}`;
  const verb = cut.edits.length === 1 ? 'closes' : 'close';
  const unsure = cut.minimal ? '' : '; a smaller set may exist';
  return `${plural(cut.edits.length, 'edit')} ${verb} ${cut.closes} of ${plural(cut.of, 'critical path')}${unsure}`;
}
