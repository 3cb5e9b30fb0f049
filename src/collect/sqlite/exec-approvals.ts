import type { ExecApprovalScope, ExecApprovals } from '../../core/snapshot.ts';
import { property } from '../foreign-json.ts';
import { entriesOf, isObject, parseJson, shortText } from './bounded-json.ts';

const MAX_AGENTS = 5_000;
const MAX_PATTERNS = 20_000;
const MAX_PATTERN = 4_096;
const MAX_ID = 256;

/**
 * Reads exec approvals: the text of `exec-approvals.json`, which newer versions keep in the row `current` of
 * `exec_approvals_config` (OpenClaw 2026.9.6). Of the socket, which has a token, nothing is kept.
 */
export function parseExecApprovals(text: string, path: string): ExecApprovals {
  const json = parseJson(text);
  if (!isObject(json?.value)) return unreadableApprovals(path, 'it is not a JSON object');
  const budget = { patterns: MAX_PATTERNS, leftOut: 0 };
  const defaults = readScope(property(json.value, 'defaults'), budget);
  const agents: [string, ExecApprovalScope][] = [];
  for (const [id, scope] of entriesOf(property(json.value, 'agents'))) {
    if (agents.length < MAX_AGENTS && id.length <= MAX_ID && isObject(scope))
      agents.push([id, readScope(scope, budget)]);
    else budget.leftOut++;
  }
  return {
    path,
    defaults,
    agents: Object.fromEntries(agents),
    ...(budget.leftOut > 0 && { error: `${budget.leftOut} of its entries have no known form or are too many` }),
  };
}

/** Approvals that exist, or may, and cannot be read. */
export function unreadableApprovals(path: string, error: string): ExecApprovals {
  return { path, defaults: { allowlist: [] }, agents: {}, error };
}

function readScope(scope: unknown, budget: { patterns: number; leftOut: number }): ExecApprovalScope {
  const security = shortText(scope, 'security', 64);
  const ask = shortText(scope, 'ask', 64);
  const autoAllowSkills = property(scope, 'autoAllowSkills');
  const allowlist: string[] = [];
  const entries = property(scope, 'allowlist');
  for (const entry of Array.isArray(entries) ? entries : []) {
    // Old files list plain patterns.
    const pattern = shortText(typeof entry === 'string' ? { pattern: entry } : entry, 'pattern', MAX_PATTERN);
    if (pattern === undefined || budget.patterns === 0) budget.leftOut++;
    else {
      budget.patterns--;
      allowlist.push(pattern);
    }
  }
  return {
    ...(security !== undefined && { security }),
    ...(ask !== undefined && { ask }),
    ...(typeof autoAllowSkills === 'boolean' && { autoAllowSkills }),
    allowlist,
  };
}
