import type { CommandEvent } from '../flow/events.ts';
import { isShellProgram } from '../flow/command-output.ts';
import { constStrings, HOLE, joinTaints, stringsOf, type Taint, type Value } from '../flow/value.ts';
import { flowConfidence, names, type RawFinding, type RawStep, snippet, stepsOf } from '../findings.ts';
import type { JudgeContext } from './context.ts';

type LabelsOf = (value: Value) => readonly Taint[];

/** Programs that run a text given with an option. */
const RUNNERS = /(?:^|\/)(?:node|bun|deno|python[\d.]*|perl|ruby|php|osascript)$/;
const RUN_OPTIONS = new Set([
  '-c',
  '-e',
  '--eval',
  '-p',
  '--print',
  '-Command',
  '-EncodedCommand',
  '/c',
  '/C',
  '/k',
  '-lc',
  '-ic',
  '-r',
  '-ec',
  '-enc',
]);

/** The command lines an event can run, with unknown parts as holes. */
export function commandLines(event: CommandEvent): readonly string[] {
  const programs = stringsOf(event.command);
  if (!event.argList) return programs;
  const rest = event.argList.map((a) => quote(stringsOf(a)[0] ?? HOLE));
  const variants = event.argList.flatMap((a, i) =>
    stringsOf(a)
      .slice(1, 4)
      .map((s) => rest.map((r, k) => (k === i ? quote(s) : r)).join(' ')),
  );
  return programs.flatMap((p) => [rest.join(' '), ...variants].map((r) => `${event.shell ? p : quote(p)} ${r}`.trim()));
}

function quote(text: string): string {
  return /^[\w@%+=:,./~\uE000\uE001-]*$/.test(text) && text !== '' ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** True when a text given to this event is read as commands or code. */
function runsText(event: CommandEvent): boolean {
  if (event.shell) return true;
  const programs = stringsOf(event.command);
  if (!programs.some((p) => isShellProgram(p) || RUNNERS.test(p))) return false;
  const options = event.argList ?? [event.args];
  return options.some((a) => constStrings(a).some((s) => RUN_OPTIONS.has(s)));
}

/** What starting one program means. */
export function judgeCommand(event: CommandEvent, context: JudgeContext, labelsOf: LabelsOf): readonly RawFinding[] {
  const lines = commandLines(event);
  const shown = snippet(lines.find((l) => l !== HOLE) ?? 'a command that is not constant', 70);
  const sink: RawStep = {
    file: event.file,
    pos: event.pos,
    what: event.api === 'stdin' ? `typed into ${shown}` : `run with ${event.api}`,
  };
  const out: RawFinding[] = [];
  if (event.api !== 'stdin') out.push(...judgeLines(event, lines, sink, context, labelsOf));
  out.push(...judgeOrigin(event, shown, sink, context, labelsOf));
  if (out.length === 0 && event.api !== 'stdin') out.push(plain(event, shown, sink, lines));
  return out;
}

function plain(event: CommandEvent, shown: string, sink: RawStep, lines: readonly string[]): RawFinding {
  const constantCommand = lines.every((l) => !l.startsWith(HOLE));
  const message = constantCommand ? `Runs ${shown}.` : `Runs a command that is not constant with ${event.api}.`;
  return {
    rule: 'dangerous-exec',
    severity: 'info',
    confidence: constantCommand ? 'high' : 'low',
    message,
    steps: [sink],
  };
}

/** What the shell rules say of the command line. */
function judgeLines(
  event: CommandEvent,
  lines: readonly string[],
  sink: RawStep,
  context: JudgeContext,
  labelsOf: LabelsOf,
): readonly RawFinding[] {
  const hidden = labelsOf(event.command).find((t) => t.kind === 'decoded');
  const out: RawFinding[] = [];
  for (const line of new Set(lines)) {
    if (line === HOLE || line.length > 50_000) continue;
    for (const found of context.scanCommand(line)) {
      if (found.severity === 'info' && out.some((o) => o.rule === found.rule)) continue;
      out.push({ ...found, steps: stepsOf(hidden, { ...sink, what: `${sink.what}: ${snippet(line)}` }) });
    }
  }
  return out;
}

function judgeOrigin(
  event: CommandEvent,
  shown: string,
  sink: RawStep,
  context: JudgeContext,
  labelsOf: LabelsOf,
): readonly RawFinding[] {
  const command = labelsOf(event.command);
  const args = labelsOf(event.args);
  const text = runsText(event) || event.api === 'stdin' ? joinTaints(command, args) : command;
  const out: RawFinding[] = [];
  const make = (taint: Taint, severity: RawFinding['severity'], rule: string, message: string): void => {
    out.push({ rule, severity, confidence: flowConfidence(taint), message, steps: stepsOf(taint, sink) });
  };
  const toShell = event.api !== 'stdin' || stringsOf(event.command).some((p) => isShellProgram(p) || RUNNERS.test(p));
  const remote = text.find((t) => t.kind === 'network' && t.weak <= 1);
  if (remote && toShell) {
    const fixedHead =
      event.api !== 'stdin' &&
      constStrings(event.command).every((c) => !c.startsWith(HOLE)) &&
      constStrings(event.command).length > 0 &&
      !event.command.open;
    if (event.api === 'stdin')
      make(
        remote,
        remote.detail === 'local' ? 'warn' : 'critical',
        'reverse-shell',
        `Types what ${remote.detail} sends into ${shown}.`,
      );
    else
      make(
        remote,
        remote.detail === 'local' ? 'warn' : 'critical',
        'dangerous-exec',
        fixedHead
          ? `Builds a command line from what ${remote.detail} sends: ${shown}.`
          : `Runs a command that ${remote.detail} sends.`,
      );
  }
  // What is decoded from data that is not known, and stands beside a visible program, hides nothing.
  const shownProgram =
    constStrings(event.command).length > 0 &&
    constStrings(event.command).every((c) => c.includes(HOLE) && c.replaceAll(HOLE, '').length >= 4);
  const hidden = shownProgram
    ? undefined
    : text.find((t) => t.kind === 'decoded' && t.weak <= 1 && t.detail !== 'percent');
  if (hidden && toShell && !remote)
    make(hidden, 'critical', 'obfuscated-code', `Runs a command that is hidden by an encoding: ${shown}.`);
  const typed = text.find((t) => t.kind === 'input' && t.weak <= 1);
  if (typed && toShell && !remote) {
    const whole = event.command.open || constStrings(event.command).some((c) => c.startsWith(HOLE));
    // Whoever starts a program chooses its command line.
    const severity = context.capabilities.shell || (typed.detail === 'process.argv' && !event.shell) ? 'info' : 'warn';
    make(
      typed,
      severity,
      'dangerous-exec',
      whole && command.includes(typed)
        ? `Runs whatever command its caller gives (${snippet(typed.detail)}).`
        : `Puts text from its caller (${snippet(typed.detail)}) into a command line that a shell reads: ${shown}.`,
    );
  }
  const clip = text.find((t) => t.kind === 'clipboard' && t.weak === 0);
  if (clip) make(clip, 'warn', 'dangerous-exec', `Runs a command taken from ${clip.detail}.`);
  const parameter = text.find((t) => t.kind === 'param');
  if (parameter && event.shell && out.length === 0)
    make(parameter, 'info', 'dangerous-exec', `Puts a parameter into a command line that a shell reads: ${shown}.`);
  out.push(...judgeCarried(event, shown, sink, joinTaints(command, args)));
  return out;
}

/** Programs that send what they are given. */
const SENDERS =
  /(?:^|[\s/;|&])(?:curl|wget|nc|ncat|netcat|scp|rsync|ftp|sftp|ssh|socat|nslookup|dig|Invoke-WebRequest|Invoke-RestMethod|iwr|irm)(?:\.exe)?\b/i;

/** Secrets on the command line of a program that sends. */
function judgeCarried(
  event: CommandEvent,
  shown: string,
  sink: RawStep,
  taints: readonly Taint[],
): readonly RawFinding[] {
  const senders = commandLines(event).some((l) => SENDERS.test(l));
  if (!senders) return [];
  const all = taints.find((t) => t.kind === 'env-all' && t.weak <= 1);
  if (all)
    return [
      {
        rule: 'env-harvesting',
        severity: 'critical',
        confidence: flowConfidence(all),
        message: `Hands the whole environment to a program that sends it: ${shown}.`,
        steps: stepsOf(all, sink),
      },
    ];
  const file = taints.find((t) => t.kind === 'credential-file' && t.weak <= 1);
  if (file)
    return [
      {
        rule: 'credential-exfiltration',
        severity: 'critical',
        confidence: flowConfidence(file),
        message: `Hands ${file.detail} to a program that sends it: ${shown}.`,
        steps: stepsOf(file, sink),
      },
    ];
  const secrets = taints.filter((t) => t.kind === 'env-secret' && t.weak === 0);
  if (secrets.length >= 3)
    return [
      {
        rule: 'env-harvesting',
        severity: 'critical',
        confidence: 'high',
        message: `Hands ${names(secrets.map((t) => t.detail))} to a program that sends them: ${shown}.`,
        steps: stepsOf(secrets[0], sink),
      },
    ];
  return [];
}

const MAX_SEQUENCE = 60;
const MAX_SEQUENCE_CHARS = 20_000;
/** What several commands can do together that none of them does alone. */
const TOGETHER = new Set(['credential-exfiltration', 'env-harvesting', 'fetch-and-run', 'download-and-execute']);

/** The commands that one file runs, read as one script: the one may prepare what another sends or runs. */
export function judgeSequence(events: readonly CommandEvent[], context: JudgeContext): readonly RawFinding[] {
  const byFile = new Map<string, CommandEvent[]>();
  for (const event of events) {
    if (event.api === 'stdin') continue;
    const list = byFile.get(event.file);
    if (list) list.push(event);
    else byFile.set(event.file, [event]);
  }
  return [...byFile.values()].flatMap((list) => (list.length > 1 ? together(list, context) : []));
}

function together(events: readonly CommandEvent[], context: JudgeContext): readonly RawFinding[] {
  const parts: { readonly event: CommandEvent; readonly line: string; readonly start: number }[] = [];
  let script = '';
  for (const event of events) {
    for (const line of commandLines(event)) {
      if (line.startsWith(HOLE) || parts.some((p) => p.line === line)) continue;
      if (parts.length >= MAX_SEQUENCE || script.length + line.length > MAX_SEQUENCE_CHARS) break;
      parts.push({ event, line, start: script.length });
      script += `${line}\n`;
    }
  }
  if (parts.length < 2) return [];
  const alone = new Set(parts.flatMap((p) => context.scanCommand(p.line).map((f) => `${f.rule} ${f.severity}`)));
  const out: RawFinding[] = [];
  for (const found of context.scanCommand(script)) {
    if (found.severity !== 'critical' || !TOGETHER.has(found.rule) || alone.has(`${found.rule} critical`)) continue;
    const steps = found.steps.map((step): RawStep => {
      const part = parts.findLast((p) => p.start <= step.pos) ?? parts[0]!;
      return { file: part.event.file, pos: part.event.pos, what: `${step.what}: ${snippet(part.line)}` };
    });
    out.push({ ...found, steps });
  }
  return out;
}
