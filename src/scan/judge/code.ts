import type { CodeEvent, NoticeEvent } from '../flow/events.ts';
import { constStrings, HOLE, PACKAGE, type Taint, type Value, wholeStrings } from '../flow/value.ts';
import { decodeText } from '../encodings.ts';
import { flowConfidence, type RawFinding, type RawStep, snippet, stepsOf } from '../findings.ts';
import type { JudgeContext } from './context.ts';

type LabelsOf = (value: Value) => readonly Taint[];

/** Modules that reach outside of the process; hiding their names has one reason. */
const REACHING = new Set([
  'child_process',
  'fs',
  'net',
  'http',
  'https',
  'dgram',
  'os',
  'vm',
  'worker_threads',
  'tls',
  'dns',
  'subprocess',
  'socket',
  'ctypes',
]);

/** Files whose content is no code by their name. */
const NO_SCRIPT =
  /\.(?:png|jpe?g|gif|webp|ico|bmp|svg|mp3|wav|mp4|woff2?|ttf|otf|eot|pdf|txt|md|csv|log|dat|bin|css|map|lock|zip|gz)$|(?:^|\/)(?:LICEN[CS]E|README|CHANGELOG|NOTICE)[^/]*$/i;

/** What running a text as code, or loading a module by a computed name, means. */
export function judgeCode(event: CodeEvent, context: JudgeContext, labelsOf: LabelsOf): readonly RawFinding[] {
  if (event.how === 'load') return judgeLoad(event, labelsOf);
  const taints = labelsOf(event.code);
  const sink: RawStep = {
    file: event.file,
    pos: event.pos,
    what:
      event.how === 'unpickle' ? `read with ${event.api}, which runs what it holds` : `run as code with ${event.api}`,
  };
  const found = (
    taint: Taint | undefined,
    severity: RawFinding['severity'],
    message: string,
    rule = 'dynamic-code-execution',
    confidence = taint ? flowConfidence(taint) : ('high' as const),
  ): RawFinding => ({ rule, severity, confidence, message, steps: stepsOf(taint, sink) });
  const pick = (kind: Taint['kind'], weak = 1): Taint | undefined =>
    taints.find((t) => t.kind === kind && t.weak <= weak);
  const remote = pick('network');
  if (remote) {
    const local = remote.detail === 'local';
    return [
      found(
        remote,
        local ? 'warn' : 'critical',
        local ? 'Runs code that a service on this machine sends.' : `Runs code that ${remote.detail} sends.`,
      ),
    ];
  }
  if (event.how === 'unpickle') {
    const input = pick('input');
    return input
      ? [found(input, 'warn', `Deserialises data from its caller with ${event.api}, which runs code in it.`)]
      : [];
  }
  const hidden = pick('decoded');
  if (hidden && hidden.detail !== 'percent') {
    const text = wholeStrings(event.code)[0];
    return [
      found(
        hidden,
        'critical',
        text
          ? `Runs code that is hidden by an encoding: ${snippet(text)}.`
          : 'Runs code that is hidden by an encoding.',
        'obfuscated-code',
      ),
    ];
  }
  const typed = pick('input');
  if (typed)
    return [
      found(
        typed,
        context.capabilities.shell ? 'info' : 'warn',
        `Runs text from its caller (${snippet(typed.detail)}) as code.`,
      ),
    ];
  const other = pick('clipboard') ?? pick('command-output', 0);
  if (other) return [found(other, 'warn', 'Runs as code what it read from elsewhere.')];
  const kept = taints.find((t) => t.kind === 'file' && t.weak <= 1 && NO_SCRIPT.test(t.detail));
  if (kept) {
    const message = `Runs as code what it keeps in ${snippet(kept.detail)}, a file that is no script.`;
    return [found(kept, 'critical', message, 'obfuscated-code')];
  }
  const constantCode =
    event.code.consts.length > 0 && !event.code.open && wholeStrings(event.code).length === event.code.consts.length;
  if (constantCode) return [found(undefined, 'info', 'Runs a constant text as code.')];
  return [
    found(pick('param') ?? pick('file'), 'info', 'Runs code that it builds itself.', 'dynamic-code-execution', 'low'),
  ];
}

function judgeLoad(event: CodeEvent, labelsOf: LabelsOf): readonly RawFinding[] {
  const taints = labelsOf(event.code);
  const sink: RawStep = { file: event.file, pos: event.pos, what: `loaded with ${event.api}` };
  const out: RawFinding[] = [];
  const texts = constStrings(event.code);
  const address = texts.find((t) => /^https?:\/\//.test(t));
  if (address)
    out.push({
      rule: 'remote-code',
      severity: 'warn',
      confidence: 'high',
      message: `Loads code from ${snippet(address)} each time it runs.`,
      steps: [sink],
    });
  const inline = texts.find((t) => t.startsWith('data:'));
  if (inline) {
    const encoded = /^data:[^,]*;base64,(.*)$/s.exec(inline);
    const text = encoded ? decodeText(encoded[1]!, 'base64') : undefined;
    out.push({
      rule: 'obfuscated-code',
      severity: encoded?.[1]?.includes(HOLE) ? 'info' : encoded ? 'critical' : 'warn',
      confidence: 'high',
      message: `Loads code that is written inside of a data address${text ? `: ${snippet(text)}` : ''}.`,
      steps: [sink],
    });
  }
  const remote = taints.find((t) => t.kind === 'network' && t.weak <= 1);
  const certain = texts.some((t) => t.startsWith(PACKAGE) && !t.slice(1).includes(HOLE));
  if (remote && !certain)
    out.push({
      rule: 'remote-code',
      severity: 'critical',
      confidence: flowConfidence(remote),
      message: `Loads a module that ${remote.detail} chooses.`,
      steps: stepsOf(remote, sink),
    });
  const hidden = taints.find((t) => t.kind === 'decoded' && t.weak <= 1 && t.detail !== 'percent');
  if (hidden && !remote) {
    const name = wholeStrings(event.code)[0];
    const reaching = name !== undefined && REACHING.has(name.replace(/^node:/, ''));
    out.push({
      rule: 'obfuscated-code',
      severity: reaching ? 'critical' : name ? 'warn' : 'info',
      confidence: 'high',
      message: `Hides the name of the module it loads${name ? ` (${snippet(name)})` : ''}.`,
      steps: stepsOf(hidden, sink),
    });
  }
  const typed = taints.find((t) => t.kind === 'input' && t.weak === 0);
  if (typed && out.length === 0 && !texts.some((t) => t.startsWith(PACKAGE))) {
    out.push({
      rule: 'dynamic-code-execution',
      severity: 'info',
      confidence: 'medium',
      message: `Loads a module whose name comes from its caller (${snippet(typed.detail)}).`,
      steps: stepsOf(typed, sink),
    });
  }
  return out;
}

/** Things that are wrong by themselves. */
export function judgeNotice(event: NoticeEvent): readonly RawFinding[] {
  const steps: readonly RawStep[] = [{ file: event.file, pos: event.pos, what: event.api }];
  switch (event.notice) {
    case 'tls-off':
      return [
        {
          rule: 'tls-verification-off',
          severity: 'warn',
          confidence: 'high',
          message:
            'Switches the verification of TLS certificates off for the whole process, so that anybody on the way can read and change what is sent.',
          steps,
        },
      ];
    case 'env-inject':
      return [
        {
          rule: 'process-injection',
          severity: 'warn',
          confidence: 'high',
          message: `Sets ${event.detail}, which loads a library into every program that is started later.`,
          steps,
        },
      ];
    case 'native-hook': {
      const starts = /spawn|process_wrap/.test(event.detail);
      return [
        {
          rule: 'native-binding',
          severity: starts ? 'critical' : 'info',
          confidence: starts ? 'high' : 'low',
          message: `Goes around the public API of Node to its internal binding ${snippet(event.detail)}.`,
          steps,
        },
      ];
    }
    case 'input-hook':
      return [
        {
          rule: 'input-capture',
          severity: 'warn',
          confidence: 'medium',
          message: 'Listens to every key that is pressed on this machine.',
          steps,
        },
      ];
    case 'clipboard-swap':
      return [
        {
          rule: 'clipboard-swap',
          severity: 'critical',
          confidence: 'high',
          message: 'Puts the address of a wallet on the clipboard, so that the user pays somebody else.',
          steps,
        },
      ];
    case 'module-patch':
      return [
        {
          rule: 'module-patching',
          severity: event.detail.startsWith('child_process.') ? 'warn' : 'info',
          confidence: event.detail.startsWith('child_process.') ? 'medium' : 'low',
          message: event.detail.startsWith('child_process.')
            ? `Replaces ${snippet(event.detail)} for everything in the process, and so sees every program that is started.`
            : `Replaces part of Node's module loader (${snippet(event.detail)}).`,
          steps,
        },
      ];
    case 'self-delete':
      return [
        {
          rule: 'self-deletion',
          severity: 'warn',
          confidence: 'medium',
          message: 'Deletes or overwrites its own file after it has run.',
          steps,
        },
      ];
    default:
      return [];
  }
}
