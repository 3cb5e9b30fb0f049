import type { SchemaTable } from '../config/schema/table.ts';
import type { Check, Need } from '../core/check.ts';
import type { CheckOutcome, Finding, Outcome } from '../core/finding.ts';
import type { Json } from '../core/json.ts';
import type { CoverageGap, IdleSuppression, Report, Summary } from '../core/report.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { Model } from '../model/model.ts';
import { type Baseline, type BaselineState, compareWithBaseline } from './baseline.ts';
import { byUrgency } from './order.ts';
import { runChecks, type UnmetNeeds } from './run.ts';
import { idSelected, selectChecks } from './select.ts';
import { applySuppressions, type Suppression } from './suppress.ts';

export interface AuditOptions {
  /** Version of openclaw-security. */
  readonly toolVersion: string;
  readonly checks: readonly Check<Model>[];
  /** What the target version accepts; without it the config is not validated. */
  readonly schemaTable?: SchemaTable;
  /** Suppressions of ours; those in the config are read from it. */
  readonly suppressions?: readonly Suppression[];
  readonly baseline?: Baseline;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

/** Judges a snapshot. Pure: the same snapshot and options give the same report. */
export function audit(snapshot: Snapshot, options: AuditOptions): Report {
  return auditModel(new Model(snapshot, options.schemaTable), options);
}

/** The same for a model that is already there. */
export function auditModel(model: Model, options: AuditOptions): Report {
  const { snapshot } = model;
  const only = options.only ?? [];
  const skip = options.skip ?? [];
  const checks = selectChecks(options.checks, only, skip);
  const run = runChecks(checks, model, unmetNeeds(model));
  const own = options.suppressions ?? [];
  const outcome = applySuppressions(
    run.findings.filter((f) => idSelected(f.checkId, only, skip)),
    model.settings,
    model.target.secondEra,
    own,
    // The day of the collection, so that the same snapshot gives the same report.
    new Date(snapshot.collectedAt).toISOString().slice(0, 10),
  );
  const compared = options.baseline ? compareWithBaseline(outcome.findings, options.baseline) : undefined;
  const findings = byUrgency(
    outcome.findings.map((f) => {
      const baselineState = compared?.states.get(f);
      return baselineState ? { ...f, baselineState } : f;
    }),
  );
  const { document } = model.settings;
  return {
    schemaVersion: 1,
    ts: snapshot.collectedAt,
    tool: { name: 'openclaw-security', version: options.toolVersion },
    target: {
      openclawVersion: model.target.version,
      versionSource: model.target.source,
      stateDir: snapshot.home.stateDir,
      configPath: snapshot.home.configPath,
      configStatus: snapshot.config.status === 'ok' ? (document.loadable ? 'ok' : 'invalid') : snapshot.config.status,
      homeFound: snapshot.home.found,
    },
    summary: summarize(findings),
    findings,
    ...(outcome.suppressed.length > 0 ? { suppressedFindings: byUrgency(outcome.suppressed) } : {}),
    ...(own.length > 0
      ? { suppressions: { expired: outcome.expired.map(idle), unused: outcome.unused.map(idle) } }
      : {}),
    ...(compared ? { baseline: { ...countStates(compared.states.values()), gone: compared.gone } } : {}),
    outcomes: countOutcomes(run.outcomes),
    coverage: { checks: run.outcomes, gaps: snapshot.gaps as readonly CoverageGap[] },
    secretDiagnostics: secretDiagnostics(model),
    ...(snapshot.gateway ? { deep: { gateway: snapshot.gateway as unknown as Json } } : {}),
  };
}

function unmetNeeds(model: Model): UnmetNeeds {
  const { snapshot } = model;
  const unmet = new Map<Need, { outcome: 'skipped' | 'unknown' | 'not-applicable'; reason: string }>();
  if (!model.validation)
    unmet.set('schema', { outcome: 'unknown', reason: 'the key table of this version was not loaded' });
  if (!snapshot.gateway) unmet.set('gateway', { outcome: 'skipped', reason: 'needs --deep' });
  if (!snapshot.code) unmet.set('code', { outcome: 'skipped', reason: 'needs --deep (scans plugin and skill code)' });
  if (snapshot.docker.status === 'absent') unmet.set('docker', { outcome: 'not-applicable', reason: 'no Docker here' });
  if (snapshot.docker.status === 'not-asked')
    unmet.set('docker', { outcome: 'skipped', reason: 'Docker was not asked' });
  if (snapshot.docker.status === 'error')
    unmet.set('docker', { outcome: 'unknown', reason: snapshot.docker.error ?? 'Docker did not answer' });
  if (snapshot.files.model === 'windows')
    unmet.set('files', { outcome: 'unknown', reason: 'Windows access control lists are not read' });
  return unmet;
}

function idle({ id, at, owner, expires }: Suppression): IdleSuppression {
  return { id, ...(at ? { at } : {}), ...(owner ? { owner } : {}), ...(expires ? { expires } : {}) };
}

function countStates(states: Iterable<BaselineState>): Record<BaselineState, number> {
  const counts = { new: 0, worse: 0, known: 0 };
  for (const s of states) counts[s]++;
  return counts;
}

/** Counts findings by severity. */
export function summarize(findings: readonly Finding[]): Summary {
  const count = (severity: Finding['severity']) => findings.filter((f) => f.severity === severity).length;
  return { critical: count('critical'), warn: count('warn'), info: count('info') };
}

function countOutcomes(outcomes: readonly CheckOutcome[]): Record<Outcome, number> {
  const counts: Record<Outcome, number> = { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0, skipped: 0, error: 0 };
  for (const o of outcomes) counts[o.outcome]++;
  return counts;
}

/** One line for each gateway credential that is a reference which is not read offline. */
function secretDiagnostics(model: Model): string[] {
  const { token, password } = model.gateway;
  const out: string[] = [];
  for (const [key, input] of [
    ['gateway.auth.token', token.configured],
    ['gateway.auth.password', password.configured],
    ['gateway.remote.token', token.remote],
    ['gateway.remote.password', password.remote],
  ] as const) {
    if (input.state === 'reference') out.push(`${key}: the ${input.source} reference is not read by an offline audit`);
    if (input.state === 'unresolved') out.push(`${key}: \${${input.names[0]}} is not set here`);
  }
  return out;
}
