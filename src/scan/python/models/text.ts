import { bytesToText, decodeBase64, decodeHex, decodePercent } from '../../encodings.ts';
import { concatenate, constant, HOLE, OPEN, stringsOf, tainted, wholeStrings, withTaints } from '../../flow/value.ts';
import { argument, type Call, type Model } from '../call.ts';
import type { Interpreter } from '../interpreter.ts';
import { formatCall } from '../operators.ts';
import { flat, labelsOf } from '../../flow/compound.ts';
import { elementOf, mixed, type PyValue, plain, textOf, UNKNOWN } from '../value.ts';

const MAX_TEXT = 200_000;

/** Decodes a text; the result says that it was hidden. */
function decoded(it: Interpreter, call: Call, how: string, decode: (text: string) => string | undefined): PyValue {
  const value = argument(call, 0);
  const label = it.program.taint('decoded', how, call.pos, 'decodes a hidden text');
  const text = textOf(value);
  const plainText = text !== undefined && text.length <= MAX_TEXT ? decode(text) : undefined;
  return plain(withTaints(plainText === undefined ? OPEN : constant(plainText), [...labelsOf(value), label]));
}

function base64(text: string): string | undefined {
  const bytes = decodeBase64(text);
  return bytes && bytesToText(bytes);
}

function hex(text: string): string | undefined {
  const bytes = decodeHex(text);
  return bytes && bytesToText(bytes);
}

function rotate(text: string): string {
  return text.replace(/[a-z]/gi, (c) => String.fromCharCode(c.charCodeAt(0) + (c.toLowerCase() < 'n' ? 13 : -13)));
}

const decodeWith =
  (how: string, decode: (text: string) => string | undefined = () => undefined): Model =>
  (it, call) =>
    decoded(it, call, how, decode);

/** `codecs.decode(text, 'rot13')`. */
const codec: Model = (it, call) => {
  const name = textOf(argument(call, 1, 'encoding')) ?? '';
  if (/^rot_?13$/i.test(name)) return decoded(it, call, 'rotated letters', rotate);
  if (/^base_?64|^b64/i.test(name)) return decoded(it, call, 'base64', base64);
  if (/^hex/i.test(name)) return decoded(it, call, 'hex', hex);
  if (/^(?:zlib|zip|bz2|uu)/i.test(name)) return decoded(it, call, 'compression', () => undefined);
  if (/unicode_escape|raw_unicode/i.test(name))
    return decoded(it, call, 'escapes', (t) =>
      t.replace(/\\x([\da-f]{2})/gi, (_, h: string) => String.fromCharCode(Number.parseInt(h, 16))),
    );
  return argument(call, 0) ?? UNKNOWN;
};

/** Codes that stand for quotation marks, line ends and the like: written as numbers for a good reason. */
const ORDINARY = new Set([0, 7, 8, 9, 10, 13, 27, 34, 39, 92]);

const character: Model = (it, call) => {
  const value = argument(call, 0);
  const code = value?.value.consts[0];
  if (typeof code !== 'number' || code < 0 || code > 0x10ffff) {
    const xored = labelsOf(value).some((t) => t.kind === 'decoded');
    return plain(
      tainted(
        xored
          ? labelsOf(value)
          : [
              ...labelsOf(value),
              it.program.taint('decoded', 'character codes', call.pos, 'is put together from character codes'),
            ],
      ),
    );
  }
  const hidden = code < 127 && !ORDINARY.has(code);
  return plain(
    withTaints(constant(String.fromCodePoint(Math.trunc(code))), [
      ...labelsOf(value),
      ...(hidden
        ? [it.program.taint('decoded', 'character codes', call.pos, 'is put together from character codes')]
        : []),
    ]),
  );
};

/** `bytes([101, 118])`, `bytes(text, 'utf8')`. */
const bytes: Model = (it, call) => {
  const value = argument(call, 0);
  if (!value?.items) return value ? plain({ ...flat(value), apis: [] }) : plain(constant(''));
  const codes = value.items.map((i) => i.value.consts[0]);
  const labels = labelsOf(value);
  if (codes.length < 4 || !codes.every((c): c is number => typeof c === 'number' && c >= 0 && c < 256))
    return plain(tainted(labels));
  const text = bytesToText(Uint8Array.from(codes));
  return plain(
    withTaints(text === undefined ? OPEN : constant(text), [
      ...labels,
      it.program.taint('decoded', 'character codes', call.pos, 'is put together from character codes'),
    ]),
  );
};

const copy: Model = (_it, call) => {
  const value = argument(call, 0);
  return value ? { ...value, value: { ...value.value, apis: [] }, self: undefined } : plain(OPEN);
};

/** `map(chr, codes)`. */
const map: Model = (it, call) => {
  const [func, list] = call.args;
  if (!func || !list) return UNKNOWN;
  const apply = (item: PyValue): PyValue => {
    if (func.func) return it.invoke(func.func, [item], undefined);
    const api = func.value.apis[0];
    return api && MAPPED.has(api)
      ? (TEXT_MODELS[api] ?? copy)(it, { ...call, api, args: [item], keywords: new Map() })
      : mixed([func, item]);
  };
  if (list.items && list.items.length <= 3000) return { value: tainted([]), items: list.items.map(apply) };
  return { value: tainted(labelsOf(list)), items: [apply(elementOf(list))] };
};

const MAPPED = new Set(['chr', 'str', 'int', 'ord']);

const reversed: Model = (_it, call) => {
  const value = argument(call, 0);
  const text = textOf(value);
  if (text !== undefined)
    return {
      value: tainted(labelsOf(value)),
      items: [...text]
        .slice(0, 3000)
        .reverse()
        .map((c) => plain(constant(c))),
    };
  return value?.items ? { ...value, items: [...value.items].reverse() } : mixed([value]);
};

/** What was encoded is still the same, for what flows. */
const passOn: Model = (_it, call) => mixed([argument(call, 0)]);

const range: Model = (_it, call) => {
  const [a, b, c] = call.args.map((v) => v.value.consts[0]);
  if (typeof a !== 'number') return UNKNOWN;
  const start = typeof b === 'number' ? a : 0;
  const end = typeof b === 'number' ? b : a;
  const step = typeof c === 'number' && c !== 0 ? c : 1;
  const count = Math.ceil((end - start) / step);
  return count > 0 && count <= 400
    ? { value: OPEN, items: Array.from({ length: count }, (_, i) => plain(constant(start + i * step))) }
    : UNKNOWN;
};

const integer: Model = (_it, call) => {
  const value = argument(call, 0);
  const text = value?.value.consts[0];
  const base = argument(call, 1, 'base')?.value.consts[0];
  const number =
    typeof text === 'string'
      ? Number.parseInt(
          text.replace(/^0[xob]/i, ''),
          typeof base === 'number' ? base || 10 : /^0x/i.test(text) ? 16 : 10,
        )
      : text;
  return typeof number === 'number' && Number.isFinite(number)
    ? plain(withTaints(constant(number), labelsOf(value)))
    : plain(tainted(labelsOf(value)));
};

const ordinal: Model = (_it, call) => {
  const value = argument(call, 0);
  const text = textOf(value);
  return plain(
    text !== undefined && text.length > 0
      ? withTaints(constant(text.codePointAt(0)!), labelsOf(value))
      : tainted(labelsOf(value)),
  );
};

const fernet: Model = (it, call) => {
  const value = argument(call, 0);
  // A key and a text that both stand in the file hide the text from nobody but the reader.
  const known = value?.value.consts.length !== 0;
  return plain(
    tainted([
      ...labelsOf(value),
      ...(known ? [it.program.taint('decoded', 'encryption', call.pos, 'decrypts a hidden text')] : []),
    ]),
  );
};

/** Functions that turn texts into others. */
export const TEXT_MODELS: Readonly<Record<string, Model>> = {
  'base64.b64decode': decodeWith('base64', base64),
  'base64.urlsafe_b64decode': decodeWith('base64', base64),
  'base64.standard_b64decode': decodeWith('base64', base64),
  'base64.decodebytes': decodeWith('base64', base64),
  'base64.b32decode': decodeWith('base32'),
  'base64.b16decode': decodeWith('hex', hex),
  'base64.b85decode': decodeWith('base85'),
  'base64.a85decode': decodeWith('base85'),
  'binascii.unhexlify': decodeWith('hex', hex),
  'binascii.a2b_hex': decodeWith('hex', hex),
  'binascii.a2b_base64': decodeWith('base64', base64),
  'bytes.fromhex': decodeWith('hex', hex),
  'bytearray.fromhex': decodeWith('hex', hex),
  'zlib.decompress': decodeWith('compression'),
  'gzip.decompress': decodeWith('compression'),
  'bz2.decompress': decodeWith('compression'),
  'lzma.decompress': decodeWith('compression'),
  'cryptography.fernet.Fernet().decrypt': fernet,
  'codecs.decode': codec,
  'urllib.parse.unquote': (_it, call) => {
    const value = argument(call, 0);
    const text = textOf(value);
    return text === undefined ? mixed([value]) : plain(withTaints(constant(decodePercent(text)), labelsOf(value)));
  },
  chr: character,
  ord: ordinal,
  int: integer,
  bytes,
  bytearray: bytes,
  memoryview: copy,
  str: copy,
  list: copy,
  tuple: copy,
  set: copy,
  dict: (_it, call) => {
    const value = argument(call, 0);
    const fields = new Map([...(value?.fields ?? []), ...call.keywords]);
    return { value: tainted(labelsOf(value)), fields };
  },
  sorted: copy,
  iter: copy,
  reversed,
  map,
  filter: (_it, call) => call.args[1] ?? UNKNOWN,
  range,
  'json.dumps': (_it, call) => mixed([argument(call, 0)]),
  'base64.b64encode': passOn,
  'base64.urlsafe_b64encode': passOn,
  'base64.b32encode': passOn,
  'base64.b16encode': passOn,
  'base64.encodebytes': passOn,
  'binascii.hexlify': passOn,
  'binascii.b2a_base64': passOn,
  'zlib.compress': passOn,
  'gzip.compress': passOn,
  'urllib.parse.quote': passOn,
  'urllib.parse.urlencode': passOn,
  'pickle.dumps': passOn,
  'yaml.dump': passOn,
  'yaml.safe_dump': passOn,
  'yaml.safe_load': passOn,
  repr: passOn,
  'json.loads': (_it, call) => mixed([argument(call, 0)]),
};

const join: Model = (_it, call) => {
  const list = call.args[0];
  const separator = textOf(call.self) ?? '';
  if (!list?.items) return plain(tainted([...labelsOf(list), ...(call.self?.value.taints ?? [])]));
  const parts = list.items.slice(0, 3000).map((i) => stringsOf(i.value)[0] ?? HOLE);
  const text = parts.join(separator).slice(0, MAX_TEXT);
  return plain(withTaints(text.replaceAll(HOLE, '') === '' ? OPEN : constant(text), labelsOf(list)));
};

const keepsText: Model = (_it, call) =>
  call.self ? { ...call.self, value: { ...flat(call.self), apis: [] } } : UNKNOWN;

const replace: Model = (_it, call) => {
  const [from, to] = [textOf(call.args[0]), textOf(call.args[1])];
  const self = call.self ?? UNKNOWN;
  if (from === undefined || to === undefined || from === '') return mixed([self, ...call.args]);
  return plain({
    ...flat(self),
    consts: self.value.consts.map((c) => (typeof c === 'string' ? c.replaceAll(from, to).slice(0, MAX_TEXT) : c)),
  });
};

const splitText: Model = (_it, call) => {
  const text = textOf(call.self);
  const by = call.args[0] ? textOf(call.args[0]) : ' ';
  if (text === undefined || by === undefined || by === '') return { value: tainted(labelsOf(call.self)) };
  return {
    value: tainted([]),
    items: text
      .split(call.args[0] ? by : /\s+/)
      .slice(0, 3000)
      .map((t) => plain(withTaints(constant(t), call.self!.value.taints))),
  };
};

/** `.decode('rot13')` of Python 2, and `.decode()` of bytes. */
const decode: Model = (it, call) => {
  const name = textOf(call.args[0]) ?? '';
  return /rot|base64|hex|zlib/i.test(name)
    ? codec(it, { ...call, args: [call.self ?? UNKNOWN, call.args[0]!] })
    : keepsText(it, call);
};

/** `image.save(target)`: a path, or memory that is read like a file. */
const saveTo: Model = (it, call) => {
  const target = call.args[0];
  const labels = labelsOf(call.self);
  if (!target || labels.length === 0) return UNKNOWN;
  if (target.fields) target.fields.set('#text', mixed([target.fields.get('#text'), call.self]));
  else it.program.write(call.pos, '.save()', flat(target), tainted(labels));
  return UNKNOWN;
};

const METHODS: Readonly<Record<string, Model>> = {
  join,
  format: (_it, call) => formatCall(call.self ?? UNKNOWN, call.args, call.keywords),
  replace,
  split: splitText,
  splitlines: (it, call) => splitText(it, { ...call, args: [plain(constant('\n'))] }),
  decode,
  encode: keepsText,
  strip: keepsText,
  lstrip: keepsText,
  rstrip: keepsText,
  copy: keepsText,
  tobytes: keepsText,
  removeprefix: keepsText,
  lower: (_it, call) =>
    plain({
      ...flat(call.self),
      consts: (call.self?.value.consts ?? []).map((c) => (typeof c === 'string' ? c.toLowerCase() : c)),
    }),
  get: (_it, call) => {
    const key = wholeStrings(call.args[0]?.value ?? OPEN)[0];
    const field = key === undefined ? undefined : call.self?.fields?.get(key);
    return (
      field ??
      (call.self
        ? plain(tainted(call.self.fields && key !== undefined ? call.self.value.taints : labelsOf(call.self)))
        : UNKNOWN)
    );
  },
  items: (_it, call) =>
    call.self?.fields
      ? {
          value: tainted(call.self.value.taints),
          items: [...call.self.fields]
            .slice(0, 60)
            .map(([k, v]) => ({ value: tainted([]), items: [plain(constant(k)), v] })),
        }
      : mixed([call.self]),
  values: (_it, call) =>
    call.self?.fields
      ? { value: tainted(call.self.value.taints), items: [...call.self.fields.values()].slice(0, 60) }
      : mixed([call.self]),
  hex: (_it, call) => mixed([call.self]),
  save: saveTo,
  fromhex: (it, call) => TEXT_MODELS['bytes.fromhex']!(it, call),
};

/** What a method of a text or an unknown thing does. */
export function methodOf(name: string): Model | undefined {
  return Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
}

/** The result of concatenating constant paths. */
export function joinedPath(values: readonly PyValue[]): PyValue {
  return plain(concatenate(values.flatMap((v, i) => (i === 0 ? [flat(v)] : [constant('/'), flat(v)]))));
}
