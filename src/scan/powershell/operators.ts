import {
  concatenate,
  constant,
  HOLE,
  join,
  NEVER,
  OPEN,
  stringsOf,
  tainted,
  type Value,
  wholeStrings,
  withTaints,
} from '../flow/value.ts';
import type { Session } from './session.ts';
import { flat, labelsOf } from '../flow/compound.ts';
import { either, type PsValue, plain } from './value.ts';

const OPERATOR =
  /^(?:[+*/%](?!=)|-(?=[\s\d$(])|\.\.(?=[\s\d$(-])|-(?:[ci]?(?:eq|ne|gt|ge|lt|le|match|notmatch|like|notlike|replace|split|contains|notcontains|in|notin)|f|join|and|or|xor|bxor|band|bor|shl|shr|as|is|isnot)(?![\w-]))/i;

/** The binary operator at a place. */
export function isOperator(text: string, pos: number): string | undefined {
  return OPERATOR.exec(text.slice(pos, pos + 16))?.[0];
}

/** The operator before an operand. */
export function unaryOperator(text: string, pos: number): string | undefined {
  return /^(?:!|\+\+|--|-(?:not|join|split|bnot)(?![\w-])|[+,](?=\s*[$('"[\d]))/i.exec(text.slice(pos, pos + 8))?.[0];
}

const MAX_TEXT = 100_000;

/** The text of each element. */
function parts(value: PsValue): readonly string[] {
  if (value.items) return value.items.map((i) => stringsOf(i.value)[0] ?? HOLE);
  return [stringsOf(value.value)[0] ?? HOLE];
}

function texts(value: PsValue): Value {
  return { ...flat(value), apis: [] };
}

/** What an operator makes of two values. */
export function binary(session: Session, operator: string, left: PsValue, right: PsValue, pos: number): PsValue {
  const labels = [...labelsOf(left), ...labelsOf(right)];
  switch (operator.replace(/^-[ci](?=replace|split|match)/, '-')) {
    case '+': {
      if (left.items || right.items)
        return {
          value: tainted(labels),
          items: [...(left.items ?? [left]), ...(right.items ?? [right])].slice(0, 20_000),
          built: true,
        };
      if (left.fields) return left;
      const a = left.value.consts[0];
      const b = right.value.consts[0];
      if (typeof a === 'number' && typeof b === 'number') return plain(withTaints(constant(a + b), labels));
      return { value: concatenate([texts(left), texts(right)]), built: true };
    }
    case '-':
    case '*':
    case '/':
    case '%':
    case '-band':
    case '-bor':
    case '-shl':
    case '-shr': {
      const a = left.value.consts[0];
      const b = right.value.consts[0];
      if (operator === '*' && typeof a === 'string' && typeof b === 'number')
        return {
          value: withTaints(constant(a.repeat(Math.max(0, Math.min(b, 10_000 / (a.length + 1))))), labels),
          built: true,
        };
      if (typeof a !== 'number' || typeof b !== 'number') return plain(tainted(labels));
      const result =
        operator === '-'
          ? a - b
          : operator === '*'
            ? a * b
            : operator === '/'
              ? a / b
              : operator === '%'
                ? a % b
                : operator === '-band'
                  ? a & b
                  : operator === '-bor'
                    ? a | b
                    : operator === '-shl'
                      ? a << b
                      : a >> b;
      return plain(withTaints(constant(result), labels));
    }
    case '-bxor':
      return {
        value: withTaints(tainted(labels), [session.taint('decoded', 'xor', pos, 'decodes with xor')]),
        built: true,
      };
    case '..': {
      const a = left.value.consts[0];
      const b = right.value.consts[0];
      if (typeof a !== 'number' || typeof b !== 'number' || Math.abs(a - b) > 5000) return plain(OPEN);
      const count = Math.abs(b - a) + 1;
      return { value: OPEN, items: Array.from({ length: count }, (_, i) => plain(constant(a + (b > a ? i : -i)))) };
    }
    case '-f':
      return { value: withTaints(formatted(left, right), labels), built: true };
    case '-join': {
      const separator = stringsOf(right.value)[0] ?? '';
      const text = parts(left).join(separator).slice(0, MAX_TEXT);
      return { value: withTaints(text.replaceAll(HOLE, '') === '' ? OPEN : constant(text), labels), built: true };
    }
    case '-replace':
      return { value: withTaints(replaced(left, right), labels), built: true };
    case '-split': {
      const pattern = stringsOf((right.items ?? [right])[0]!.value)[0] ?? '';
      const whole = wholeStrings(left.value)[0];
      if (whole === undefined || !/^[^\\.*+?^${}()|[\]]+$/.test(pattern))
        return { value: tainted(labels), built: true };
      return {
        value: tainted(labels),
        items: whole
          .split(pattern)
          .slice(0, 20_000)
          .map((t) => plain(constant(t))),
        built: true,
      };
    }
    case '-and':
    case '-or':
    case '-as':
      return either(left, right);
    default:
      return plain(OPEN);
  }
}

/** `'{1}{0}' -f 'b','a'`. */
export function formatted(left: PsValue, right: PsValue): Value {
  const format = wholeStrings(left.value)[0];
  if (format === undefined) return OPEN;
  const values = parts(right);
  return constant(
    format
      .replace(/\{(\d{1,3})(?:[,:][^{}]{0,20})?\}/g, (_, n: string) => values[Number(n)] ?? HOLE)
      .slice(0, MAX_TEXT),
  );
}

/** `-replace` with a pattern that has no meaning but itself. */
function replaced(left: PsValue, right: PsValue): Value {
  const [pattern, replacement] = right.items ? parts(right) : [parts(right)[0]!, ''];
  const plainPattern = (pattern ?? '').replace(/\\(.)/g, '$1');
  const literal = !/(?<!\\)[.*+?^${}()|[\]]|\\[dswbDSWBnrtx]/.test(pattern ?? '') && plainPattern !== '';
  const out: Value[] = [];
  for (const text of stringsOf(left.value))
    out.push(
      literal && text !== HOLE
        ? constant(
            text
              .split(plainPattern)
              .join(replacement ?? '')
              .slice(0, MAX_TEXT),
          )
        : OPEN,
    );
  return out.reduce((a, b) => join(a, b), NEVER);
}

/** `text[4,15,25]`, `list[-1..-9]`. */
export function indexed(value: PsValue, index: PsValue): PsValue {
  const key = stringsOf(index.value)[0];
  if (value.fields && key !== undefined) return value.fields.get(key.toLowerCase()) ?? plain(tainted(labelsOf(value)));
  const places = (index.items ?? [index])
    .map((i) => i.value.consts[0])
    .filter((n): n is number => typeof n === 'number');
  const taints = labelsOf(value);
  if (places.length === 0) return plain(tainted(taints));
  const text = value.items ? undefined : wholeStrings(value.value)[0];
  const at = (n: number): PsValue => {
    if (text !== undefined) return plain(withTaints(constant(text.at(n) ?? ''), taints));
    return value.items?.at(n) ?? plain(tainted(taints));
  };
  if (places.length === 1 && !index.items) return { ...at(places[0]!), built: true };
  return { value: tainted(taints), items: places.slice(0, 20_000).map(at), built: true };
}
