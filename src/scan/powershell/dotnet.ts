import { bytesToText, decodeBase64, decodeHex } from '../encodings.ts';
import { snippet, stepsOf } from '../findings.ts';
import { api, concatenate, constant, HOLE, OPEN, stringsOf, tainted, wholeStrings, withTaints } from '../flow/value.ts';
import { runText } from './code.ts';
import { formatted } from './operators.ts';
import type { Runner } from './runner.ts';
import { flat, labelsOf } from '../flow/compound.ts';
import { NOTHING, type PsValue, plain, UNKNOWN } from './value.ts';
import { objectOf, mixed, make, construct, webCall, requestCall, streamCall } from './net-objects.ts';

function typeOf(value: PsValue): string {
  return value.value.apis.find((a) => a.startsWith('type:'))?.slice(5) ?? '';
}

/** Names that stand for the scanner which PowerShell itself asks. */
const AMSI = /amsi(?:utils|initfailed|scanbuffer|context|session)|system\.management\.automation\.am/i;

/** `[Type]::Member(args)`. */
export function callStatic(
  runner: Runner,
  target: PsValue,
  name: string,
  args: readonly PsValue[],
  pos: number,
): PsValue {
  const type = typeOf(target);
  const session = runner.session;
  if (name === 'new') return construct(runner, type, args, pos);
  if (type === 'convert' && name === 'frombase64string') return decoded(runner, args[0], pos, 'base64', decodeBase64);
  if (type === 'convert' && name === 'fromhexstring') return decoded(runner, args[0], pos, 'hex', decodeHex);
  if (type === 'convert' && name === 'tochar') return characters(runner, args[0] ?? UNKNOWN, pos);
  if (type === 'convert' && /^(?:toint\d+|tobyte|touint\d+)$/.test(name)) return parsed(args);
  if (type === 'scriptblock' && name === 'create')
    return { value: { ...flat(args[0]), apis: ['object:code'] }, built: args[0]?.built };
  if (type === 'environment' && name.startsWith('getenvironmentvariable')) {
    if (name.endsWith('s')) return session.labelled('env-all', '', pos, 'lists the environment');
    return session.variable(`env:${stringsOf(args[0]?.value ?? OPEN)[0] ?? ''}`, pos);
  }
  if (type === 'environment' && name === 'getfolderpath')
    return plain(
      constant(
        /startup/i.test(stringsOf(args[0]?.value ?? OPEN)[0] ?? '')
          ? '~/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup'
          : '~',
      ),
    );
  if (type === 'io.file' && name.startsWith('read')) return plain(session.read(flat(args[0]), pos));
  if (type === 'io.file' && /^(?:write|append)/.test(name)) {
    session.write(pos, `[IO.File]::${name}`, flat(args[0]), flat(args[1]), name.startsWith('append'));
    return NOTHING;
  }
  if (type === 'io.path' && name === 'combine')
    return plain(concatenate(args.flatMap((a, i) => (i === 0 ? [flat(a)] : [constant('/'), flat(a)]))));
  if (type === 'string' && name === 'join') return joinedList(args[0], args[1]);
  if (type === 'string' && name === 'concat') return { value: concatenate(args.map((a) => flat(a))), built: true };
  if (type === 'string' && name === 'format')
    return {
      value: withTaints(
        formatted(args[0] ?? UNKNOWN, { value: OPEN, items: args.slice(1) }),
        args.flatMap((a) => labelsOf(a)),
      ),
      built: true,
    };
  if (type === 'array' && name === 'reverse') return NOTHING;
  if (/^(?:reflection\.assembly|appdomain)$/.test(type) && /^load/.test(name)) return load(runner, args[0], pos);
  if (type === 'net.webrequest' || type === 'net.httpwebrequest') return make('request', { '#to': args[0] ?? UNKNOWN });
  if (type === 'windows.forms.clipboard' || type === 'windows.clipboard')
    return session.labelled('clipboard', 'the clipboard', pos, 'reads the clipboard');
  if (/protecteddata$/.test(type) && name === 'unprotect')
    return session.labelled(
      'credential-file',
      'browser passwords and cookies',
      pos,
      'decrypts what Windows keeps for this user',
    );
  if (type === 'net.dns' && args[0] && labelsOf(args[0]).length > 0)
    session.send(pos, '[Net.Dns]', flat(args[0]), tainted(labelsOf(args[0])));
  if (type === 'diagnostics.process' && name === 'start') return startProcess(runner, args[0], args[1], pos);
  if (/virtualalloc|createthread|writeprocessmemory/.test(name)) {
    session.report('process-injection', 'critical', 'Writes machine code into memory and runs it.', [
      session.step(pos, `calls ${name}`),
    ]);
  }
  return mixed(args);
}

/** A number in a base: `[Convert]::ToInt32('41', 16)`. */
function parsed(args: readonly PsValue[]): PsValue {
  const text = args[0]?.value.consts[0];
  const base = args[1]?.value.consts[0];
  const number =
    typeof text === 'string'
      ? Number.parseInt(text, typeof base === 'number' && base >= 2 && base <= 36 ? base : 10)
      : text;
  return typeof number === 'number' && !Number.isNaN(number)
    ? plain(withTaints(constant(number), labelsOf(args[0])))
    : (args[0] ?? UNKNOWN);
}

function startProcess(runner: Runner, program: PsValue | undefined, args: PsValue | undefined, pos: number): PsValue {
  const line = concatenate([program ? flat(program) : OPEN, constant(' '), args ? flat(args) : constant('')]);
  for (const text of wholeStrings(line).slice(0, 2))
    runText(runner, { value: withTaints(constant(text), line.taints) }, pos, 'started as a process', 'command');
  return NOTHING;
}

function load(runner: Runner, code: PsValue | undefined, pos: number): PsValue {
  const taint = labelsOf(code).find((t) => t.kind === 'network' || (t.kind === 'decoded' && t.detail !== 'xor'));
  if (taint) {
    runner.session.report(
      'obfuscated-code',
      'critical',
      taint.kind === 'network'
        ? `Loads a program from ${snippet(taint.detail)} into memory and runs it without a file.`
        : 'Loads a program that is hidden in a text into memory.',
      stepsOf(taint, runner.session.step(pos, 'loaded into memory')),
    );
  }
  return UNKNOWN;
}

/** Bytes hidden in a text; of UTF-16 every second one is left out. */
function decoded(
  runner: Runner,
  value: PsValue | undefined,
  pos: number,
  how: string,
  decode: (text: string) => Uint8Array | undefined,
): PsValue {
  const label = runner.session.taint('decoded', how, pos, 'decodes a hidden text');
  for (const text of wholeStrings(value?.value ?? OPEN)) {
    const plainText = decodedText(decode(text));
    if (plainText !== undefined)
      return { value: withTaints(constant(plainText), [...labelsOf(value), label]), built: true };
  }
  return { value: withTaints(OPEN, [...labelsOf(value), label]), built: true };
}

/** Bytes as text, in UTF-8 or UTF-16. */
export function decodedText(bytes: Uint8Array | undefined): string | undefined {
  if (!bytes) return undefined;
  if (bytes.length > 1 && bytes.length % 2 === 0) {
    let zeros = 0;
    for (let i = 1; i < bytes.length; i += 2) if (bytes[i] === 0) zeros++;
    if (zeros * 2 > bytes.length * 0.8) {
      const codes: string[] = [];
      for (let i = 0; i + 1 < bytes.length; i += 2) codes.push(String.fromCharCode(bytes[i]! | (bytes[i + 1]! << 8)));
      return codes.join('');
    }
  }
  return bytesToText(bytes);
}

function joinedList(separator: PsValue | undefined, items: PsValue | undefined): PsValue {
  const glue = stringsOf(separator?.value ?? constant(''))[0] ?? '';
  const text = (items?.items ?? []).map((i) => stringsOf(i.value)[0] ?? HOLE).join(glue);
  return {
    value: withTaints(text.replaceAll(HOLE, '') === '' ? OPEN : constant(text.slice(0, 100_000)), labelsOf(items)),
    built: true,
  };
}

/** Codes that stand for quotation marks, line ends and the like: written as numbers for a good reason. */
const ORDINARY = new Set([0, 7, 8, 9, 10, 13, 27, 34, 36, 39, 44, 92, 96]);

function characters(runner: Runner, value: PsValue, pos: number): PsValue {
  const one = (item: PsValue): PsValue => {
    const code = item.value.consts[0];
    if (typeof code !== 'number' && !(typeof code === 'string' && /^(?:0x[0-9a-f]+|\d+)$/i.test(code))) return item;
    const number = Number(code);
    return plain(
      withTaints(
        constant(number >= 0 && number < 0x10000 ? String.fromCharCode(number) : ''),
        ORDINARY.has(number) || number > 126
          ? item.value.taints
          : [
              ...item.value.taints,
              runner.session.taint('decoded', 'character codes', pos, 'is written as character codes'),
            ],
      ),
    );
  };
  return value.items
    ? { value: value.value, items: value.items.map(one), built: true }
    : { ...one(value), built: true };
}

/** `[type]value`. */
export function cast(runner: Runner, type: string, value: PsValue, pos: number): PsValue {
  if (type === 'char' || type === 'char[]') {
    const text = wholeStrings(value.value)[0];
    if (type === 'char[]' && text !== undefined && !value.items)
      return { value: value.value, items: [...text].slice(0, 20_000).map((c) => plain(constant(c))), built: true };
    return characters(runner, value, pos);
  }
  if (type === 'scriptblock') return { ...value, value: { ...value.value, apis: ['object:code'] } };
  if (type === 'string' && value.items) return joinedList(plain(constant(' ')), value);
  if (type === 'int' || type === 'byte') {
    const number = Number(value.value.consts[0]);
    return Number.isNaN(number) || value.items ? value : plain(withTaints(constant(number), value.value.taints));
  }
  if (/^net\.sockets\./.test(type)) return construct(runner, type, [value], pos);
  if (type === 'ref') {
    const inner = objectOf(value);
    if (inner && AMSI.test(inner)) runner.session.step(pos, inner);
  }
  return value;
}

/** `.Member` without a call. */
export function readMember(runner: Runner, value: PsValue, name: string, pos: number): PsValue {
  const field = value.fields?.get(name);
  if (field) return field;
  if (objectOf(value) === 'web' && name === 'headers') return UNKNOWN;
  const type = typeOf(value);
  if (type === 'environment' && (name === 'machinename' || name === 'username'))
    return runner.session.labelled('machine', name === 'username' ? 'user name' : 'host name', pos, `reads ${name}`);
  if (type.startsWith('text.encoding')) return { value: api(`type:${type}`) };
  if (name === 'invoke' || name === 'content' || name === 'value') return { ...value, fields: undefined };
  // A file that a command lists.
  if ((name === 'fullname' || name === 'pspath') && value.value.consts.length > 0) return plain(value.value);
  if (name === 'length' || name === 'count') {
    const size = value.items?.length ?? wholeStrings(value.value)[0]?.length;
    return plain(size === undefined ? OPEN : constant(size));
  }
  return plain({ ...tainted(labelsOf(value)), apis: value.value.apis.filter((a) => a.startsWith('object:')) });
}

/** `.Member(args)`. */
export function callMethod(
  runner: Runner,
  target: PsValue,
  name: string,
  args: readonly PsValue[],
  pos: number,
): PsValue {
  const session = runner.session;
  const kind = objectOf(target);
  if (kind === 'web') return webCall(runner, target, name, args, pos);
  if (kind === 'request') return requestCall(runner, target, name, pos);
  if (kind === 'socket' || kind === 'stream') return streamCall(runner, target, kind, name, args, pos);
  if (kind === 'code' || name === 'invokescript' || name === 'newscriptblock' || name === 'invokecommand') {
    if (/^(?:invoke|invokereturnasis|invokescript|newscriptblock|getnewclosure|begininvoke)$/.test(name))
      return runText(runner, kind === 'code' ? target : (args[0] ?? UNKNOWN), pos, `run with .${name}()`);
  }
  const texts = args.flatMap((a) => wholeStrings(a.value));
  if ((name === 'gettype' || name === 'getfield' || name === 'getmethod') && texts.some((t) => AMSI.test(t))) {
    session.report(
      'protection-off',
      'critical',
      'Switches off the scan of scripts for malware (AMSI) inside of PowerShell.',
      [session.step(pos, 'reaches into AMSI')],
    );
    return UNKNOWN;
  }
  switch (name) {
    case 'getstring':
      return args[0] ? { ...args[0], built: true } : UNKNOWN;
    case 'getbytes':
    case 'tochararray':
    case 'trim':
    case 'tostring':
    case 'toarray':
    case 'trimend':
    case 'trimstart':
      return args[0] && name === 'getbytes'
        ? args[0]
        : name === 'tochararray'
          ? cast(runner, 'char[]', target, pos)
          : target;
    case 'replace': {
      const [from, to] = [wholeStrings(args[0]?.value ?? OPEN)[0], wholeStrings(args[1]?.value ?? OPEN)[0]];
      const consts =
        from && to !== undefined
          ? target.value.consts.map((c) => String(c).replaceAll(from, to).slice(0, 100_000))
          : [];
      return {
        value: withTaints(consts.length > 0 ? { ...target.value, consts } : OPEN, [
          ...labelsOf(target),
          ...args.flatMap((a) => labelsOf(a)),
        ]),
        built: true,
      };
    }
    case 'split': {
      const text = wholeStrings(target.value)[0];
      const by = wholeStrings(args[0]?.value ?? OPEN)[0] ?? ' ';
      return {
        value: tainted(labelsOf(target)),
        items:
          text !== undefined && by !== ''
            ? text
                .split(by)
                .slice(0, 20_000)
                .map((t) => plain(withTaints(constant(t), labelsOf(target))))
            : undefined,
        built: true,
      };
    }
    case 'toupper':
    case 'tolower':
      return {
        ...target,
        value: {
          ...target.value,
          consts: target.value.consts.map((c) =>
            name === 'toupper' ? String(c).toUpperCase() : String(c).toLowerCase(),
          ),
        },
      };
    case 'insert':
    case 'substring':
    case 'remove':
      return { value: tainted([...labelsOf(target), ...args.flatMap((a) => labelsOf(a))]), built: true };
    case 'append':
      return { value: concatenate([flat(target), flat(args[0])]), built: true };
    case 'readtoend':
    case 'readline':
    case 'read':
    case 'getresponsestream':
    case 'copyto':
    case 'getstreamasync':
      return plain(tainted(labelsOf(target)));
    case 'shellexecute':
    case 'run':
    case 'exec':
      return runText(
        runner,
        { value: concatenate([args[0] ? flat(args[0]) : OPEN, constant(' '), args[1] ? flat(args[1]) : constant('')]) },
        pos,
        `started with ${name}`,
        'command',
      );
    case 'createshortcut':
      session.write(pos, 'CreateShortcut', flat(args[0]), OPEN);
      return UNKNOWN;
    case 'create':
      return stringsOf(target.value).some((t) => /win32_process/i.test(t)) && args[0]
        ? runText(runner, args[0], pos, 'started through WMI', 'command')
        : UNKNOWN;
    case 'save':
      if (session.captured && args[0])
        session.write(
          pos,
          '.Save()',
          flat(args[0]),
          session.labelled('clipboard', 'the screen', pos, 'saves a picture of the screen').value,
        );
      return NOTHING;
    case 'copyfromscreen':
      session.captured = true;
      session.findings.push({
        rule: 'input-capture',
        severity: 'info',
        confidence: 'medium',
        message: 'Takes a picture of the screen.',
        steps: [session.step(pos, 'copies the screen')],
      });
      return NOTHING;
    case 'regwrite':
      return NOTHING;
    default:
      return plain(tainted([...labelsOf(target), ...args.flatMap((a) => labelsOf(a))]));
  }
}
