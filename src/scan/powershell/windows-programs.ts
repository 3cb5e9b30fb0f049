import { constant, OPEN, tainted, withTaints } from '../flow/value.ts';
import type { Cmdlet } from './call.ts';
import { inner, runText } from './code.ts';
import { plain, UNKNOWN } from './value.ts';
import { lineOf, text } from './words.ts';

/** `cmd /c …`: `^` only breaks words up. */
export const cmd: Cmdlet = (call) => {
  const given = call.args.named.get('c') ?? call.args.named.get('k');
  if (!given) return UNKNOWN;
  const rest = [given, ...call.args.rest]
    .map((v) => text(v))
    .join(' ')
    .replaceAll('^', '');
  const at = call.args.line.search(/[/-][ck]\s/i);
  const whole =
    given.value.consts[0] === true || call.args.rest.length > 0
      ? at < 0
        ? rest
        : call.args.line
            .slice(at + 3)
            .replace(/^\s*["']|["']\s*$/g, '')
            .replaceAll('^', '')
      : rest;
  return inner(call.runner, whole.replaceAll('&&', ';').replace(/%(\w{1,40})%/g, '$env:$1'), call.pos);
};

/** Programs of Windows that fetch or run what others made. */
export const certutil: Cmdlet = (call) => {
  const { runner, pos } = call;
  const words = lineOf(call).split(/\s+/);
  const url = words.find((w) => /^(?:https?|ftp):/i.test(w));
  const target = words.filter((w) => !w.startsWith('-') && w !== url && w !== 'true' && w !== 'f').at(-1);
  if (url && target) {
    runner.session.send(pos, 'certutil', constant(url), OPEN);
    runner.session.write(
      pos,
      'certutil',
      constant(target),
      tainted([runner.session.taint('network', url, pos, 'downloads')]),
    );
  } else if (/-decode/i.test(lineOf(call)) && target) {
    runner.session.write(
      pos,
      'certutil',
      constant(target),
      withTaints(OPEN, [runner.session.taint('decoded', 'base64', pos, 'decodes a hidden text')]),
    );
  }
  return UNKNOWN;
};

/** `bitsadmin /transfer`. */
export const bitsadmin: Cmdlet = (call) => {
  const words = lineOf(call).split(/\s+/);
  const at = words.findIndex((w) => /^https?:/i.test(w));
  if (at >= 0) {
    const url = words[at]!;
    call.runner.session.write(
      call.pos,
      'bitsadmin',
      constant(words[at + 1] ?? ''),
      tainted([call.runner.session.taint('network', url, call.pos, 'downloads')]),
    );
  }
  return UNKNOWN;
};

/** Programs of Windows that run scripts from an address. */
export const remoteScript: Cmdlet = (call) => {
  const url = /https?:\/\/[^\s"']+/i.exec(lineOf(call))?.[0] ?? /https?:\/\/[^\s"']+/i.exec(call.args.line)?.[0];
  const inline = /(?:vbscript|javascript):/i.test(call.args.line) || /(?:vbscript|javascript):/i.test(lineOf(call));
  if (url)
    return runText(
      call.runner,
      plain(tainted([call.runner.session.taint('network', url, call.pos, 'loads')])),
      call.pos,
      `run with ${call.name}`,
    );
  if (inline)
    call.runner.session.report(
      'obfuscated-code',
      'critical',
      `Runs script code through ${call.name}, which gets around the rules for scripts.`,
      [call.runner.session.step(call.pos, `run as ${call.name}`)],
    );
  if (/comsvcs/i.test(call.args.line) && /minidump|#24|#\+24/i.test(call.args.line)) {
    call.runner.session.report(
      'credential-exfiltration',
      'critical',
      'Copies the passwords that Windows holds in memory.',
      [call.runner.session.step(call.pos, `run as ${call.name}`)],
    );
  }
  return UNKNOWN;
};
