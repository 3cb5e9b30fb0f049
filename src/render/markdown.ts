import type { ExposureReport } from '../core/exposure.ts';
import type { Finding, Location } from '../core/finding.ts';
import type { Report } from '../core/report.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import { plural } from '../core/text.ts';
import { markdown, markdownBlock, markdownCode, markdownHtml } from './escape.ts';
import { commandsOf, countPaths, cutEdits, cutPhrase, pathPlaces, pathsPhrase, pathTitle } from './exposure-words.ts';
import { type PlaceOptions, placeText } from './place.ts';

const WORDS: Readonly<Record<Severity, string>> = { critical: 'Critical', warn: 'Warning', info: 'Note' };

/** GitHub takes 65,536 characters in a comment; some are left for what others put around the report. */
const MOST = 64_000;
/** Kept free for what is said at the end. */
const ENDING = 600;
const PLACES_SHOWN = 5;
const LISTED = 20;
const PATHS_SHOWN = 5;

/** The report for a pull request: a table, then each finding to unfold. Never longer than a comment may be. */
export function renderMarkdown(report: Report, options: PlaceOptions = {}): string {
  const page = new MarkdownPage();
  for (const part of [heading(report), table(report)]) page.add(part);
  if (report.exposure) page.add(attackPaths(report.exposure));
  const rest: Finding[] = [];
  for (const severity of SEVERITIES) {
    const list = report.findings.filter((f) => f.severity === severity);
    if (list.length === 0) continue;
    if (rest.length === 0) page.add(`### ${WORDS[severity]} (${list.length})`);
    for (const f of list) {
      // Once one does not fit, a later and milder one must not take its place.
      const full = rest.length === 0 && (page.add(details(f, options)) || page.add(brief(f, options)));
      if (!full) rest.push(f);
    }
  }
  if (rest.length > 0) {
    const left = SEVERITIES.map((s) => [s, rest.filter((f) => f.severity === s).length] as const).filter(
      ([, n]) => n > 0,
    );
    page.end(
      `**${plural(rest.length, 'more finding')} left out, as a comment holds no more:** ${left.map(([s, n]) => `${n} ${s}`).join(', ')}. The JSON and SARIF forms list them all.`,
    );
  }
  for (const part of [accepted(report), notKnown(report)]) if (part !== '' && !page.add(part)) page.cut();
  return page.toString();
}

class MarkdownPage {
  private readonly parts: string[] = [];
  private length = 0;
  private wasCut = false;

  /** False when there is no more room for it. */
  add(part: string): boolean {
    if (this.length + part.length + 2 > MOST - ENDING) return false;
    return this.end(part);
  }

  /** Adds what always has room. */
  end(part: string): true {
    this.parts.push(part);
    this.length += part.length + 2;
    return true;
  }

  cut(): void {
    if (!this.wasCut) this.end('More was left out, as a comment holds no more.');
    this.wasCut = true;
  }

  toString(): string {
    return `${this.parts.join('\n\n')}\n`;
  }
}

function heading({ target, tool }: Report): string {
  const config = {
    ok: 'readable',
    invalid: 'not one that OpenClaw would load',
    missing: 'absent, so defaults apply',
    unreadable: 'not readable',
  }[target.configStatus];
  return [
    '## OpenClaw security audit',
    '',
    `${markdownCode(target.stateDir)}, judged for OpenClaw ${markdown(target.openclawVersion)}; the config is ${config}. ${tool.name} ${tool.version}.`,
  ].join('\n');
}

function table({ summary, outcomes, suppressedFindings, baseline }: Report): string {
  const rows: (readonly [string, number])[] = [
    ['Critical', summary.critical],
    ['Warnings', summary.warn],
    ['Notes', summary.info],
    ...(suppressedFindings ? [['Suppressed', suppressedFindings.length] as const] : []),
    ...(baseline
      ? [
          ['New since the baseline', baseline.new] as const,
          ['Worse', baseline.worse] as const,
          ['Gone', baseline.gone] as const,
        ]
      : []),
    ['Checks passed', outcomes.pass],
    ['Checks not judged (unknown or in error)', outcomes.unknown + outcomes.error],
    ['Checks that need `--deep` or Docker', outcomes.skipped],
  ];
  return ['| | |', '| --- | ---: |', ...rows.map(([what, count]) => `| ${what} | ${count} |`)].join('\n');
}

/** The worst paths, and what closes most of them. */
function attackPaths(exposure: ExposureReport): string {
  const labels = new Map(exposure.nodes.map((n) => [n.id, n.label]));
  const { all } = countPaths(exposure);
  const rows = exposure.paths.slice(0, PATHS_SHOWN).map((p) => {
    const places = pathPlaces(p, labels).map((label) => markdown(label, 80));
    const state = p.state === 'possible' ? ', possible' : '';
    return `1. **${pathTitle(p)}** (${p.severity}${state}): ${places.join(' → ')}`;
  });
  const more = all > rows.length ? [`and ${plural(all - rows.length, 'more path')}`] : [];
  const edits = cutEdits(exposure).map((e) => {
    const commands = commandsOf(e)
      .main.map((c) => markdownCode(c, 300))
      .join(', ');
    return `- ${markdown(e.title, 200)} (${e.safety})${commands === '' ? '' : `: ${commands}`}`;
  });
  return [
    `### Attack paths (${all})`,
    '',
    `${pathsPhrase(exposure)}. ${cutPhrase(exposure)}.`,
    ...(rows.length > 0 ? ['', ...rows] : []),
    ...(more.length > 0 ? ['', ...more] : []),
    ...(edits.length > 0 ? ['', '**Smallest set of edits:**', '', ...edits] : []),
  ].join('\n');
}

function details(f: Finding, options: PlaceOptions): string {
  const [place] = f.locations;
  const { excerpt } = place ?? {};
  return [
    `<details><summary><b>${markdownHtml(f.title, 300)}</b> ${summaryPlace(place, options)}</summary>`,
    '',
    `${markdownCode(f.checkId)}${f.baselineState ? ` (${f.baselineState})` : ''}`,
    '',
    markdown(f.detail, 2000),
    '',
    ...(excerpt ? [markdownBlock(excerpt.lines), ''] : []),
    ...f.locations.slice(0, PLACES_SHOWN).map((l) => `- ${placeLine(l, options)}`),
    ...(f.locations.length > PLACES_SHOWN ? [`- and ${plural(f.locations.length - PLACES_SHOWN, 'more place')}`] : []),
    '',
    `**Why:** ${prose(f.why)}`,
    ...(f.remediation ? ['', `**Next:** ${prose(f.remediation)}`] : []),
    '',
    '</details>',
  ].join('\n');
}

/** For when there is no room for more. */
function brief(f: Finding, options: PlaceOptions): string {
  const [place] = f.locations;
  return `- **${markdown(f.title, 200)}** ${markdownCode(f.checkId)}${place ? ` at ${placeLine(place, options)}` : ''}`;
}

/** Inside of `<summary>` no Markdown is read. */
function summaryPlace(place: Location | undefined, options: PlaceOptions): string {
  return place ? markdownHtml(placeText(place, options), 160) : '';
}

function placeLine(l: Location, options: PlaceOptions): string {
  const key = l.keyPath ? ` ${markdownCode(l.keyPath)}${l.exact ? '' : ' (not set)'}` : '';
  return `${markdownCode(placeText(l, options))}${key}`;
}

/** Prose with commands in backticks, which stay code. */
function prose(text: string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? markdownCode(part.slice(1, -1), 500) : markdown(part, 2000)))
    .join('');
}

function accepted({ suppressedFindings: list }: Report): string {
  if (!list) return '';
  const rows = list.slice(0, LISTED).map((f) => {
    const reason = f.suppression.reason ? `: ${markdown(f.suppression.reason, 300)}` : '';
    return `- ${f.severity} ${markdownCode(f.checkId)}${reason}`;
  });
  return section(`Suppressed (${list.length})`, rows, list.length);
}

function notKnown({ coverage }: Report): string {
  const open = coverage.checks.filter((c) => c.outcome === 'unknown' || c.outcome === 'error');
  const all = [
    ...coverage.gaps.map((g) => `- ${markdownCode(g.what)}: ${markdown(g.reason, 300)}`),
    ...open.map((c) => `- ${markdownCode(c.checkId)} (${c.outcome}): ${markdown(c.reason ?? c.outcome, 300)}`),
  ];
  return all.length === 0 ? '' : section(`Not known (${all.length})`, all.slice(0, LISTED), all.length);
}

function section(title: string, rows: readonly string[], count: number): string {
  const more = count > rows.length ? [`- and ${count - rows.length} more`] : [];
  return [`<details><summary>${title}</summary>`, '', ...rows, ...more, '', '</details>'].join('\n');
}
