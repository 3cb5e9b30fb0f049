import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { type AuditRequest, auditSnapshot } from '../audit.ts';
import { CHECKS } from '../checks/registry.ts';
import { collectFixTargets, type FixTargets, linkTargetOf } from '../collect/fix-targets.ts';
import { eraForVersion, loadSchemaTable } from '../config/schema/tables.ts';
import { PRODUCT_VERSION } from '../core/product.ts';
import type { Report } from '../core/report.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { FileWrite, ModeChange, Transaction } from '../core/transaction.ts';
import { apply } from '../fix/apply/apply.ts';
import { FixError } from '../fix/apply/errors.ts';
import { defaultJournalDir } from '../fix/apply/journal-dir.ts';
import type { RolledBack, Verify } from '../fix/apply/transaction.ts';
import type { FileEdit } from '../fix/edit-files.ts';
import { type FixPlan, isDanger, planFixes } from '../fix/plan.ts';
import { compareReports } from '../fix/predict.ts';
import type { FixSelection } from '../fix/wishes.ts';
import { Model } from '../model/model.ts';
import { type HomeOptions, loadSnapshot, resolveHomeFacts } from './home.ts';
import { type Io, UsageError } from './io.ts';

/** A home, what is wrong with it, and what a fix would do. */
export interface Planned {
  readonly snapshot: Snapshot;
  readonly report: Report;
  readonly targets: FixTargets;
  readonly plan: FixPlan;
  readonly selection: FixSelection;
  readonly accepted: Accepted;
}

/** What came of a fix. */
export type Fixed =
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'applied'; readonly id: string; readonly changed: readonly string[] }
  | { readonly outcome: 'failed'; readonly error: FixError; readonly rolledBack?: RolledBack };

/** Findings that are accepted, and those known from before. */
export type Accepted = Pick<AuditRequest, 'suppressions' | 'baseline'>;

/** Collects, judges and plans. The gateway is not asked: no fix depends on what it answers. */
export async function planHome(
  asked: HomeOptions,
  wanted: FixSelection & { readonly editIds?: readonly string[] },
  io: Io,
  accepted: Accepted = {},
): Promise<Planned> {
  const options = { ...asked, deep: false };
  if (options.from !== undefined)
    throw new UsageError('a snapshot cannot be fixed; run the fix on the machine that it was made on');
  const snapshot = await loadSnapshot(options, io);
  const report = await auditSnapshot(snapshot, accepted);
  const targets = collectFixTargets(snapshot);
  const selection = wanted.editIds ? await withEdits(wanted, wanted.editIds, snapshot) : wanted;
  return {
    snapshot,
    report,
    targets,
    accepted,
    selection,
    plan: await planFor(snapshot, report, targets, selection, accepted),
  };
}

/** The edits that `paths` proposes for this home, by their ids. */
async function withEdits(selection: FixSelection, ids: readonly string[], snapshot: Snapshot): Promise<FixSelection> {
  const { proposedEdits } = await import('../engine/exposure.ts');
  const known = proposedEdits(new Model(snapshot));
  const chosen = ids.map((id) => {
    const edit = known.get(id);
    if (!edit)
      throw new UsageError(
        `paths proposes no edit ${id} for this home`,
        'List them with: openclaw-security paths --all',
      );
    if (edit.fix.safety === 'manual')
      throw new UsageError(
        `${id} needs a secret or a decision of yours: ${edit.fix.title}`,
        'openclaw-security paths says what to run.',
      );
    return edit;
  });
  return {
    ...selection,
    only: [...selection.only, ...(chosen.some((e) => e.walked) ? ['fs'] : [])],
    edits: chosen.map((e) => e.fix),
  };
}

async function planFor(
  snapshot: Snapshot,
  report: Report,
  targets: FixTargets,
  selection: FixSelection,
  { suppressions }: Accepted,
): Promise<FixPlan> {
  return planFixes(snapshot, report, {
    selection,
    toolVersion: PRODUCT_VERSION,
    checks: CHECKS,
    schemaTable: await loadSchemaTable(eraForVersion(report.target.openclawVersion).era),
    targets: targets.targets,
    shared: targets.shared,
    ...(suppressions ? { suppressions } : {}),
  });
}

/** Where this home's transactions are recorded. */
export function journalOf(snapshot: Snapshot, io: Io): string {
  return defaultJournalDir({
    platform: process.platform,
    env: io.env,
    home: homedir(),
    stateDir: snapshot.home.stateDir,
  });
}

/** The same without reading the home. */
export async function journalFor(options: HomeOptions, io: Io): Promise<string> {
  const { stateDir } = await resolveHomeFacts(options, io);
  return defaultJournalDir({ platform: process.platform, env: io.env, home: homedir(), stateDir });
}

/**
 * Applies a plan as one transaction and audits again before it is kept. A path whose mode may not be changed after all
 * (a mount, a file that went away meanwhile) is left out and named; nothing else is done in part.
 */
export async function applyPlan(
  planned: Planned,
  options: HomeOptions,
  io: Io,
): Promise<{ fixed: Fixed; unmade: readonly { path: string; reason: string }[] }> {
  const { snapshot, plan } = planned;
  if (plan.files.length + plan.modes.length === 0) return { fixed: { outcome: 'unchanged' }, unmade: [] };
  const journalDir = journalOf(snapshot, io);
  const unmade: { path: string; reason: string }[] = [];
  for (;;) {
    const skip = new Set(unmade.map((u) => u.path));
    try {
      const transaction = transactionFor(planned, skip);
      const result = await apply(transaction, { journalDir, verify: verifyAgainst(planned, skip, options, io) });
      if (result.outcome === 'rolled-back')
        return { fixed: { outcome: 'failed', error: result.cause, rolledBack: result }, unmade };
      return { fixed: result, unmade };
    } catch (error) {
      if (!(error instanceof FixError)) throw error;
      const more = error.code === 'precondition' ? modesOnly(planned, error) : undefined;
      if (!more) return { fixed: { outcome: 'failed', error }, unmade };
      unmade.push(...more);
    }
  }
}

/** The paths in the way, when all of them are only about modes. */
function modesOnly(planned: Planned, error: FixError): { path: string; reason: string }[] | undefined {
  const written = new Set(planned.plan.files.map((f) => f.before.path));
  const modes = new Set(planned.plan.modes.map((m) => m.path));
  if (error.problems.length === 0) return undefined;
  if (error.problems.some((p) => written.has(p.path) || !modes.has(p.path))) return undefined;
  return error.problems.map(({ path, message }) => ({ path, reason: message.replace(`${path}: `, '') }));
}

function transactionFor({ snapshot, targets, plan }: Planned, skip: ReadonlySet<string>): Transaction {
  const writes = plan.files.map((f) => fileWrite(f, snapshot.home.stateDir));
  const modes = plan.modes
    .filter((m) => !skip.has(m.path))
    .map(({ path, from, to, dir, target }): ModeChange => {
      const { realPath } = target;
      return { kind: 'chmod', path, from, to, dir, ...(realPath === undefined ? {} : { realPath }) };
    });
  const keys = plan.summary.keys.length;
  return {
    stateDir: snapshot.home.stateDir,
    realStateDir: targets.realStateDir,
    description: `Fix: ${keys} config ${keys === 1 ? 'key' : 'keys'}, ${modes.length} ${modes.length === 1 ? 'mode' : 'modes'}`,
    operations: [...writes, ...modes],
  };
}

const BOM = '\ufeff';

function fileWrite({ before, after }: FileEdit, stateDir: string): FileWrite {
  const bytes = (text: string) => Buffer.from(before.bom ? BOM + text : text, 'utf8');
  const old = bytes(before.text);
  if (!sameBytes(old, before.path))
    throw new FixError(
      'precondition',
      `${before.path}: it has changed since, or is not UTF-8 throughout; run it again`,
      {
        path: before.path,
      },
    );
  const realPath = linkTargetOf(before.path, stateDir);
  return {
    kind: 'write',
    path: before.path,
    ...(realPath === undefined ? {} : { realPath }),
    expect: { sha256: createHash('sha256').update(old).digest('hex') },
    bytes: bytes(after.text),
  };
}

function sameBytes(expected: Buffer, path: string): boolean {
  try {
    return readFileSync(path).equals(expected);
  } catch {
    return false;
  }
}

/** Collects and judges again: every finding that was to go is gone, and none came. */
function verifyAgainst(planned: Planned, skipped: ReadonlySet<string>, options: HomeOptions, io: Io): Verify {
  return async () => {
    const after = await auditSnapshot(await loadSnapshot({ ...options, deep: false }, io), planned.accepted);
    const { introduces } = compareReports(planned.report, after);
    const danger = introduces.find((f) => isDanger(f, planned.selection));
    if (danger) return { ok: false, reason: `${danger.checkId} appeared (${danger.at})` };
    // With paths left out the prediction no longer holds for files; the config is judged all the same.
    const standing = new Set(after.findings.map((f) => f.fingerprint));
    const open = planned.plan.summary.prediction.resolves.find(
      (f) => standing.has(f.fingerprint) && (skipped.size === 0 || !f.checkId.startsWith('fs.')),
    );
    return open ? { ok: false, reason: `${open.checkId} is still there (${open.at})` } : { ok: true };
  };
}
