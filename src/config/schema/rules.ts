import type { Value } from '../value.ts';
import type { SchemaProblem } from './problem.ts';
import { checkAgentReferences, checkRoster, checkSandboxes } from './rules/agents.ts';
import { checkChannelSecrets, checkDmPolicies } from './rules/channels.ts';
import {
  checkBrowserProfiles,
  checkExecMode,
  checkLoopThresholds,
  checkRetiredKeys,
  checkTailscale,
} from './rules/gateway.ts';
import { checkChannelIds, checkPluginIds } from './rules/plugins.ts';
import { type RuleContext, RuleView } from './rules/view.ts';
import type { SchemaTable } from './table.ts';
import type { SchemaEra } from './tables.ts';

/** What OpenClaw refuses although each key by itself is fine, by the version that does. */
const RULES: Readonly<Record<SchemaEra, readonly ((view: RuleView) => void)[]>> = {
  '2026.3.7': [
    checkTailscale,
    checkBrowserProfiles,
    checkSandboxes,
    checkRoster,
    checkAgentReferences,
    checkLoopThresholds,
    checkDmPolicies,
    checkChannelSecrets,
    checkChannelIds,
    checkPluginIds,
    checkRetiredKeys,
  ],
  '2026.9.6': [
    checkTailscale,
    checkBrowserProfiles,
    checkSandboxes,
    checkRoster,
    checkAgentReferences,
    checkExecMode,
    checkChannelIds,
    checkRetiredKeys,
  ],
};

/** The rules that a config breaks: the first `limit` problems and how many there are. */
export function findRuleProblems(
  root: Value,
  table: SchemaTable,
  context: RuleContext,
  limit: number,
): { readonly problems: readonly SchemaProblem[]; readonly count: number } {
  const view = new RuleView(root, table, context, limit);
  for (const rule of RULES[view.era]) rule(view);
  return { problems: view.problems, count: view.count };
}
