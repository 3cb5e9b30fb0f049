import type { Finding } from '../core/finding.ts';
import type { SuppressedFinding } from '../core/report.ts';
import type { Settings } from '../model/settings.ts';
import { selectorMatches } from './select.ts';

/** A decision of ours to accept a finding, from a file outside the audited home or from a flag. */
export interface Suppression {
  /** An id; OpenClaw's own id of the same finding is accepted too. */
  readonly id: string;
  /** Only findings at this key or file; `*` stands for any text without a separator, `**` for any text. */
  readonly at?: string;
  readonly reason?: string;
  readonly owner?: string;
  /** Last day on which it counts, `2026-12-31`. */
  readonly expires?: string;
  readonly source: 'file' | 'flag';
}

/** What became of the suppressions. */
export interface SuppressionOutcome {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Those of ours whose last day is over; they suppress nothing. */
  readonly expired: readonly Suppression[];
  /** Those of ours that match no finding. */
  readonly unused: readonly Suppression[];
}

/** The finding that says that suppressions are configured; it cannot be suppressed (OpenClaw 2026.9.6). */
export const UNSUPPRESSIBLE = 'security.audit.suppressions.active';

/**
 * Takes out what is suppressed: first by `security.audit.suppressions` of the config, exactly as OpenClaw 2026.9.6
 * matches them, then by ours.
 *
 * @param today `YYYY-MM-DD`
 */
export function applySuppressions(
  findings: readonly Finding[],
  settings: Settings,
  useConfig: boolean,
  own: readonly Suppression[],
  today: string,
): SuppressionOutcome {
  const configured = useConfig ? readConfigured(settings) : [];
  const live = own.filter((s) => s.expires === undefined || s.expires >= today);
  const used = new Set<Suppression>();
  const left: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    if (finding.checkId === UNSUPPRESSIBLE) {
      left.push(finding);
      continue;
    }
    const entry = configured.find((c) => c.matches(finding));
    const ours = live.filter((s) => matchesOwn(s, finding));
    for (const s of ours) used.add(s);
    if (entry)
      suppressed.push({
        ...finding,
        suppression: { source: 'openclaw', ...(entry.reason ? { reason: entry.reason } : {}) },
      });
    else if (ours[0]) suppressed.push({ ...finding, suppression: describe(ours[0]) });
    else left.push(finding);
  }
  return {
    findings: left,
    suppressed,
    expired: own.filter((s) => !live.includes(s)),
    unused: live.filter((s) => !used.has(s)),
  };
}

interface Configured {
  readonly reason: string | undefined;
  matches(finding: Finding): boolean;
}

function readConfigured(settings: Settings): Configured[] {
  const out: Configured[] = [];
  for (let i = 0; i < settings.count('security', 'audit', 'suppressions'); i++) {
    const text = (key: string) =>
      settings.string(['security', 'audit', 'suppressions', i, key], undefined).value?.trim() || undefined;
    const checkId = text('checkId');
    if (!checkId) continue;
    const needles = [
      ['title', text('titleIncludes')?.toLowerCase()],
      ['detail', text('detailIncludes')?.toLowerCase()],
    ] as const;
    out.push({
      reason: text('reason'),
      matches: (f) =>
        (f.checkId === checkId || f.referenceId === checkId) &&
        needles.every(([field, needle]) => needle === undefined || f[field].toLowerCase().includes(needle)),
    });
  }
  return out;
}

function matchesOwn(s: Suppression, finding: Finding): boolean {
  const named = selectorMatches(s.id, finding.checkId) && s.id.split('.').length === finding.checkId.split('.').length;
  // The reference numbers channel warnings by position; its id stands for any of them on that channel.
  const warning = /^channels\.([^.]+)\.warning\.\d+$/.exec(s.id);
  const byReference = finding.referenceId === s.id || (warning && isProviderWarning(finding.checkId, warning[1]!));
  if (!named && !byReference) return false;
  if (s.at === undefined) return true;
  const pattern = glob(s.at);
  return finding.locations.some((l) => pattern.test(l.keyPath ?? l.file) || pattern.test(l.file));
}

const PROVIDER_WARNINGS = ['groups.open', 'tls_off', 'nickserv_register', 'insecure_ssl', 'dm.open'];

function isProviderWarning(checkId: string, channel: string): boolean {
  return PROVIDER_WARNINGS.some((w) => checkId === `channels.${channel}.${w}`);
}

function glob(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^./\\\\]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`);
}

function describe(s: Suppression): SuppressedFinding['suppression'] {
  return {
    source: s.source,
    ...(s.reason ? { reason: s.reason } : {}),
    ...(s.owner ? { owner: s.owner } : {}),
    ...(s.expires ? { expires: s.expires } : {}),
  };
}
