import { type UnknownResult, unknown } from '../../core/check.ts';
import { unknownFact } from '../../core/fact.ts';
import { type LiveGateway, type Seen, unseen } from '../../core/live.ts';
import type { Ref } from '../../core/ref.ts';
import type { GatewayProbe } from '../../core/snapshot.ts';
import type { Model } from '../../model/model.ts';

/** The probe; the engine runs a check that needs `gateway` only where there is one. */
export function probeOf(model: Model): GatewayProbe {
  const { gateway } = model.snapshot;
  if (!gateway) throw new Error('the gateway was not asked');
  return gateway;
}

/** One fact of the running gateway. */
export function live<K extends keyof LiveGateway>(
  model: Model,
  key: K & (LiveGateway[K] extends Seen<unknown> ? K : never),
): LiveGateway[K] {
  const probe = probeOf(model);
  return probe.live?.[key] ?? (unseen(probe.error ?? 'the gateway was not asked for it') as LiveGateway[K]);
}

/** The check cannot tell, because the gateway did not. */
export function notSeen(fact: { readonly reason: string }, at: Ref): UnknownResult {
  return unknown(unknownFact(fact.reason, at));
}

/** True when the gateway that was asked is the one of the audited config, so that the two can be compared. */
export function isAuditedGateway(model: Model): boolean {
  return probeOf(model).live?.urlSource === 'local';
}

/** True when the running gateway runs tools or agents for whoever asks. */
export function isOpenToAll(model: Model): boolean {
  const facts = probeOf(model).live;
  if (!facts) return false;
  const { anonymousSession: session, http } = facts;
  return (session.known && session.value) || http.some((s) => s.kind === 'control' && s.verdict === 'open');
}
