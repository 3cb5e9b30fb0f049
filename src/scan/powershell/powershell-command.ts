import { snippet } from '../findings.ts';
import { concatenate, constant, stringsOf, wholeStrings } from '../flow/value.ts';
import { inner, runText } from './code.ts';
import { flat, labelsOf } from '../flow/compound.ts';
import { type PsValue, UNKNOWN } from './value.ts';
import { type Call, type Cmdlet, option, reportDropped } from './call.ts';
import { decodeBase64 } from '../encodings.ts';
import { decodedText } from './dotnet.ts';

/** `Invoke-Expression`. */
export const expression: Cmdlet = ({ runner, args, input, pos }) =>
  runText(runner, option(args, 'command', 0) ?? input ?? UNKNOWN, pos, 'run with Invoke-Expression');

/** `powershell -EncodedCommand …`, `-Command …`, `-File …`. */
export const powershell: Cmdlet = (call) => {
  const { runner, args } = call;
  const session = runner.session;
  let hidden = false;
  for (const [name, value] of args.named) {
    if (name.startsWith('w') && 'windowstyle'.startsWith(name) && /^h/i.test(stringsOf(value.value)[0] ?? ''))
      hidden = true;
    if (name.startsWith('e') && ('encodedcommand'.startsWith(name) || name === 'ec' || name === 'enc'))
      return encodedCommand(call, value, hidden);
  }
  const before = session.findings.length;
  const out = commandText(call);
  // A window that nobody sees, for code that comes from elsewhere.
  if (hidden) {
    for (let i = before; i < session.findings.length; i++) {
      const found = session.findings[i]!;
      if (found.severity === 'warn' && /fetch-and-run|download-and-execute/.test(found.rule))
        session.findings[i] = { ...found, severity: 'critical', message: `${found.message} Its window is hidden.` };
    }
  }
  return out;
};

/** `-Command …`, `-File …`, or a text that is piped in. */
function commandText(call: Call): PsValue {
  const { runner, args, pos } = call;
  const session = runner.session;
  const command = option(args, 'command') ?? (args.named.has('c') ? args.named.get('c') : undefined);
  const file = option(args, 'file');
  if (file) {
    const content = session.written(file.value);
    if (content) reportDropped(call, content, 'run with PowerShell');
    return UNKNOWN;
  }
  const text = [...(command ? [command] : []), ...args.rest];
  if (text.length === 0) return call.input ? runText(runner, call.input, pos, 'piped into PowerShell') : UNKNOWN;
  if (text.every((t) => t.block !== undefined)) return UNKNOWN;
  const joined: PsValue = {
    value: concatenate(text.flatMap((t, i) => (i === 0 ? [flat(t)] : [constant(' '), flat(t)]))),
  };
  // An unquoted command line is read as the arguments of PowerShell: its text stands there as it is.
  const at = args.line.search(/(?:^|\s)-c(?:o\w*)?\s+(?=[^\s"'])/i);
  if (at >= 0)
    return inner(
      runner,
      args.line
        .slice(at)
        .replace(/^\s*-\w+\s+/, '')
        .replace(/^["']|["']$/g, ''),
      pos,
    );
  return runText(runner, joined, pos, 'run with PowerShell');
}

/** `-EncodedCommand`: base64 of UTF-16. Programs use it to get around quoting; what is inside decides. */
export function encodedCommand(call: Call, value: PsValue, hidden: boolean): PsValue {
  const { runner, pos } = call;
  const session = runner.session;
  const text = wholeStrings(value.value)[0];
  const code = text === undefined ? undefined : decodedText(decodeBase64(text));
  const step = [session.step(pos, 'run with -EncodedCommand')];
  if (code === undefined) {
    const remote = labelsOf(value).some((t) => t.kind === 'network');
    session.report(
      'obfuscated-code',
      remote ? 'critical' : text === undefined ? 'info' : 'warn',
      text === undefined
        ? 'Runs an encoded command that is not constant.'
        : 'Runs an encoded command that cannot be decoded.',
      step,
      'medium',
    );
    return UNKNOWN;
  }
  const before = session.findings.length + session.events.length;
  const out = inner(runner, code, pos);
  const severe = session.findings.length + session.events.length > before;
  session.report(
    'obfuscated-code',
    severe || hidden ? 'critical' : 'warn',
    `Runs a command that is hidden by an encoding: ${snippet(code, 80)}.`,
    step,
  );
  return out;
}
