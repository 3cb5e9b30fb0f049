import type { ExposureReport } from '../core/exposure.ts';
import type { CheckOutcome, Finding, Location } from '../core/finding.ts';
import { PRODUCT_NAME } from '../core/product.ts';
import type { Report } from '../core/report.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import { plural, visible } from '../core/text.ts';
import { Page, type PageOptions } from './page.ts';
import { displayWidth, type Style, wrapText } from './terminal.ts';

export interface TextOptions extends PageOptions {
  /** Lists what passed, is unknown, or was skipped. */
  readonly verbose?: boolean;
  /** Only the summary line. */
  readonly quiet?: boolean;
}

const HEADINGS: Record<Severity, readonly [string, Style]> = {
  critical: ['CRITICAL', 'red'],
  warn: ['WARNING', 'yellow'],
  info: ['NOTE', 'blue'],
};

/** The report for people: worst first, each finding with its place, its reason and the next step. */
export function renderText(report: Report, options: TextOptions): string {
  const page = new ReportPage(options);
  if (options.quiet) return `${summaryLine(report)}\n`;
  page.header(report);
  for (const severity of SEVERITIES) {
    const findings = report.findings.filter((f) => f.severity === severity);
    if (findings.length > 0) page.section(severity, findings);
  }
  if (report.findings.length === 0) page.line('Nothing to report.').blank();
  page.suppressed(report);
  page.gaps(report);
  if (options.verbose) page.coverage(report.coverage.checks);
  if (report.exposure) page.line(pathsLine(report.exposure));
  page.line(summaryLine(report));
  return page.toString();
}

/** `2 critical, 3 warnings, 1 note; 118 checks passed, 7 failed, 3 unknown, 2 need --deep.` */
export function summaryLine(report: Report): string {
  const { critical, warn, info } = report.summary;
  const found = [
    ...(critical ? [`${critical} critical`] : []),
    ...(warn ? [plural(warn, 'warning')] : []),
    ...(info ? [plural(info, 'note')] : []),
  ];
  const o = report.outcomes;
  const checks = [
    `${plural(o.pass, 'check')} passed`,
    `${o.fail} failed`,
    ...(o.unknown ? [`${o.unknown} unknown`] : []),
    ...(o.skipped ? [`${o.skipped} need --deep`] : []),
    ...(o.error ? [`${o.error} in error`] : []),
  ];
  const hidden = report.suppressedFindings?.length ?? 0;
  const { baseline } = report;
  const since = baseline
    ? ` (${baseline.new} new, ${baseline.worse} worse, ${baseline.gone} gone since the baseline)`
    : '';
  return `${found.length ? found.join(', ') : 'No findings'}${hidden ? ` (${hidden} suppressed)` : ''}${since}; ${checks.join(', ')}.`;
}

/** Where to look for who can reach what. */
function pathsLine({ paths }: ExposureReport): string {
  const critical = paths.filter((p) => p.severity === 'critical').length;
  return `${plural(critical, 'critical attack path')}; see each with: ${PRODUCT_NAME} paths`;
}

class ReportPage extends Page<TextOptions> {
  header(report: Report): void {
    const { target } = report;
    const from = {
      option: 'as asked',
      installed: 'installed',
      config: 'named in the config',
      'newest-known': 'the newest known',
    }[target.versionSource];
    this.line(this.style(`OpenClaw security audit of ${this.path(target.stateDir)}`, 'bold'));
    this.wrapped(
      `Judged for OpenClaw ${target.openclawVersion} (${from}); config ${this.path(target.configPath)} is ${CONFIG_WORDS[target.configStatus]}.`,
      '',
      'dim',
    );
    this.blank();
  }

  section(severity: Severity, findings: readonly Finding[]): void {
    const [word, color] = HEADINGS[severity];
    this.line(this.style(`${word}${findings.length > 1 ? ` (${findings.length})` : ''}`, 'bold', color)).blank();
    for (const f of findings) this.finding(f);
  }

  private finding(f: Finding): void {
    const place = f.locations[0];
    for (const l of wrapText(visible(f.title, 300), this.width)) this.line(this.style(l, 'bold'));
    const where = place ? this.place(place) : '';
    const gap = this.width - displayWidth(f.checkId) - displayWidth(where) - 2;
    if (gap >= 2) this.line(`  ${this.style(f.checkId, 'dim')}  ${where}`);
    else this.line(`  ${this.style(visible(f.checkId), 'dim')}`).line(`  ${where}`);
    this.wrapped(visible(this.shorten(f.detail), 2000), '  ');
    if (place?.excerpt) this.excerpt(place);
    for (const other of f.locations.slice(1, 4)) this.line(this.style(`  also ${this.place(other)}`, 'dim'));
    if (f.locations.length > 4) this.line(this.style(`  and ${plural(f.locations.length - 4, 'more place')}`, 'dim'));
    this.labelled('Why', f.why);
    if (f.remediation) this.labelled('Next', f.remediation);
    this.blank();
  }

  private excerpt(place: Location): void {
    const { startLine, lines, mark } = place.excerpt!;
    const digits = String(startLine + lines.length - 1).length;
    const room = this.width - digits - 6;
    // A long line is shown from a little before the place that is meant.
    const from = mark && mark[0] + 12 > room ? Math.max(0, mark[0] - 21) : 0;
    const shown = (raw: string) => {
      const text = raw.slice(from).replaceAll('\t', '  ');
      return visible(from > 0 && text !== '' ? `…${text}` : text, room);
    };
    lines.forEach((raw, i) => {
      this.line(`  ${this.style(`${String(startLine + i).padStart(digits)} |`, 'dim')} ${shown(raw)}`);
    });
    if (!mark) return;
    const before = (lines[lines.length - 1] ?? '').slice(from, mark[0] - 1).replaceAll('\t', '  ');
    const indent = displayWidth(before) + Number(from > 0);
    const length = Math.max(1, Math.min(mark[1] - mark[0], room - indent));
    const under = `${' '.repeat(indent)}${'^'.repeat(length)}`;
    this.line(`  ${' '.repeat(digits)} ${this.style('|', 'dim')} ${this.style(under, 'yellow')}`);
  }

  private labelled(label: string, text: string): void {
    const indent = 2 + 6;
    wrapText(visible(this.shorten(text), 2000), this.width - indent).forEach((l, i) => {
      this.line(`  ${i === 0 ? this.style(label.padEnd(6), 'dim') : ' '.repeat(6)}${l}`);
    });
  }

  suppressed(report: Report): void {
    const idle = report.suppressions;
    for (const [list, what] of [
      [idle?.expired ?? [], 'is past its last day and suppresses nothing'],
      [idle?.unused ?? [], 'matches no finding'],
    ] as const)
      for (const s of list)
        this.wrapped(visible(`Suppression of ${s.id}${s.owner ? ` (${s.owner})` : ''} ${what}.`, 300), '', 'yellow');
    if ((idle?.expired.length ?? 0) + (idle?.unused.length ?? 0) > 0) this.blank();
    const list = report.suppressedFindings ?? [];
    if (list.length === 0) return;
    this.line(this.style(`SUPPRESSED (${list.length})`, 'bold')).blank();
    for (const f of list) {
      const by = f.suppression.reason ? `: ${f.suppression.reason}` : '';
      this.wrapped(visible(`${f.severity} ${f.checkId}${by}`, 500), '  ', 'dim');
    }
    this.blank();
  }

  gaps(report: Report): void {
    const { gaps, checks } = report.coverage;
    const open = checks.filter((c) => c.outcome === 'unknown' || c.outcome === 'error');
    if (gaps.length === 0 && open.length === 0) return;
    this.line(this.style('NOT KNOWN', 'bold')).blank();
    for (const g of gaps.slice(0, 10)) this.wrapped(visible(`${this.path(g.what)}: ${g.reason}`, 500), '  ');
    if (gaps.length > 10) this.line(`  and ${gaps.length - 10} more places that could not be read`);
    const shown = this.options.verbose ? open : open.slice(0, 6);
    for (const c of shown) this.wrapped(outcomeText(c), '  ');
    if (open.length > shown.length) this.line(`  and ${open.length - shown.length} more; --verbose lists them`);
    this.blank();
  }

  coverage(checks: readonly CheckOutcome[]): void {
    for (const [outcome, title] of [
      ['pass', 'PASSED'],
      ['not-applicable', 'NOT APPLICABLE'],
      ['skipped', 'NEEDS --deep'],
    ] as const) {
      const list = checks.filter((c) => c.outcome === outcome);
      if (list.length === 0) continue;
      this.line(this.style(`${title} (${list.length})`, 'bold')).blank();
      for (const c of list) this.wrapped(outcome === 'pass' ? c.checkId : outcomeText(c), '  ', 'dim');
      this.blank();
    }
  }

  private place(l: Location): string {
    const file = this.path(l.file);
    const at = l.line === undefined ? file : `${file}:${l.line}:${l.column ?? 1}`;
    const key = l.keyPath ? ` ${visible(l.keyPath)}${l.exact ? '' : ' (not set)'}` : '';
    return `${at}${key}`;
  }

  /** The same for paths within a sentence. */
  private shorten(text: string): string {
    const home = this.options.homeDir;
    return home && home.length > 1 ? text.replaceAll(`${home}/`, '~/') : text;
  }
}

const CONFIG_WORDS: Record<Report['target']['configStatus'], string> = {
  ok: 'readable',
  invalid: 'not one that OpenClaw would load, audited as far as it goes',
  missing: 'absent, so defaults apply',
  unreadable: 'not readable',
};

function outcomeText(c: CheckOutcome): string {
  const at = c.at ? ` (${c.at})` : '';
  return visible(`${c.checkId}: ${c.reason ?? c.outcome}${at}`, 500);
}
