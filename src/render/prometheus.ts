import type { ExposureReport } from '../core/exposure.ts';
import type { Outcome } from '../core/finding.ts';
import type { Report } from '../core/report.ts';
import { SEVERITIES } from '../core/severity.ts';
import { prometheusLabel } from './escape.ts';
import { countPaths } from './exposure-words.ts';

type Labels = Readonly<Record<string, string>>;

const OUTCOMES: readonly Outcome[] = ['pass', 'fail', 'unknown', 'not-applicable', 'skipped', 'error'];

/** Gauges in the Prometheus text format, for the textfile collector of the node exporter. */
export function renderPrometheus(report: Report): string {
  const page = new MetricsPage();
  const { summary, outcomes, coverage, target, tool } = report;
  page.gauge('info', 'Versions of the auditor and of the OpenClaw that was judged for; always 1.', [
    [{ version: tool.version, openclaw_version: target.openclawVersion }, 1],
  ]);
  page.gauge('audit_timestamp_seconds', 'When the facts of the last audit were collected.', [[{}, report.ts / 1000]]);
  page.gauge('config_valid', '1 when the config is one that OpenClaw loads, else 0.', [
    [{}, Number(target.configStatus === 'ok')],
  ]);
  page.gauge(
    'findings',
    'Findings by severity, without suppressed ones.',
    SEVERITIES.map((severity) => [{ severity }, summary[severity]]),
  );
  page.gauge('suppressed_findings', 'Findings that are accepted.', [[{}, report.suppressedFindings?.length ?? 0]]);
  page.gauge(
    'checks',
    'Checks by outcome.',
    OUTCOMES.map((outcome) => [{ outcome }, outcomes[outcome]]),
  );
  page.gauge('coverage_gaps', 'Places that could not be read.', [[{}, coverage.gaps.length]]);
  page.gauge('check_findings', 'Findings by check and severity.', findingsByCheck(report));
  const { baseline, exposure } = report;
  if (exposure) {
    page.gauge(
      'paths',
      'Ways from somebody to something worth protecting on which no boundary holds.',
      pathSeries(exposure),
    );
    page.gauge('critical_paths', 'Paths that are critical.', [[{}, countPaths(exposure).critical]]);
    page.gauge('critical_paths_after_cut', 'Critical paths that the smallest set of proposed edits leaves open.', [
      [{}, exposure.cut.of - exposure.cut.closes],
    ]);
    page.gauge('cut_edits', 'Edits of the smallest set that closes the most critical paths.', [
      [{}, exposure.cut.edits.length],
    ]);
  }
  if (baseline)
    page.gauge(
      'baseline_findings',
      'Findings compared with the baseline.',
      (['new', 'worse', 'known', 'gone'] as const).map((state) => [{ state }, baseline[state]]),
    );
  return page.toString();
}

/** `open`, or `possible` where a boundary could not be judged. */
function pathSeries({ paths }: ExposureReport): (readonly [Labels, number])[] {
  const counts = new Map<string, [Labels, number]>();
  for (const { principal, asset, state } of paths) {
    const key = `${principal} ${asset} ${state}`;
    const series = counts.get(key) ?? [{ principal, asset, state }, 0];
    counts.set(key, [series[0], series[1] + 1]);
  }
  return [...counts.values()];
}

function findingsByCheck({ findings }: Report): (readonly [Labels, number])[] {
  const counts = new Map<string, [Labels, number]>();
  for (const { checkId, severity } of findings) {
    // Names that differ only where they are cut would be one series given twice.
    const check = prometheusLabel(checkId);
    const series = counts.get(`${severity} ${check}`) ?? [{ check: checkId, severity }, 0];
    counts.set(`${severity} ${check}`, [series[0], series[1] + 1]);
  }
  return [...counts.values()];
}

class MetricsPage {
  private readonly lines: string[] = [];

  gauge(name: string, help: string, series: readonly (readonly [Labels, number])[]): void {
    const full = `openclaw_security_${name}`;
    this.lines.push(`# HELP ${full} ${help}`, `# TYPE ${full} gauge`);
    for (const [labels, value] of series) {
      const shown = Object.entries(labels).map(([key, text]) => `${key}="${prometheusLabel(text)}"`);
      this.lines.push(`${full}${shown.length > 0 ? `{${shown.join(',')}}` : ''} ${value}`);
    }
  }

  toString(): string {
    return `${this.lines.join('\n')}\n`;
  }
}
