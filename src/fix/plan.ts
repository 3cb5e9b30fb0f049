import type { SchemaTable } from '../config/schema/table.ts';
import type { Check } from '../core/check.ts';
import type { Declined, FixPlanSummary, PlannedKey, Prediction } from '../core/fix-plan.ts';
import { type ModeTarget, namedTarget, type SharedGround } from '../core/mode-target.ts';
import { formatKeyPath, formatRef } from '../core/ref.ts';
import type { Report } from '../core/report.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { auditModel } from '../engine/audit.ts';
import { idSelected } from '../engine/select.ts';
import type { Suppression } from '../engine/suppress.ts';
import { Model } from '../model/model.ts';
import { type KeyChange, reconcile } from './change.ts';
import { diffFiles } from './diff.ts';
import { type EditedFiles, editFiles, type FileEdit, type PlacedChange, withFiles } from './edit-files.ts';
import { type ModeFacts, type ModePlan, planModes } from './mode-plan.ts';
import { applyToSnapshot, compareReports } from './predict.ts';
import { unexpectedChange } from './side-changes.ts';
import { type FixSelection, gatherWishes } from './wishes.ts';

/** What a plan is made from, besides the snapshot and its report. */
export interface PlanRequest {
  readonly selection: FixSelection;
  readonly toolVersion: string;
  readonly checks: readonly Check<Model>[];
  /** What the target version accepts; without it a plan cannot tell that it breaks the config, so none is made. */
  readonly schemaTable: SchemaTable;
  /** Loose files that the snapshot only counts, and shared directories; see `collect/fix-targets`. */
  readonly targets: readonly ModeTarget[];
  readonly shared: readonly SharedGround[];
  /** Findings that were accepted; what they are about stays as it is. */
  readonly suppressions?: readonly Suppression[];
}

/** A plan: what to write, and what to say about it. The new texts hold the config's secrets. */
export interface FixPlan {
  readonly files: readonly FileEdit[];
  readonly modes: ModePlan['modes'];
  readonly summary: FixPlanSummary;
  /** The audit as it will be. */
  readonly after: Report;
}

/** Changes tried one by one when a plan as a whole is refused; beyond it the whole is refused. */
const TRIED_ALONE = 40;

/**
 * Plans fixes for the report of a whole audit: which files get which text, which paths which mode, and what the audit says afterwards.
 * Nothing is planned that makes the config invalid for the target version, changes a key that it does not name, or
 * introduces a finding; what would is declined with the reason. Pure.
 */
export function planFixes(snapshot: Snapshot, report: Report, request: PlanRequest): FixPlan {
  const { selection, checks, toolVersion, schemaTable } = request;
  const model = new Model(snapshot, schemaTable);
  const accepted = acceptedPlaces(report);
  const wishes = gatherWishes(model, report.findings, selection, accepted);
  const modes = planModes(modeFacts(snapshot, wishes.modes, accepted, request));
  const { changes, declined } = reconcile(wishes.keys);
  const { suppressions = [] } = request;
  const options = { toolVersion, checks, suppressions };
  const judge = (edit: EditedFiles, withModes: ModePlan['modes']): Verdict => {
    const after = new Model(applyToSnapshot(snapshot, edit.files, withModes), schemaTable);
    const next = auditModel(after, options);
    const prediction = compareReports(report, next);
    const danger = prediction.introduces.find((f) => isDanger(f, selection));
    const refused =
      newProblem(model, after) ??
      unexpectedChange(model.settings.document.root, after.settings.document.root, edit.done) ??
      (danger ? `it would lead to another finding, ${danger.checkId}` : undefined);
    return { edit, next, prediction, ...(refused === undefined ? {} : { refused }) };
  };
  const config = planConfig(model, changes, (edit) => judge(edit, []));
  const wished = judge(config.edit, modes.modes);
  const final = wished.refused === undefined ? wished : judge(config.edit, []);
  const kept = wished.refused === undefined ? modes.modes : [];
  const unmade = modes.modes.slice(kept.length).map(({ path }) => ({ what: path, reason: wished.refused! }));
  return {
    files: config.edit.files,
    modes: kept,
    after: final.next,
    summary: {
      keys: config.edit.done.map(plannedKey),
      modes: kept.map(({ path, from, to, dir }) => ({ path, from, to, dir })),
      declined: [
        ...wishes.declined,
        ...declined,
        ...config.declined,
        ...config.edit.declined,
        ...modes.declined,
        ...unmade,
      ],
      notes: [
        ...modes.notes,
        ...final.prediction.introduces
          .filter((f) => f.severity === 'warn')
          .map((f) => `A warning comes with it: ${f.title} (${f.checkId}).`),
      ],
      diffs: diffFiles(config.edit.files),
      prediction: final.prediction,
    },
  };
}

/**
 * A finding that a plan must not lead to. A note is none: Tailscale Serve in place of Funnel is noted, and better. An edit
 * that was asked for by name may leave a warning behind, which is said.
 */
export function isDanger(finding: { readonly severity: string }, { edits }: Pick<FixSelection, 'edits'>): boolean {
  return edits ? finding.severity === 'critical' : finding.severity !== 'info';
}

interface Verdict {
  readonly edit: EditedFiles;
  readonly next: Report;
  readonly prediction: Prediction;
  readonly refused?: string;
}

/** The largest part of the changes that is not refused, found by leaving out those that are refused alone. */
function planConfig(
  model: Model,
  changes: readonly KeyChange[],
  judge: (edit: EditedFiles) => Verdict,
): { edit: EditedFiles; declined: readonly Declined[] } {
  const { document } = model.settings;
  const nothing: EditedFiles = { files: [], done: [], declined: [] };
  const refuse = (these: readonly KeyChange[], reason: string) =>
    these.map((c) => ({ what: formatKeyPath(c.path), reason }));
  if (changes.length > 0 && !document.loadable && document.files.length > 0)
    return { edit: nothing, declined: refuse(changes, 'OpenClaw cannot load this config; repair it first') };
  const whole = editFiles(document, changes);
  const { refused } = judge(whole);
  if (refused === undefined) return { edit: whole, declined: [] };
  if (changes.length > TRIED_ALONE) return { edit: nothing, declined: refuse(changes, refused) };
  const alone = changes.map((change) => ({ change, refused: judge(editFiles(document, [change])).refused }));
  const declined = alone.flatMap(({ change, refused: why }) => (why === undefined ? [] : refuse([change], why)));
  const good = alone.filter((a) => a.refused === undefined).map((a) => a.change);
  const rest = editFiles(document, good);
  const together = judge(rest);
  if (together.refused === undefined) return { edit: rest, declined };
  return { edit: nothing, declined: [...declined, ...refuse(good, together.refused)] };
}

/** Why the target version would refuse the config after the change, when it did not before. */
function newProblem(before: Model, after: Model): string | undefined {
  if (before.settings.document.loadable && !after.settings.document.loadable)
    return 'OpenClaw could not load the result';
  const known = new Set((before.validation?.problems ?? []).map((p) => `${p.kind} ${formatKeyPath(p.path)}`));
  const fresh = after.validation?.problems.find((p) => !known.has(`${p.kind} ${formatKeyPath(p.path)}`));
  return (
    fresh && `OpenClaw ${after.target.version} would refuse ${formatKeyPath(fresh.path)}: it expects ${fresh.expected}`
  );
}

function plannedKey({ path, file, title, sideEffect, words }: PlacedChange): PlannedKey {
  const key = formatKeyPath(path);
  return { key, file, title, change: `${key}=${words}`, ...(sideEffect === undefined ? {} : { sideEffect }) };
}

/** Roles whose files and directories are for nobody but the owner. */
const PRIVATE = new Set([
  'state-dir',
  'config',
  'config-include',
  'config-backup',
  'dotenv',
  'credentials-dir',
  'credential',
  'agents-dir',
  'agent-dir',
  'auth-profiles',
  'sessions-dir',
  'sessions-store',
  'transcript',
  'sqlite',
  'log-dir',
  'log',
  'exec-approvals',
  'identity',
]);

/** True when a role's files are made private by `--fix`. */
export function isPrivateRole(role: string): boolean {
  return PRIVATE.has(role);
}

/** Keys and paths of the findings that were accepted. */
function acceptedPlaces(report: Report): ReadonlySet<string> {
  return new Set((report.suppressedFindings ?? []).map((f) => formatRef(f.refs[0]!)));
}

/** Named files of the private roles, whatever the findings name, and what the walk found. */
function modeFacts(
  snapshot: Snapshot,
  asked: readonly string[],
  accepted: ReadonlySet<string>,
  request: PlanRequest,
): ModeFacts {
  const { named, model } = snapshot.files;
  const { only, skip } = request.selection;
  const all = idSelected('fs', only, skip);
  const wanted = new Set(asked);
  const owner = named.find((f) => f.role === 'state-dir')?.uid;
  if (model === 'windows') return { targets: [], shared: [], owner, self: null };
  const walked = new Map(request.targets.map((t) => [t.path, t]));
  const targets = named.flatMap((f): ModeTarget[] => {
    if (!wanted.has(f.path) && !(all && isPrivateRole(f.role))) return [];
    const target = namedTarget(f, walked.get(f.path)?.realPath);
    return target ? [target] : [];
  });
  // A finding about many files names one of them; accepting it accepts all of its kind.
  const kind = (t: ModeTarget) => `${t.role}/${t.agent ?? ''}`;
  const kinds = new Set(request.targets.filter((t) => t.walked && accepted.has(t.path)).map(kind));
  const others = all ? request.targets.filter((t) => t.walked && !kinds.has(kind(t))) : [];
  const own = targets.filter((t) => !accepted.has(t.path));
  return { targets: [...own, ...others], shared: request.shared, owner, self: snapshot.host.uid };
}

/** The texts of a plan written into a config, for whoever asks another judge. */
export function plannedConfig(snapshot: Snapshot, plan: FixPlan): Snapshot['config'] {
  return withFiles(snapshot.config, plan.files);
}
