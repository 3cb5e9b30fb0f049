import { maskText } from '../config/secrets.ts';
import type { Check, CheckResult, Hit, HitBuilder, HitStep, Need, UnknownResult } from '../core/check.ts';
import type { CheckOutcome, Finding, FlowStep } from '../core/finding.ts';
import { formatRef, type Ref } from '../core/ref.ts';
import { fillTemplate, type MessageArg } from '../core/text.ts';
import type { Model } from '../model/model.ts';
import { fingerprint } from './fingerprint.ts';
import { Locator } from './locate.ts';

/** The needs that the snapshot does not meet, with the reason. */
export type UnmetNeeds = ReadonlyMap<
  Need,
  { readonly outcome: 'skipped' | 'unknown' | 'not-applicable'; readonly reason: string }
>;

export interface RunResult {
  readonly findings: readonly Finding[];
  readonly outcomes: readonly CheckOutcome[];
}

/** Runs the checks, each on its own: one that throws ends as `error` and takes nothing else with it. */
export function runChecks(checks: readonly Check<Model>[], model: Model, unmet: UnmetNeeds): RunResult {
  const locator = new Locator(model.settings, model.snapshot.home.configPath);
  const findings: Finding[] = [];
  const outcomes: CheckOutcome[] = [];
  for (const check of checks) {
    const result = runCheck(check, model, unmet);
    const hits = result.results.filter((r): r is Hit => r.result === 'hit');
    for (const hit of hits) findings.push(toFinding(check, hit, locator));
    outcomes.push(result.outcome);
  }
  return { findings: numbered(findings), outcomes };
}

function runCheck(
  check: Check<Model>,
  model: Model,
  unmet: UnmetNeeds,
): { results: readonly CheckResult[]; outcome: CheckOutcome } {
  const checkId = check.id;
  const end = (
    outcome: CheckOutcome['outcome'],
    reason: string,
    results: readonly CheckResult[] = [],
    at?: string,
  ) => ({
    results,
    outcome: { checkId, outcome, reason, ...(at ? { at } : {}) },
  });
  const outside = outsideVersions(check, model);
  if (outside) return end('not-applicable', outside);
  for (const need of check.needs) {
    const missing = unmet.get(need);
    if (missing) return end(missing.outcome, missing.reason);
  }
  let results: CheckResult[];
  try {
    results = [...check.run(model, buildHit)];
  } catch (error) {
    return end('error', `the check failed: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (results.some((r) => r.result === 'hit')) return { results, outcome: { checkId, outcome: 'fail' } };
  const open = results.find((r): r is UnknownResult => r.result === 'unknown');
  if (open) return end('unknown', open.reason, results, formatRef(open.at));
  const none = results.find((r) => r.result === 'not-applicable');
  if (none?.result === 'not-applicable') return end('not-applicable', none.reason, results);
  return { results, outcome: { checkId, outcome: 'pass' } };
}

function outsideVersions(check: Check<Model>, model: Model): string | undefined {
  const { from, before } = check.appliesTo ?? {};
  if (from && !model.target.atLeast(from)) return `applies to OpenClaw ${from} and newer`;
  if (before && model.target.atLeast(before)) return `OpenClaw ${model.target.version} no longer has this setting`;
  return undefined;
}

const buildHit: HitBuilder<string> = (variant, details) => ({
  result: 'hit',
  variant,
  at: toRef(details.at),
  also: (details.also ?? []).map(toRef),
  args: details.args ?? {},
  fixes: details.fixes ?? [],
  ...(details.flows ? { flows: details.flows } : {}),
});

function toRef(at: Ref | { readonly at: Ref }): Ref {
  return 'at' in at ? at.at : at;
}

/** Fills the variable parts of an id: `channels.<provider>.dm.open`. */
export function fillId(id: string, args: Readonly<Record<string, MessageArg>>): string {
  return id.replace(/<(\w+)>/g, (_, name: string) => {
    const value = args[name];
    if (value === undefined || typeof value === 'object') throw new Error(`id has no argument for <${name}>: ${id}`);
    return String(value);
  });
}

function toFinding(check: Check<Model>, hit: Hit, locator: Locator): Finding {
  const variant = check.variants[hit.variant];
  if (!variant) throw new Error(`${check.id} has no variant ${hit.variant}`);
  // Only what came from the home is masked: in our own words `secret: …` is no secret.
  const args = Object.fromEntries(Object.entries(hit.args).map(([name, value]) => [name, maskArg(value)]));
  const say = (template: string) => fillTemplate(template, args);
  const checkId = fillId(check.id, hit.args);
  const refs = [hit.at, ...hit.also];
  return {
    checkId,
    severity: variant.severity,
    title: say(variant.title ?? check.title),
    detail: say(variant.text),
    remediation: say(variant.remedy ?? check.remedy),
    why: say(variant.why ?? check.why),
    variant: hit.variant,
    confidence: check.confidence,
    locations: refs.map((r) => locator.locate(r)),
    ...(hit.flows ? { flows: hit.flows.map((flow) => flow.map((step) => toFlowStep(step, locator))) } : {}),
    refs,
    fingerprint: fingerprint(checkId, hit.variant, formatRef(hit.at)),
    fixes: hit.fixes,
    ...(check.referenceId ? { referenceId: fillId(check.referenceId, hit.args) } : {}),
  };
}

/** The source lines stay with the finding's own places: a way may be long and pass a place often. */
function toFlowStep({ at, text }: HitStep, locator: Locator): FlowStep {
  const { excerpt: _, ...location } = locator.locate(at);
  return { location, text: maskText(text) };
}

function maskArg(value: MessageArg): MessageArg {
  if (typeof value === 'string') return maskText(value);
  return typeof value === 'object' ? value.map(maskText) : value;
}

/** Findings of one check at one place differ by their text; a running number keeps their fingerprints apart. */
function numbered(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((f) => {
    const n = (seen.get(f.fingerprint) ?? 0) + 1;
    seen.set(f.fingerprint, n);
    return n === 1 ? f : { ...f, fingerprint: fingerprint(f.fingerprint, String(n)) };
  });
}
