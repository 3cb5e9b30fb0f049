import type { CheckOutcome } from '../core/finding.ts';
import type { Report } from '../core/report.ts';
import { type Catalogue, checkFinder } from '../core/rule.ts';
import { SEVERITIES } from '../core/severity.ts';
import { html } from './escape.ts';
import { countPaths } from './exposure-words.ts';
import { badge, findingHtml, SEVERITY_WORDS } from './html-finding.ts';
import { fixPlanHtml, hasFixPlan } from './html-fix-plan.ts';
import { pathsHtml } from './html-paths.ts';
import { PATHS_SCRIPT } from './html-paths-script.ts';
import { PATHS_STYLE } from './html-paths-style.ts';
import { HTML_SCRIPT } from './html-script.ts';
import { HTML_STYLE } from './html-style.ts';

export interface HtmlOptions {
  readonly catalogue: Catalogue;
  /** SHA-256 of a text in UTF-8, in Base64: the page lets only its own script and style work. */
  readonly sha256: (text: string) => string;
}

/**
 * The report as one HTML file that asks nobody for anything. All of it is there without the script, which only hides,
 * finds and copies. The Content-Security-Policy lets nothing else run or load, whatever a name holds.
 */
export function renderHtml(report: Report, { catalogue, sha256 }: HtmlOptions): string {
  const { exposure } = report;
  const script = exposure ? HTML_SCRIPT + PATHS_SCRIPT : HTML_SCRIPT;
  const style = exposure ? HTML_STYLE + PATHS_STYLE : HTML_STYLE;
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script)}'`,
    `style-src 'sha256-${sha256(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en" class="no-script">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>OpenClaw security audit</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
${head(report)}
<main>
${jumps(report)}
${tiles(report)}
${exposure ? pathsHtml(exposure, { baseDir: report.target.stateDir }) : ''}
${findings(report, catalogue)}
${fixPlanHtml(report)}
${accepted(report)}
${coverage(report)}
</main>
<footer>${html(report.tool.name)} ${html(report.tool.version)}</footer>
<div id="said" class="sr" role="status"></div>
<script>${script}</script>
</body>
</html>
`;
}

/** From here on the browser lays findings out only when they come into sight; jumps are less exact then. */
const LONG = 150;

const CONFIG_WORDS: Readonly<Record<Report['target']['configStatus'], string>> = {
  ok: 'readable',
  invalid: 'not one that OpenClaw would load, audited as far as it goes',
  missing: 'absent, so defaults apply',
  unreadable: 'not readable',
};

function head({ target, ts }: Report): string {
  const time = new Date(ts).toISOString();
  return `<header>
<div class="top"><h1>OpenClaw security audit</h1><button type="button" id="theme" class="theme needs-script">Light or dark</button></div>
<p><code>${html(target.stateDir, 300)}</code></p>
<p class="dim">Judged for OpenClaw ${html(target.openclawVersion)}; config <code>${html(target.configPath, 300)}</code> is ${CONFIG_WORDS[target.configStatus]}. Collected <time datetime="${time}">${time.slice(0, 16).replace('T', ' ')} UTC</time>.</p>
</header>`;
}

function jumps({ exposure, findings: list, suppressedFindings, coverage: { gaps }, outcomes }: Report): string {
  const links = [
    ...(exposure ? [['paths', 'Attack paths', countPaths(exposure).all] as const] : []),
    ['findings', 'Findings', list.length] as const,
    ...(hasFixPlan(list) ? [['fixes', 'Fix plan', undefined] as const] : []),
    ...(suppressedFindings ? [['accepted', 'Suppressed', suppressedFindings.length] as const] : []),
    ['coverage', 'Coverage', gaps.length + outcomes.unknown + outcomes.error] as const,
  ].map(
    ([id, title, n]) =>
      `<li><a href="#${id}">${title}</a>${n === undefined ? '' : ` <span class="dim">${n}${id === 'coverage' ? ' not known' : ''}</span>`}</li>`,
  );
  return `<nav class="jump" aria-label="Parts of the report"><ul>${links.join('')}</ul></nav>`;
}

function tiles({ summary, outcomes, suppressedFindings, baseline, exposure }: Report): string {
  const tile = (name: string, value: number, of = '') => `<div class="${of}"><dt>${name}</dt><dd>${value}</dd></div>`;
  return `<section aria-label="Summary"><dl class="tiles">${[
    tile('Critical', summary.critical, 'critical'),
    tile('Warnings', summary.warn, 'warn'),
    tile('Notes', summary.info, 'info'),
    ...(exposure ? [tile('Critical paths', countPaths(exposure).critical, 'critical')] : []),
    tile('Passed', outcomes.pass),
    tile('Not judged', outcomes.unknown + outcomes.error),
    ...(outcomes.skipped > 0 ? [tile('Skipped', outcomes.skipped)] : []),
    ...(suppressedFindings ? [tile('Suppressed', suppressedFindings.length)] : []),
    ...(baseline ? [tile('New since the baseline', baseline.new), tile('Worse', baseline.worse)] : []),
  ].join('')}</dl></section>`;
}

function findings({ findings: list, summary, target, exposure }: Report, catalogue: Catalogue): string {
  if (list.length === 0)
    return '<section aria-labelledby="findings"><h2 id="findings" tabindex="-1">Findings</h2><p>Nothing to report.</p></section>';
  const rules = new Map(catalogue.rules.map((r) => [r.id, r]));
  const checkOf = checkFinder([...rules.keys()]);
  const areas = [...new Set(list.map((f) => f.checkId.split('.')[0]!))].sort();
  const boxes = SEVERITIES.map(
    (s) => `<label><input type="checkbox" value="${s}" checked>${SEVERITY_WORDS[s]} (${summary[s]})</label>`,
  ).join('');
  const options = areas.map((a) => `<option value="${html(a)}">${html(a, 60)}</option>`).join('');
  return `<section aria-labelledby="findings"${list.length > LONG ? ' class="long"' : ''}><h2 id="findings" tabindex="-1">Findings</h2>
<div class="bar needs-script" role="search" aria-label="Findings">
<fieldset><legend class="sr">Severity</legend>${boxes}</fieldset>
<label>Area <select id="area"><option value="">all</option>${options}</select></label>
<label class="grow">Search <input type="search" id="search" autocomplete="off"></label>
<button type="button" id="unfold">Unfold or fold</button>
<span id="count" class="dim" role="status"></span>
</div>
${list.map((f) => findingHtml(f, rules.get(checkOf(f.checkId) ?? ''), { baseDir: target.stateDir }, exposure !== undefined)).join('\n')}
</section>`;
}

function accepted({ suppressedFindings, suppressions }: Report): string {
  const list = suppressedFindings ?? [];
  const idle = [
    ...(suppressions?.expired ?? []).map((s) => `<li>${html(s.id, 300)}: past its last day, suppresses nothing</li>`),
    ...(suppressions?.unused ?? []).map((s) => `<li>${html(s.id, 300)}: matches no finding</li>`),
  ];
  if (list.length + idle.length === 0) return '';
  const rows = list.map(
    (f) =>
      `<tr><td>${badge(f.severity)}${html(f.title, 300)}<span class="where">${html(f.checkId, 300)}</span></td><td>${html(f.suppression.reason ?? 'no reason given', 500)}</td><td>${html(f.suppression.owner ?? '', 100)}</td><td>${html(f.suppression.expires ?? '', 40)}</td></tr>`,
  );
  const table =
    rows.length === 0
      ? ''
      : `<table><thead><tr><th scope="col">Finding</th><th scope="col">Reason</th><th scope="col">Owner</th><th scope="col">Until</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
  return `<section aria-labelledby="accepted"><h2 id="accepted">Suppressed</h2>${table}${idle.length > 0 ? `<ul>${idle.join('')}</ul>` : ''}</section>`;
}

function coverage({ coverage: { checks, gaps } }: Report): string {
  const open = checks.filter((c) => c.outcome === 'unknown' || c.outcome === 'error');
  const unknown = [
    ...gaps.map((g) => `<li><code>${html(g.what, 300)}</code>: ${html(g.reason, 500)}</li>`),
    ...open.map(outcomeRow),
  ];
  const lists = [
    ['skipped', 'Skipped'],
    ['not-applicable', 'Not applicable'],
    ['pass', 'Passed'],
  ] as const;
  const folded = lists.flatMap(([outcome, title]) => {
    const list = checks.filter((c) => c.outcome === outcome);
    if (list.length === 0) return [];
    return [`<details><summary>${title} (${list.length})</summary><ul>${list.map(outcomeRow).join('')}</ul></details>`];
  });
  return `<section aria-labelledby="coverage"><h2 id="coverage" tabindex="-1">Coverage</h2>
<h3>Not known (${unknown.length})</h3>
${unknown.length > 0 ? `<ul>${unknown.join('\n')}</ul>` : '<p>Everything that was looked at could be judged.</p>'}
${folded.join('\n')}</section>`;
}

function outcomeRow({ checkId, outcome, reason, at }: CheckOutcome): string {
  const what = outcome === 'error' ? ' (error)' : '';
  const why = reason === undefined ? '' : `: ${html(reason, 500)}`;
  return `<li><code>${html(checkId, 300)}</code>${what}${why}${at ? ` <span class="dim">(${html(at, 300)})</span>` : ''}</li>`;
}
