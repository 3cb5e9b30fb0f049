import { decodeBase64 } from '../encodings.ts';
import { snippet } from '../findings.ts';
import { wholeStrings } from '../flow/value.ts';
import type { Call } from './cmdlets.ts';
import { inner } from './code.ts';
import { decodedText } from './dotnet.ts';
import { labelsOf, type PsValue, UNKNOWN } from './value.ts';

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
