import { formatRef } from '../../src/core/ref.ts';
import type { Case } from '../../src/core/cases.ts';
import type { Fact } from '../../src/core/fact.ts';
import { Model } from '../../src/model/model.ts';
import { effectivePolicy } from '../../src/model/policy/effective.ts';
import type { EffectivePolicy, PolicyQuery } from '../../src/model/policy/query.ts';
import { scenario } from '../kit/scenario.ts';

/** The two versions whose behaviour is known. */
export const FIRST = '2026.3.7';
export const SECOND = '2026.9.6';

/** The model of a home given as a config. */
export function modelOf(config: string, version: string, more: Partial<Case> = {}): Model {
  return new Model(scenario({ name: 'policy', config, version, ...more }));
}

/** The policy for one question. */
export function policyOf(
  config: string,
  version: string,
  query: Partial<PolicyQuery> = {},
  more: Partial<Case> = {},
): EffectivePolicy {
  return effectivePolicy(modelOf(config, version, more), { agentId: 'main', ...query });
}

/** `true @ tools.allow[0]`, `false @ tools.deny (default)`, `? ${X} is not set`: a fact on one line. */
export function told(fact: Fact<unknown>): string {
  if (!fact.known) return `? ${fact.reason}`;
  return `${String(fact.value)} @ ${formatRef(fact.at)}${fact.set ? '' : ' (default)'}`;
}

/** The verdict on one tool, with the deciding layer. */
export function verdict(policy: EffectivePolicy, tool: string): string {
  const found = policy.tools.find((t) => t.name === tool);
  if (!found) return 'no such tool';
  return `${found.by}: ${told(found.allowed)}`;
}
