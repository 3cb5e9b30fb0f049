import { type DownloadTrust, downloadTrust } from '../data/downloads.ts';
import type { Severity } from '../../core/severity.ts';
import { type RawFinding, snippet, stepsOf } from '../findings.ts';
import { constStrings, NEVER, type Taint, type Value, wholeStrings } from '../flow/value.ts';
import type { InlineLanguage, Shell } from './shell.ts';

const WORST: readonly DownloadTrust['level'][] = ['official', 'local', 'release', 'named', 'unknown', 'bad'];

function severityOf(level: DownloadTrust['level'], piped: boolean): Severity {
  if (level === 'bad') return 'critical';
  if (level === 'named' || level === 'unknown') return 'warn';
  return level === 'release' && piped ? 'warn' : 'info';
}

/** Reports code that came over the network, weighed by where from. */
function reportDownload(
  shell: Shell,
  remote: readonly Taint[],
  pos: number,
  how: string,
  piped: boolean,
  hidden: boolean,
): void {
  const judged = remote
    .map((t) => ({ taint: t, trust: downloadTrust(t.detail) }))
    .sort((a, b) => WORST.indexOf(b.trust.level) - WORST.indexOf(a.trust.level));
  const { taint, trust } = judged[0]!;
  const severity = hidden
    ? 'critical'
    : shell.checked && trust.level !== 'bad'
      ? 'info'
      : severityOf(trust.level, piped);
  const finding: Omit<RawFinding, 'steps'> = {
    rule: piped ? 'fetch-and-run' : 'download-and-execute',
    severity,
    confidence: 'high',
    message: `Runs what it downloads from ${snippet(taint.detail, 80)}: ${trust.why}.${hidden ? ' What is downloaded is decoded first, which hides it.' : ''}`,
  };
  shell.report(finding, stepsOf(taint, shell.step(pos, how)));
}

/** A text that is run as code: `eval`, `sh -c`, or what is piped into an interpreter. */
export function runCode(
  shell: Shell,
  language: InlineLanguage | 'sh' | 'other',
  code: Value,
  pos: number,
  how: string,
): Value {
  const remote = code.taints.filter((t) => t.kind === 'network');
  const hidden = code.taints.find((t) => t.kind === 'decoded');
  if (remote.length > 0) reportDownload(shell, remote, pos, how, true, hidden !== undefined);
  else if (hidden) {
    const text = wholeStrings(code)[0];
    shell.report(
      {
        rule: 'obfuscated-code',
        severity: 'critical',
        confidence: 'high',
        message: text
          ? `Runs commands that are hidden by an encoding: ${snippet(text, 80)}.`
          : 'Runs commands that are hidden by an encoding.',
      },
      stepsOf(hidden, shell.step(pos, how)),
    );
  }
  const clip = code.taints.find((t) => t.kind === 'clipboard');
  if (clip)
    shell.report(
      { rule: 'dangerous-exec', severity: 'warn', confidence: 'high', message: 'Runs what lies on the clipboard.' },
      stepsOf(clip, shell.step(pos, how)),
    );
  if (language === 'sh') {
    let output: Value = NEVER;
    for (const text of constStrings(code).slice(0, 4)) output = shell.runText(text, pos);
    return output;
  }
  if (language !== 'other') shell.inline(language, code, pos);
  return NEVER;
}

/** Runs a file: one that was downloaded before is code from the network. */
export function runFile(shell: Shell, content: Value, pos: number, how: string): void {
  const remote = content.taints.filter((t) => t.kind === 'network');
  const hidden = content.taints.find((t) => t.kind === 'decoded');
  if (remote.length > 0)
    reportDownload(shell, remote, pos, how, false, hidden !== undefined && hidden.detail !== 'archive');
  else if (hidden && hidden.detail !== 'archive') {
    shell.report(
      {
        rule: 'obfuscated-code',
        severity: 'critical',
        confidence: 'high',
        message: 'Writes a hidden text to a file and runs it.',
      },
      stepsOf(hidden, shell.step(pos, how)),
    );
  } else if (content.consts.length > 0) {
    for (const text of wholeStrings(content).slice(0, 2)) shell.runText(text, pos);
  }
}
