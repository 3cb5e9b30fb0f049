import type { Severity } from '../../core/severity.ts';
import { type DownloadTrust, downloadTrust } from '../data/downloads.ts';
import { snippet, stepsOf } from '../findings.ts';
import { HOLE, OPEN, type Taint, wholeStrings, withTaints } from '../flow/value.ts';
import type { Runner } from './runner.ts';
import { labelsOf } from '../flow/compound.ts';
import { either, NOTHING, type PsValue, plain } from './value.ts';

const MAX_DEPTH = 6;
const MAX_INNER = 100_000;
const WORST: readonly DownloadTrust['level'][] = ['official', 'local', 'release', 'named', 'unknown', 'bad'];

function severityOf(level: DownloadTrust['level'], direct: boolean): Severity {
  if (level === 'bad') return 'critical';
  if (level === 'named' || level === 'unknown') return 'warn';
  return level === 'release' && direct ? 'warn' : 'info';
}

/** Reports code that came over the network, weighed by where from. `direct`: it never was a file. */
export function reportDownload(
  runner: Runner,
  remote: readonly Taint[],
  pos: number,
  how: string,
  direct: boolean,
  hidden: boolean,
): void {
  const judged = remote
    .map((taint) => ({ taint, trust: downloadTrust(taint.detail) }))
    .sort((a, b) => WORST.indexOf(b.trust.level) - WORST.indexOf(a.trust.level));
  const { taint, trust } = judged[0]!;
  runner.session.report(
    direct ? 'fetch-and-run' : 'download-and-execute',
    hidden ? 'critical' : severityOf(trust.level, direct),
    `Runs what it downloads from ${snippet(taint.detail.replace(HOLE, '…'), 80)}: ${trust.why}.${hidden ? ' What is downloaded is decoded first, which hides it.' : ''}`,
    stepsOf(taint, runner.session.step(pos, how)),
  );
}

/** A text that is run as code, or a command line that is started. Gives what it puts out. */
export function runText(
  runner: Runner,
  code: PsValue,
  pos: number,
  how: string,
  kind: 'script' | 'command' = 'script',
): PsValue {
  const session = runner.session;
  const labels = labelsOf(code);
  const socket = labels.find((t) => t.kind === 'input' && t.detail === 'a connection');
  const remote = labels.filter((t) => t.kind === 'network');
  const hidden =
    labels.find((t) => t.kind === 'decoded' && t.detail !== 'compression') ?? labels.find((t) => t.kind === 'decoded');
  if (socket) {
    session.report(
      'reverse-shell',
      'critical',
      `Runs what ${snippet(remote[0]?.detail ?? 'the other end of a connection', 60)} sends as commands.`,
      stepsOf(socket, session.step(pos, how)),
    );
    return plain(withTaints(OPEN, [session.taint('shell-output', '', pos, 'runs commands from the connection')]));
  }
  if (remote.length > 0) reportDownload(runner, remote, pos, how, true, hidden !== undefined);
  else if (hidden) {
    const text = wholeStrings(code.value)[0];
    session.report(
      'obfuscated-code',
      'critical',
      text
        ? `Runs commands that are hidden by an encoding: ${snippet(text, 80)}.`
        : 'Runs commands that are hidden by an encoding.',
      stepsOf(hidden, session.step(pos, how)),
    );
  }
  const clip = labels.find((t) => t.kind === 'clipboard');
  if (clip)
    session.report('dangerous-exec', 'warn', 'Runs what lies on the clipboard.', stepsOf(clip, session.step(pos, how)));
  let out: PsValue = NOTHING;
  for (const text of wholeStrings(code.value).slice(0, 3)) {
    if (kind === 'command' && !/^["']?(?:[\w:.\\/ -]*[\\/])?(?:powershell|pwsh|cmd)(?:\.exe)?\b/i.test(text))
      scanOther(runner, text, pos);
    else out = either(out, inner(runner, text, pos));
  }
  return out === NOTHING ? plain(OPEN) : out;
}

/** Scans a text inside of the text, with what the variables hold now. */
export function inner(runner: Runner, text: string, pos: number): PsValue {
  const session = runner.session;
  if (session.depth >= MAX_DEPTH || text.length > MAX_INNER) return plain(OPEN);
  const before = session.fixed;
  session.fixed = before ?? pos;
  session.depth++;
  const out = runner.nested(text);
  session.depth--;
  session.fixed = before;
  return out;
}

/** Hands the command line of another program to the shell rules. */
export function scanOther(runner: Runner, line: string, pos: number): void {
  const session = runner.session;
  if (line.length > 20_000 || session.steps > 100_000) return;
  session.steps += 200;
  for (const found of session.judge.scanCommand(line.replaceAll('\\', '/'))) {
    if (found.severity !== 'info')
      session.findings.push({ ...found, steps: [session.step(pos, `run as ${snippet(line)}`)] });
  }
}
