import type { FindingName, FixPlanSummary, OpenRemedy } from '../core/fix-plan.ts';
import type { FixResult } from '../core/fix-result.ts';
import { formatMode, plural, visible } from '../core/text.ts';
import { Page, type PageOptions } from './page.ts';
import type { Style } from './terminal.ts';

export type FixTextOptions = PageOptions;

const SHOWN_MODES = 12;
const SHOWN_LEFT = 20;

/** A plan for people: what changes, what that does, what stays. */
export function renderPlan(plan: FixPlanSummary, remedies: readonly OpenRemedy[], options: FixTextOptions): string {
  const page = new FixPage(options);
  if (plan.keys.length + plan.modes.length === 0) page.line('Nothing to fix: no safe fix is open.').blank();
  page.config(plan);
  page.diffs(plan.diffs);
  page.modes(plan.modes.map(({ path, from, to }) => `${formatMode(from)} -> ${formatMode(to)}  ${page.path(path)}`));
  page.untouched(plan.declined, plan.notes);
  page.remedies(remedies);
  page.prediction(plan);
  return page.toString();
}

/** What a fix did, for people. */
export function renderFixed(result: FixResult, plan: FixPlanSummary, options: FixTextOptions): string {
  const page = new FixPage(options);
  const { resolves, leaves } = plan.prediction;
  if (!result.ok) {
    page.heading('FIX FAILED', 'red');
    for (const error of result.errors) page.wrapped(visible(error, 1000));
    return page.blank().toString();
  }
  if (plan.keys.length + plan.modes.length === 0) {
    page.line('Nothing to fix: nothing was changed.').blank();
    page.untouched(result.declined, result.notes);
    return page.toString();
  }
  page.heading(result.dryRun ? 'WOULD BE FIXED' : 'FIXED', 'green');
  page.config(plan);
  if (result.dryRun) page.diffs(plan.diffs);
  const failed = new Set(result.actions.filter((a) => a.error !== undefined).map((a) => a.path));
  page.modes(
    plan.modes
      .filter((m) => !failed.has(m.path))
      .map(({ path, from, to }) => `${formatMode(from)} -> ${formatMode(to)}  ${page.path(path)}`),
  );
  page.untouched(result.declined, result.notes);
  page.left(leaves.filter((f) => f.severity !== 'info'));
  if (result.dryRun) page.wrapped(`Would resolve ${plural(resolves.length, 'finding')}. Nothing was changed.`);
  else {
    page.wrapped(`Resolved ${plural(resolves.length, 'finding')}; ${leaves.length} left.`);
    if (result.id !== undefined) page.wrapped(`Take it back with: openclaw-security undo ${result.id}`);
  }
  return page.blank().toString();
}

class FixPage extends Page<FixTextOptions> {
  config({ keys }: FixPlanSummary): void {
    if (keys.length === 0) return;
    this.line(this.style(`Config (${keys.length})`, 'bold'));
    for (const k of keys) {
      this.line(`  ${visible(k.change, 300)}`);
      this.line(this.style(`    in ${this.path(k.file)}`, 'dim'));
    }
    for (const effect of new Set(keys.flatMap((k) => k.sideEffect ?? [])))
      this.wrapped(`  ${visible(effect, 500)}`, '  ');
    this.blank();
  }

  diffs(diffs: FixPlanSummary['diffs']): void {
    for (const { text } of diffs) {
      for (const row of text.trimEnd().split('\n')) {
        const color: Style[] = /^(?:---|\+\+\+|@@)/.test(row)
          ? ['dim']
          : row.startsWith('-')
            ? ['red']
            : row.startsWith('+')
              ? ['green']
              : [];
        this.line(`  ${this.style(row, ...color)}`);
      }
      this.blank();
    }
  }

  modes(rows: readonly string[]): void {
    if (rows.length === 0) return;
    this.line(this.style(`Permissions (${rows.length})`, 'bold'));
    for (const row of rows.slice(0, SHOWN_MODES)) this.line(`  ${row}`);
    if (rows.length > SHOWN_MODES) this.line(`  and ${rows.length - SHOWN_MODES} more; --json lists them all`);
    this.blank();
  }

  untouched(declined: FixPlanSummary['declined'], notes: readonly string[]): void {
    if (declined.length + notes.length === 0) return;
    this.line(this.style('Left alone', 'bold'));
    for (const { what, reason } of declined.slice(0, SHOWN_LEFT))
      this.wrapped(`${this.path(what)}: ${visible(reason, 500)}`, '  ');
    if (declined.length > SHOWN_LEFT) this.line(`  and ${declined.length - SHOWN_LEFT} more; --json lists them all`);
    for (const note of notes) this.wrapped(visible(note, 500), '  ');
    this.blank();
  }

  left(findings: readonly FindingName[]): void {
    if (findings.length === 0) return;
    this.line(this.style(`Left for you (${findings.length})`, 'bold'));
    for (const f of findings.slice(0, SHOWN_LEFT))
      this.wrapped(`${f.severity}: ${visible(f.title)} (${f.checkId})`, '  ');
    if (findings.length > SHOWN_LEFT) this.line(`  and ${findings.length - SHOWN_LEFT} more`);
    this.wrapped('See each remedy with: openclaw-security fix plan --all', '  ', 'dim');
    this.blank();
  }

  remedies(remedies: readonly OpenRemedy[]): void {
    if (remedies.length === 0) return;
    this.heading('LEFT FOR YOU');
    for (const r of remedies) {
      this.wrapped(`${r.finding.severity}: ${visible(r.finding.title)}`, '', 'bold');
      this.line(this.style(`  ${visible(r.finding.checkId)}  ${this.path(r.finding.at)}`, 'dim'));
      if (r.advice !== undefined) this.wrapped(visible(r.advice, 2000), '  ');
      else this.wrapped(`${visible(r.title)} (${r.safety})`, '  ');
      if (r.sideEffect !== undefined) this.wrapped(visible(r.sideEffect, 500), '  ');
      if (r.refused !== undefined) this.wrapped(`Not as it stands: ${visible(r.refused, 500)}`, '  ');
      for (const command of r.commands) this.line(`  $ ${visible(command, 1000)}`);
      this.blank();
      this.diffs(r.diffs);
    }
  }

  prediction({ prediction }: FixPlanSummary): void {
    const { resolves, introduces, leaves } = prediction;
    this.line(`resolves ${resolves.length}, introduces ${introduces.length}, leaves ${leaves.length}`);
  }
}
