import type { CodeVerdict, ScanReport } from '../core/scan-report.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import type { CodeFinding, CodeScan } from '../core/snapshot.ts';
import { plural, visible } from '../core/text.ts';
import { Page, type PageOptions } from './page.ts';
import { displayWidth, type Style, wrapText } from './terminal.ts';

export interface ScanTextOptions extends PageOptions {
  /** Only the line with the verdict. */
  readonly quiet?: boolean;
  /** What lies below it is shown relative to it. */
  readonly baseDir?: string;
}

const VERDICTS: Record<CodeVerdict, readonly [word: string, advice: string, color: Style]> = {
  critical: ['Dangerous', 'do not install it unless you know why it does what is listed below', 'red'],
  incomplete: ['Not judged', 'something that could be dangerous was not looked at, see below', 'yellow'],
  warn: ['Suspicious', 'read the places below first', 'yellow'],
  info: ['Nothing suspicious in what is loaded', 'the places below are worth a look', 'blue'],
  clean: ['Nothing found', 'which is no proof that it is harmless', 'green'],
};

const HEADINGS: Record<Severity, readonly [string, Style]> = {
  critical: ['CRITICAL', 'red'],
  warn: ['WARNING', 'yellow'],
  info: ['NOTE', 'blue'],
};

const CLASSES: Record<CodeFinding['class'], string> = {
  shipped: '',
  test: ', in test code',
  vendored: ', in a bundled dependency',
  unreachable: ', in code that nothing loads',
};

/** Of each severity; more are counted. */
const SHOWN = 25;

/** What `scan` found, for people: the verdict first, then each finding with the way from its source to its end. */
export function renderScanReport(report: ScanReport, options: ScanTextOptions): string {
  const page = new ScanPage(options);
  report.scans.forEach((scan, i) => {
    if (i > 0 && !options.quiet) page.blank();
    page.verdict(scan);
    if (!options.quiet) page.details(scan);
  });
  if (report.scans.length > 1) {
    if (!options.quiet) page.blank();
    page.total(report.scans);
  }
  return page.toString();
}

class ScanPage extends Page<ScanTextOptions> {
  verdict(scan: CodeScan): void {
    const [word, advice, color] = VERDICTS[scan.verdict ?? 'incomplete'];
    const what = `${scan.kind} "${visible(scan.name, 80)}"`;
    if (this.options.quiet) {
      this.line(`${this.style(word, 'bold', color)}: ${what}`);
      return;
    }
    this.wrapped(`${word}: ${what}; ${advice}.`, '', 'bold', color);
  }

  details(scan: CodeScan): void {
    const { baseDir } = this.options;
    const isBelow = baseDir !== undefined && scan.path.startsWith(`${baseDir}/`);
    this.line(this.style(`  ${this.path(isBelow ? scan.path.slice(baseDir.length + 1) : scan.path)}`, 'dim'));
    const { counts } = scan;
    if (counts) this.wrapped(countsText(counts), '  ', 'dim');
    for (const severity of SEVERITIES) {
      const findings = scan.findings.filter((f) => f.severity === severity);
      if (findings.length > 0) this.section(severity, findings);
    }
    if (scan.moreFindings) this.blank().line(`And ${plural(scan.moreFindings, 'more finding')}.`);
    this.notLookedAt(scan);
  }

  private section(severity: Severity, findings: readonly CodeFinding[]): void {
    const [word, color] = HEADINGS[severity];
    this.blank().line(this.style(`${word} (${findings.length})`, 'bold', color));
    for (const finding of findings.slice(0, SHOWN)) this.finding(finding);
    if (findings.length > SHOWN)
      this.blank().line(`  and ${findings.length - SHOWN} more; --json lists them with their places`);
  }

  private finding({ rule, confidence, message, steps, class: kind }: CodeFinding): void {
    this.blank();
    for (const line of wrapText(visible(message, 1000), this.width)) this.line(this.style(line, 'bold'));
    this.line(this.style(`  ${visible(rule)}, ${confidence} confidence${CLASSES[kind]}`, 'dim'));
    const places = steps.map(({ file, line, column }) => visible(`${file}:${line}:${column}`, 300));
    // Short places stand in a column of their own; what a long one would leave no room for stands below it.
    const column = Math.min(Math.max(...places.map(displayWidth)), Math.floor(this.width / 2));
    steps.forEach(({ what }, i) => {
      const place = places[i]!;
      const text = visible(what, 400);
      const lines = wrapText(text, this.width - column - 4);
      const gap = column - displayWidth(place);
      if (gap >= 0) this.line(`  ${place}${' '.repeat(gap)}  ${lines.shift() ?? ''}`.trimEnd());
      else this.line(`  ${place}`);
      for (const line of lines) this.line(`${' '.repeat(column + 4)}${line}`);
    });
  }

  private notLookedAt({ limits, failures }: CodeScan): void {
    const texts = [...new Set([...failures.map((f) => `${f.what}: ${f.reason}`), ...limits])];
    if (texts.length === 0) return;
    this.blank()
      .line(this.style(`NOT LOOKED AT (${texts.length})`, 'bold'))
      .blank();
    for (const text of texts.slice(0, SHOWN)) this.wrapped(visible(text, 400), '  ');
    if (texts.length > SHOWN) this.line(`  and ${texts.length - SHOWN} more`);
  }

  /** `3 scanned: 1 dangerous, 2 nothing found.` */
  total(scans: readonly CodeScan[]): void {
    const counts = new Map<string, number>();
    for (const scan of scans) {
      const word = VERDICTS[scan.verdict ?? 'incomplete'][0].toLowerCase();
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    this.line(`${scans.length} scanned: ${[...counts].map(([word, n]) => `${n} ${word}`).join(', ')}.`);
  }
}

function countsText({ files, bytes, parsed, unparsable }: NonNullable<CodeScan['counts']>): string {
  const size = bytes < 10_000 ? plural(bytes, 'byte') : `${Math.round(bytes / 1000)} kB`;
  const broken = unparsable > 0 ? `, ${unparsable} more with a syntax error` : '';
  return `${plural(files, 'file')}, ${size}; ${plural(parsed, 'source file')} followed value by value${broken}`;
}
