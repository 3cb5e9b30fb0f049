import { isPlainHook, isPlainProfile, startsOnlyPlain } from '../data/plain-commands.ts';
import {
  classifyPath,
  GIT_HOOK,
  PLUGIN_ENTRY,
  SHELL_PROFILE,
  type Persistence,
  persistenceOf,
  showPath,
  slashed,
} from '../data/sensitive-paths.ts';
import type { CommandEvent, CodeEvent, WriteEvent } from '../flow/events.ts';
import { constStrings, HOLE, PACKAGE, stringsOf, type Taint, type Value, wholeStrings } from '../flow/value.ts';
import { flowConfidence, type RawFinding, type RawStep, snippet, stepsOf } from '../findings.ts';
import { commandLines } from './commands.ts';
import type { JudgeContext } from './context.ts';

type LabelsOf = (value: Value) => readonly Taint[];

/** What one change of the file system means. */
export function judgeWrite(event: WriteEvent, context: JudgeContext, labelsOf: LabelsOf): readonly RawFinding[] {
  const out: RawFinding[] = [];
  for (const path of stringsOf(event.path)) {
    const sink: RawStep = {
      file: event.file,
      pos: event.pos,
      what: `${VERBS[event.how]} ${showPath(path)} with ${event.api}`,
    };
    if (event.how === 'delete') {
      if (
        !event.api.includes('unlink') &&
        /^(?:~|\/|\/home|\/Users|~\/(?:Documents|Desktop|Pictures))\/?$/.test(path)
      ) {
        out.push({
          rule: 'destructive-delete',
          severity: 'critical',
          confidence: 'high',
          message: `Deletes ${showPath(path)} with everything in it.`,
          steps: [sink],
        });
      } else if (wholeStrings(event.path).some((p) => p.startsWith(PACKAGE) && p.slice(2) === event.file)) {
        out.push({
          rule: 'self-deletion',
          severity: 'warn',
          confidence: 'high',
          message: 'Deletes its own file after it has run.',
          steps: [sink],
        });
      }
      continue;
    }
    if (event.how === 'mode') {
      if (event.data.consts.some((c) => c === 0o777 || c === '777' || c === '0777' || c === 0o4755)) {
        const outside = !path.startsWith(PACKAGE) && classifyPath(path).kind !== 'other';
        out.push({
          rule: 'unsafe-permissions',
          severity: outside ? 'warn' : 'info',
          confidence: 'high',
          message: `Lets every user write ${showPath(path)}.`,
          steps: [sink],
        });
      }
      continue;
    }
    const lasting = persistenceOf(path);
    if (lasting) out.push(persistence(event, path, lasting, sink, context, labelsOf));
  }
  return out;
}

const VERBS: Readonly<Record<WriteEvent['how'], string>> = {
  write: 'writes',
  append: 'appends to',
  link: 'links',
  mode: 'changes the mode of',
  delete: 'deletes',
  archive: 'packs',
};

function persistence(
  event: WriteEvent,
  path: string,
  lasting: Persistence,
  sink: RawStep,
  context: JudgeContext,
  labelsOf: LabelsOf,
): RawFinding {
  const remote = labelsOf(event.data).find((t) => t.kind === 'network' && t.weak <= 1);
  const commands = constStrings(event.data).flatMap((text) => context.scanCommand(text));
  const bad = Boolean(remote) || commands.some((c) => c.severity === 'critical');
  const declared = context.capabilities.paths.some((p) => slashed(path).startsWith(slashed(p)));
  const own =
    isOnePlugin(lasting, event.data) ||
    (!bad && lasting.rule === 'persistence' && isPlain(lasting, wholeOrHoled(event.data), commands));
  const severity = bad
    ? 'critical'
    : own
      ? 'info'
      : declared && lasting.severity === 'warn'
        ? 'info'
        : lasting.severity;
  const end = bad ? ' The new content downloads or runs code.' : '';
  return {
    rule: lasting.rule,
    severity,
    confidence: 'high',
    message: `Changes ${lasting.what} (${showPath(path)}), which takes effect after the program has ended.${end}`,
    steps: stepsOf(remote, sink),
  };
}

/** True when the config is written back with the settings of one plugin changed, as its installer does. */
function isOnePlugin(lasting: Persistence, data: Value): boolean {
  return (
    lasting.rule === 'agent-tampering' &&
    data.consts.length === 0 &&
    data.apis.length === 1 &&
    data.apis[0] === PLUGIN_ENTRY &&
    data.taints.every((t) => t.kind === 'credential-file' || t.kind === 'home-file')
  );
}

/** True when what takes effect later is all visible and ordinary. */
function isPlain(lasting: Persistence, texts: readonly string[], commands: readonly RawFinding[]): boolean {
  if (texts.length === 0 || commands.some((c) => c.severity !== 'info')) return false;
  if (lasting.what === GIT_HOOK) return texts.every(isPlainHook);
  return texts.every((t) => (lasting.what === SHELL_PROFILE ? isPlainProfile(t) : startsOnlyPlain(t)));
}

function wholeOrHoled(data: Value): readonly string[] {
  return data.open || data.consts.length === 0 ? [] : constStrings(data);
}

/** Files that are filled from the network and then run, over all events of the package. */
export function judgeDropped(
  writes: readonly WriteEvent[],
  commands: readonly CommandEvent[],
  loads: readonly CodeEvent[],
  context: JudgeContext,
  labelsOf: LabelsOf,
): readonly RawFinding[] {
  const out: RawFinding[] = [];
  const dropped = new Map<string, { event: WriteEvent; taint: Taint }>();
  for (const event of writes) {
    if (event.how !== 'write' && event.how !== 'append') continue;
    const taint = labelsOf(event.data).find(
      (t) => (t.kind === 'network' && t.detail !== 'local') || (t.kind === 'decoded' && t.detail !== 'percent'),
    );
    if (!taint || taint.weak > 1) continue;
    for (const path of constStrings(event.path)) if (isSpecific(path)) dropped.set(slashed(path), { event, taint });
  }
  if (dropped.size === 0) return out;
  const report = (found: { event: WriteEvent; taint: Taint }, path: string, sink: RawStep): void => {
    const checked = context.checksums.has(found.event.file);
    const steps = [
      ...stepsOf(found.taint, { file: found.event.file, pos: found.event.pos, what: `written to ${showPath(path)}` }),
      sink,
    ];
    const origin =
      found.taint.kind === 'network' ? `downloads from ${found.taint.detail}` : 'unpacks from a hidden text';
    out.push({
      rule: 'download-and-execute',
      severity: checked ? 'info' : 'critical',
      confidence: flowConfidence(found.taint),
      message: `Runs a file that it ${origin} (${snippet(showPath(path))})${checked ? ' after comparing a checksum' : ' without checking what it is'}.`,
      steps,
    });
  };
  for (const event of commands) {
    const text = commandLines(event).join('\n');
    for (const [path, found] of dropped) {
      if (namesFile(text, path))
        report(found, path, { file: event.file, pos: event.pos, what: `run with ${event.api}` });
    }
  }
  for (const event of loads) {
    for (const [path, found] of dropped) {
      if (constStrings(event.code).some((c) => namesFile(slashed(c), path)))
        report(found, path, { file: event.file, pos: event.pos, what: `loaded with ${event.api}` });
    }
  }
  return out;
}

/** True when a text holds a path, and not as the start of another one. */
function namesFile(text: string, path: string): boolean {
  for (let at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
    if (!/[\w.-]/.test(text[at + path.length] ?? '')) return true;
  }
  return false;
}

/** A path that says which file it is, even where a part is unknown. */
function isSpecific(path: string): boolean {
  return path.replaceAll(HOLE, '').replace(/^(?:~|\/tmp|\uE001)?\/?/, '').length >= 3 || /^\/tmp\/./.test(path);
}
