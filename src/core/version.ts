/** OpenClaw's calendar versions: `2026.3.7`, `2026.7.2-beta.3`. */
export interface OpenClawVersion {
  readonly text: string;
  readonly parts: readonly [year: number, month: number, patch: number];
  readonly prerelease: boolean;
}

/** The newest version whose behaviour this auditor knows; used when nothing says which one is meant. */
export const NEWEST_KNOWN_VERSION = '2026.9.6';

/** The oldest version whose behaviour this auditor knows. */
export const OLDEST_KNOWN_VERSION = '2026.3.7';

/**
 * The release that moved agents, node commands, approvals and sessions to their new places
 * (agents.entries: 2026.7.2-beta.3, stable 2026.8.1). From here on a config is read as 2026.9.6 reads it.
 */
export const SECOND_ERA_FROM = '2026.8.1';

const PATTERN = /^v?(\d{4})\.(\d{1,2})\.(\d{1,3})(-[0-9A-Za-z.-]+)?$/;

/** Undefined when the text is not a calendar version. */
export function parseVersion(text: string): OpenClawVersion | undefined {
  const m = PATTERN.exec(text.trim());
  if (!m) return undefined;
  return {
    text: text.trim().replace(/^v/, ''),
    parts: [Number(m[1]), Number(m[2]), Number(m[3])],
    prerelease: m[4] !== undefined,
  };
}

/** Negative when a is older than b. A pre-release comes before its release. */
export function compareVersions(a: OpenClawVersion, b: OpenClawVersion): number {
  for (let i = 0; i < 3; i++) {
    const d = a.parts[i]! - b.parts[i]!;
    if (d !== 0) return d;
  }
  return Number(b.prerelease) - Number(a.prerelease);
}
