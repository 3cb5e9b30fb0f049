import type { ExposureBoundary, ExposureEdge, ExposureEdit, ExposurePath, ExposureReport } from '../core/exposure.ts';
import type { Location } from '../core/finding.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import { plural, visible } from '../core/text.ts';
import { ASSET_WORDS, cutEdits, cutPhrase, PRINCIPAL_WORDS } from './exposure-words.ts';
import { Page, type PageOptions } from './page.ts';
import type { Style } from './terminal.ts';

export interface PathsTextOptions extends PageOptions {
  /** Notes too, and every path. */
  readonly all: boolean;
  readonly stateDir: string;
  readonly version: string;
  /** Said under the heading, e.g. which paths were asked for. */
  readonly asked?: string;
}

const HEADINGS: Record<Severity, readonly [string, Style]> = {
  critical: ['CRITICAL', 'red'],
  warn: ['WARNING', 'yellow'],
  info: ['NOTE', 'blue'],
};
/** Paths of one severity that are written out. */
const SHOWN = 8;
/** Places of one boundary that are written out. */
const PLACES = 2;

/** The paths for people, worst first, each step with its place, and the edits that close the most of them. */
export function renderPaths(report: ExposureReport, options: PathsTextOptions): string {
  const page = new PathsPage(options, report);
  page.header();
  for (const severity of SEVERITIES) page.section(severity);
  page.cut();
  page.gaps();
  page.summary();
  return page.toString();
}

class PathsPage extends Page<PathsTextOptions> {
  private readonly report: ExposureReport;
  private readonly edges: ReadonlyMap<string, ExposureEdge>;
  private readonly labels: ReadonlyMap<string, string>;
  /** What was written out before: the last steps of a path, by what they say. */
  private readonly written = new Map<string, string>();

  constructor(options: PathsTextOptions, report: ExposureReport) {
    super(options);
    this.report = report;
    this.edges = new Map(report.edges.map((e) => [e.id, e]));
    this.labels = new Map(report.nodes.map((n) => [n.id, n.label]));
  }

  header(): void {
    const { stateDir, version, asked } = this.options;
    this.line(this.style(`Who can reach what in ${this.path(stateDir)}`, 'bold'));
    this.wrapped(`Judged for OpenClaw ${version}.${asked === undefined ? '' : ` ${asked}`}`, '', 'dim');
    this.blank();
  }

  section(severity: Severity): void {
    const { all } = this.options;
    const paths = this.report.paths.filter((p) => p.severity === severity);
    if (paths.length === 0 || (severity === 'info' && !all)) return;
    const [word, color] = HEADINGS[severity];
    this.heading(`${word}${paths.length > 1 ? ` (${paths.length})` : ''}`, color);
    const shown = all ? paths : paths.slice(0, SHOWN);
    for (const path of shown) this.writePath(path);
    if (shown.length < paths.length)
      this.line(`  and ${plural(paths.length - shown.length, 'more path')}; --all lists them`).blank();
  }

  private writePath(path: ExposurePath): void {
    const title = `${PRINCIPAL_WORDS[path.principal]} → ${ASSET_WORDS[path.asset]}`;
    this.wrapped(`${title}${path.state === 'possible' ? ' (possible: not all of it can be told)' : ''}`, '', 'bold');
    this.line(this.style(`  ${path.id}`, 'dim'));
    for (const [i, id] of path.edges.entries()) {
      const edge = this.edges.get(id);
      const rest = path.edges.slice(i);
      const steps = rest.map((r) => this.content(r)).join('\n');
      const before = rest.length > 1 ? this.written.get(steps) : undefined;
      if (edge && before !== undefined) {
        const end = this.labels.get(path.nodes[path.nodes.length - 1]!) ?? '';
        const next = `${edge.text} ${this.labels.get(edge.to) ?? ''}`;
        this.wrapped(visible(`- ${next}, then on to ${end} as in ${before}`, 400), '  ');
        break;
      }
      if (rest.length > 1) this.written.set(steps, path.id);
      // A step that nothing stands in the way of says no more than the one before it.
      if (edge && (edge.boundaries.length > 0 || edge.to === path.nodes[path.nodes.length - 1])) this.writeStep(edge);
    }
    this.blank();
  }

  /** What a step says, whichever nodes it joins. */
  private content(id: string): string {
    const edge = this.edges.get(id);
    if (!edge) return id;
    const boundaries = edge.boundaries.map(
      (b) => `${b.state} ${b.text} ${b.locations.map((l) => this.place(l)).join()}`,
    );
    return `${edge.text} ${this.labels.get(edge.to)} ${boundaries.join('|')}`;
  }

  private writeStep(edge: ExposureEdge): void {
    const label = this.labels.get(edge.to) ?? '';
    this.wrapped(visible(`- ${edge.text}: ${label}`, 300), '  ');
    for (const boundary of edge.boundaries) this.writeBoundary(boundary);
  }

  private writeBoundary({ state, text, locations }: ExposureBoundary): void {
    const mark = { open: 'open', unknown: '?', holds: 'holds' }[state];
    this.wrapped(
      visible(`${mark}  ${this.shorten(text)}`, 300),
      '      ',
      ...(state === 'open' ? [] : (['yellow'] as const)),
    );
    for (const place of locations.slice(0, PLACES)) this.line(this.style(`            ${this.place(place)}`, 'dim'));
    if (locations.length > PLACES)
      this.line(this.style(`            and ${plural(locations.length - PLACES, 'more place')}`, 'dim'));
  }

  cut(): void {
    const { cut } = this.report;
    if (cut.of === 0) return;
    this.heading(`${cutPhrase(this.report).toUpperCase()}`, 'green');
    const edits = cutEdits(this.report);
    for (const edit of edits) this.writeEdit(edit);
    const ready = edits.filter((e) => e.commands.some((c) => c.includes('fix apply --edit ')));
    if (ready.length === 0) return;
    this.wrapped('All of them as one change that can be undone; --dry-run shows it first:', '  ');
    this.line(`  $ openclaw-security fix apply --edit ${ready.map((e) => e.id).join(',')}`).blank();
  }

  private writeEdit({ id, title, safety, sideEffect, commands }: ExposureEdit): void {
    this.wrapped(`${visible(title, 300)} (${safety})`, '  ', 'bold');
    this.line(this.style(`    ${id}`, 'dim'));
    if (sideEffect !== undefined) this.wrapped(visible(sideEffect, 500), '    ');
    for (const command of commands)
      if (!command.includes('fix apply --edit ')) this.line(`    $ ${visible(command, 1000)}`);
    this.blank();
  }

  gaps(): void {
    const { gaps } = this.report;
    if (gaps.length === 0) return;
    this.heading('NOT FOLLOWED');
    for (const gap of gaps.slice(0, 10)) this.wrapped(visible(gap, 500), '  ');
    this.blank();
  }

  summary(): void {
    const { paths, morePaths = 0 } = this.report;
    const count = (severity: Severity) => paths.filter((p) => p.severity === severity).length;
    const [critical, warn, info] = SEVERITIES.map(count) as [number, number, number];
    const found = [
      ...(critical > 0 ? [`${critical} critical`] : []),
      ...(warn > 0 ? [plural(warn, 'warning')] : []),
      ...(morePaths > 0 ? [`${morePaths} not listed`] : []),
    ];
    this.wrapped(found.length > 0 ? `Paths: ${found.join(', ')}.` : 'Nobody outside reaches anything that matters.');
    if (info > 0) this.line(`Notes: ${info}${this.options.all ? '' : ' (--all shows them)'}.`);
  }

  private place(l: Location): string {
    const file = this.path(l.file);
    const at = l.line === undefined ? file : `${file}:${l.line}:${l.column ?? 1}`;
    return `${at}${l.keyPath ? ` ${visible(l.keyPath)}${l.exact ? '' : ' (not set)'}` : ''}`;
  }

  private shorten(text: string): string {
    const home = this.options.homeDir;
    return home && home.length > 1 ? text.replaceAll(`${home}/`, '~/') : text;
  }
}
