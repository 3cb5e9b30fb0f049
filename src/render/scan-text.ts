import type { CodeFinding, CodeScan } from '../core/snapshot.ts';
import { plural, visible } from '../core/text.ts';

const VERDICTS = {
  critical: 'dangerous: do not install it before you have read the places below',
  incomplete: 'not judged: something that could be dangerous was not looked at',
  warn: 'suspicious: read the places below first',
  info: 'nothing suspicious in what is loaded',
  clean: 'nothing found',
} as const;

/** The result of one code scan for people: the verdict, each finding with the way to it, then what was not looked at. */
export function renderScan(scan: CodeScan): string {
  const lines = [`${visible(scan.path)}`, `  ${scan.verdict ? VERDICTS[scan.verdict] : 'not scanned'}`];
  for (const finding of scan.findings) lines.push('', ...findingLines(finding));
  if (scan.moreFindings) lines.push('', `  and ${plural(scan.moreFindings, 'more finding')}`);
  if (scan.limits.length > 0)
    lines.push('', '  Not looked at:', ...scan.limits.map((limit) => `    ${visible(limit, 400)}`));
  const { counts } = scan;
  if (counts) {
    const broken = counts.unparsable > 0 ? `, ${counts.unparsable} of them with a syntax error` : '';
    lines.push(
      '',
      `  ${plural(counts.files, 'file')}, ${counts.bytes} bytes, ${counts.parsed + counts.unparsable} sources${broken}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function findingLines({ severity, rule, confidence, message, steps, class: kind }: CodeFinding): string[] {
  const where = kind === 'shipped' ? '' : `, ${kind} code`;
  return [
    `  ${severity.toUpperCase()} ${visible(rule)}: ${visible(message, 400)} (${confidence} confidence${where})`,
    ...steps.map((step) => `    ${visible(step.file)}:${step.line}:${step.column} ${visible(step.what)}`),
  ];
}
