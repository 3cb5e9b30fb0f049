import { bytesToText, decodePercent, decodeText } from '../../encodings.ts';
import { children } from '../../flow/node.ts';
import type { CallSite, Machine } from '../../flow/machine.ts';
import { arg, label, type Model, type Models, mixed, through } from '../../flow/model.ts';
import {
  constant,
  constants,
  isPlainOpen,
  joinTaints,
  NEVER,
  OPEN,
  stringsOf,
  tainted,
  type Value,
  wholeStrings,
  withTaints,
} from '../../flow/value.ts';

const WHAT = 'decodes a hidden text';

/** Decodes constant text; anything else stays unknown. Both are marked as decoded. */
export function decodeValue(
  machine: Machine,
  site: CallSite,
  value: Value,
  encoding: 'base64' | 'hex' | 'percent',
): Value {
  const texts = wholeStrings(value).map((t) => (encoding === 'percent' ? decodePercent(t) : decodeText(t, encoding)));
  const known = texts.filter((t): t is string => t !== undefined);
  const whole = known.length > 0 && known.length === value.consts.length && !value.open;
  const decoded = known.length > 0 ? { ...constants(known), open: !whole } : OPEN;
  const taints = machine.deep(value);
  const out = withTaints(decoded, taints);
  return label(machine, site, out, 'decoded', encoding, WHAT);
}

const decoder =
  (encoding: 'base64' | 'hex' | 'percent'): Model =>
  (machine, site) => {
    if (encoding === 'percent') {
      const value = arg(site, 0);
      // Decoding an address is ordinary; only constant text was hidden on purpose.
      if (
        wholeStrings(value).length === 0 ||
        !wholeStrings(value).some((t) => (t.match(/%[0-9a-f]{2}/gi)?.length ?? 0) >= 8)
      ) {
        return through(machine, site, value, 'decoded');
      }
    }
    return decodeValue(machine, site, arg(site, 0), encoding);
  };

/** Numbers of an array or arguments as text, when all are known. */
function charsOf(machine: Machine, values: readonly Value[]): string | undefined {
  let out = '';
  for (const value of values) {
    if (value.open || value.consts.length !== 1 || typeof value.consts[0] !== 'number') return undefined;
    out += String.fromCharCode(value.consts[0]);
  }
  return machine && values.length > 0 ? out : undefined;
}

/** True when the first argument is written as a number. */
function isLiteral(site: CallSite): boolean {
  return children(site.node, 'arguments')[0]?.type === 'Literal';
}

const fromCharCode: Model = (machine, site) => {
  let values = site.args;
  if (values.length === 1 && values[0]!.objects.length === 1)
    values = values[0]!.objects[0]!.list(machine.round) ?? values;
  const text = site.rest ? undefined : charsOf(machine, values);
  const literal = arg(site, 0).consts.length === 1 && isLiteral(site);
  if (text !== undefined && text.length <= 2 && literal) return constant(text);
  let taints = site.args.flatMap((a) => machine.deep(a));
  if (site.rest) taints = [...joinTaints(taints, site.rest.taints)];
  return label(
    machine,
    site,
    withTaints(text === undefined ? OPEN : constant(text), taints),
    'decoded',
    'character codes',
    'builds a text from character codes',
  );
};

/** `Buffer.from(text, encoding)`, `Buffer.from([…])`. */
const bufferFrom: Model = (machine, site) => {
  const value = arg(site, 0);
  const encodings = stringsOf(arg(site, 1));
  if (encodings.some((e) => e === 'base64' || e === 'base64url')) return decodeValue(machine, site, value, 'base64');
  if (encodings.includes('hex')) return decodeValue(machine, site, value, 'hex');
  const list = value.objects.length === 1 ? value.objects[0]!.list(machine.round) : undefined;
  const text = list ? charsOf(machine, list) : undefined;
  if (text !== undefined) {
    const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
    const decoded = bytesToText(bytes);
    if (decoded !== undefined)
      return label(machine, site, constant(decoded), 'decoded', 'bytes', 'builds a text from bytes');
  }
  const copied: Value = { ...through(machine, site, value, 'through Buffer.from()'), objects: [] };
  const bytes = value.objects.some((o) => o.kind === 'array');
  return bytes
    ? label(machine, site, { ...copied, open: true }, 'decoded', 'bytes', 'builds a text from bytes')
    : copied;
};

const encoder =
  (what: string): Model =>
  (machine, site) =>
    mixed(machine, site, site.args, what);

/** JSON of a value holds everything in it. */
const stringify: Model = (machine, site) => {
  const value = arg(site, 0);
  if (value.consts.length > 0 && value.objects.length === 0 && !value.open) {
    return { ...constants(value.consts.map((c) => JSON.stringify(c))), taints: value.taints };
  }
  return mixed(machine, site, [value], 'turned into JSON');
};

/** A conversion that keeps the text. */
const same: Model = (machine, site) => {
  const value = arg(site, 0);
  if (value === NEVER || isPlainOpen(value)) return value;
  return { ...through(machine, site, value, `through ${site.name}()`), objects: [] };
};

const reverseString: Model = (machine, site) => tainted(machine.deep(arg(site, 0)));

/** Text, numbers and encodings. */
export const TEXT_MODELS: Models = {
  atob: decoder('base64'),
  unescape: decoder('percent'),
  decodeURIComponent: decoder('percent'),
  decodeURI: decoder('percent'),
  'Buffer.from': bufferFrom,
  Buffer: bufferFrom,
  'Buffer.concat': encoder('joined'),
  'Buffer.alloc': () => OPEN,
  'js-base64.Base64.decode': decoder('base64'),
  'js-base64.decode': decoder('base64'),
  btoa: encoder('encoded as base64'),
  encodeURIComponent: (machine, site) => through(machine, site, arg(site, 0), 'encoded for a URL'),
  encodeURI: (machine, site) => through(machine, site, arg(site, 0), 'encoded for a URL'),
  escape: encoder('encoded for a URL'),
  'querystring.stringify': encoder('turned into a query'),
  'qs.stringify': encoder('turned into a query'),
  'JSON.stringify': stringify,
  'JSON.parse': encoder('parsed'),
  'yaml.parse': encoder('parsed'),
  'yaml.stringify': encoder('turned into YAML'),
  'String.fromCharCode': fromCharCode,
  'String.fromCodePoint': fromCharCode,
  'String.raw': (_machine, site) => arg(site, 0),
  String: same,
  Number: () => OPEN,
  Boolean: () => OPEN,
  parseInt: parseIntModel,
  'Number.parseInt': parseIntModel,
  parseFloat: () => OPEN,
  BigInt: () => OPEN,
  Date: () => OPEN,
  'Date.now': () => OPEN,
  RegExp: reverseString,
  Error: () => OPEN,
  TypeError: () => OPEN,
  TextEncoder: (machine, site) => ({
    ...NEVER,
    objects: [machine.object(site.frame, site.node, 'object', 'Text.Coder')],
  }),
  TextDecoder: (machine, site) => ({
    ...NEVER,
    objects: [machine.object(site.frame, site.node, 'object', 'Text.Coder')],
  }),
  'Text.Coder.encode': same,
  'Text.Coder.decode': same,
  Uint8Array: bufferFrom,
  'Uint8Array.from': bufferFrom,
  isNaN: () => OPEN,
};

function parseIntModel(_machine: Machine, site: CallSite): Value {
  const value = arg(site, 0);
  const radix = Number(arg(site, 1).consts[0] ?? 10);
  if (value.open || value.consts.length === 0 || !(radix >= 2 && radix <= 36)) return OPEN;
  const numbers = value.consts.map((c) => Number.parseInt(String(c), radix)).filter((n) => Number.isFinite(n));
  return numbers.length === value.consts.length ? constants(numbers) : OPEN;
}
