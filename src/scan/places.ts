import { type Confidence, type Severity, severityRank } from '../core/severity.ts';
import type { RawFinding, RawStep } from './findings.ts';
import type { FileClass, ScanFinding, ScanFlowStep } from './types.ts';

/** Turns offsets into lines and columns; line ends are LF, CR or CRLF. */
export class Places {
  private readonly textOf: (path: string) => string | undefined;
  private readonly starts = new Map<string, readonly number[]>();

  constructor(textOf: (path: string) => string | undefined) {
    this.textOf = textOf;
  }

  step(raw: RawStep): ScanFlowStep {
    const starts = this.lineStarts(raw.file);
    const pos = Math.max(0, Math.floor(raw.pos));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= pos) low = middle;
      else high = middle - 1;
    }
    return { file: raw.file, line: low + 1, column: pos - starts[low]! + 1, what: raw.what };
  }

  private lineStarts(path: string): readonly number[] {
    let starts = this.starts.get(path);
    if (!starts) {
      const found = [0];
      for (const match of (this.textOf(path) ?? '').matchAll(/\r\n|\n|\r/g)) found.push(match.index + match[0].length);
      starts = found;
      this.starts.set(path, starts);
    }
    return starts;
  }
}

const LOWERED: Readonly<Record<Severity, Severity>> = { critical: 'warn', warn: 'info', info: 'info' };
const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

/** Turns raw findings into what is reported: one for each rule and place, worst first. */
export function arrange(
  raw: readonly RawFinding[],
  places: Places,
  classOf: (path: string) => FileClass,
): readonly ScanFinding[] {
  const best = new Map<string, ScanFinding>();
  for (const found of raw) {
    const steps = found.steps
      .map((s) => places.step(s))
      .filter((s, i, all) => i === 0 || !samePlace(s, all[i - 1]!) || s.what !== all[i - 1]!.what);
    const last = steps.at(-1);
    if (!last) continue;
    const fileClass = classOf(last.file);
    const severity = fileClass === 'shipped' ? found.severity : LOWERED[found.severity];
    const finding: ScanFinding = {
      rule: found.rule,
      severity,
      confidence: found.confidence,
      message: found.message,
      steps,
      class: fileClass,
    };
    const key = `${found.rule}\n${last.file}\n${last.line}\n${last.column}`;
    const before = best.get(key);
    if (!before || worse(finding, before) < 0) best.set(key, finding);
  }
  return [...best.values()].sort((a, b) => bySeverity(a, b) || byPlace(a, b) || compare(a.rule, b.rule));
}

function samePlace(a: ScanFlowStep, b: ScanFlowStep): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column;
}

function bySeverity(a: ScanFinding, b: ScanFinding): number {
  return severityRank(b.severity) - severityRank(a.severity);
}

/** Which of two findings of one rule at one place is kept: the worse, the surer, the shorter. */
function worse(a: ScanFinding, b: ScanFinding): number {
  return (
    bySeverity(a, b) ||
    CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence) ||
    a.steps.length - b.steps.length ||
    compare(a.message, b.message)
  );
}

function byPlace(a: ScanFinding, b: ScanFinding): number {
  const [x, y] = [a.steps.at(-1)!, b.steps.at(-1)!];
  return compare(x.file, y.file) || x.line - y.line || x.column - y.column;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
