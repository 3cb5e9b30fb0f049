import { concatenate, constant, HOLE, OPEN, stringsOf, tainted, type Value, withTaints } from '../flow/value.ts';
import type { Program } from './program.ts';
import { flat, labelsOf } from '../flow/compound.ts';
import { mixed, type PyValue, plain, textOf } from './value.ts';

const MAX_TEXT = 100_000;

/** What operators of one rank make of their operands. */
export function arithmetic(
  program: Program,
  operators: readonly string[],
  operands: readonly PyValue[],
  pos: number,
): PyValue {
  if (operators.every((o) => o === '+')) return sum(operands);
  if (operators.includes('^')) {
    const labels = mixed(operands).value.taints;
    const numbers = operands.map((o) => o.value.consts[0]);
    const label = program.taint('decoded', 'xor', pos, 'decodes with xor');
    return plain(
      numbers.every((n): n is number => typeof n === 'number')
        ? withTaints(constant(numbers.reduce((a, b) => a ^ b)), [...labels, label])
        : tainted([...labels, label]),
    );
  }
  let left = operands[0]!;
  for (let i = 0; i < operators.length; i++) left = binary(operators[i]!, left, operands[i + 1]!);
  return left;
}

function sum(operands: readonly PyValue[]): PyValue {
  if (operands.some((o) => o.items))
    return { value: tainted([]), items: operands.flatMap((o) => o.items ?? [o]).slice(0, 400) };
  const numbers = operands.map((o) => o.value.consts[0]);
  if (numbers.every((n): n is number => typeof n === 'number'))
    return plain(withTaints(constant(numbers.reduce((a, b) => a + b, 0)), mixed(operands).value.taints));
  return plain(concatenate(operands.map((o) => flat(o))));
}

function binary(operator: string, left: PyValue, right: PyValue): PyValue {
  if (operator === '%' && typeof left.value.consts[0] === 'string') return formatted(left, right);
  if (operator === '/') {
    // Paths are joined with `/`.
    const isPath =
      left.value.consts.some((c) => typeof c === 'string') || right.value.consts.some((c) => typeof c === 'string');
    if (isPath) return plain(concatenate([flat(left), constant('/'), flat(right)]));
  }
  const a = left.value.consts[0];
  const b = right.value.consts[0];
  const labels = mixed([left, right]).value.taints;
  if (operator === '+') return sum([left, right]);
  if (operator === '*' && left.items && typeof b === 'number') return { ...left };
  if (operator === '*' && typeof a === 'string' && typeof b === 'number')
    return plain(withTaints(constant(a.repeat(Math.max(0, Math.min(b, 2000 / (a.length + 1))))), labels));
  if (typeof a !== 'number' || typeof b !== 'number') return plain(tainted(labels));
  const result = {
    '-': a - b,
    '*': a * b,
    '/': a / b,
    '//': Math.floor(a / b),
    '%': a % b,
    '&': a & b,
    '|': a | b,
    '<<': a << b,
    '>>': a >> b,
    '**': a ** b,
  }[operator];
  return plain(
    result === undefined || !Number.isFinite(result) ? tainted(labels) : withTaints(constant(result), labels),
  );
}

/** `'%s/%s' % (a, b)`. */
function formatted(left: PyValue, right: PyValue): PyValue {
  const text = stringsOf(left.value)[0]!;
  const values = right.items ?? [right];
  const pieces = text.split(/%(?:\(\w{1,40}\))?[-+ #0]{0,3}\d{0,4}(?:\.\d{1,3})?[sdrfxXiueg]/);
  const parts: Value[] = [];
  pieces.slice(0, 200).forEach((piece, i) => {
    parts.push(constant(piece));
    if (i < pieces.length - 1) parts.push(right.fields ? OPEN : flat(values[i] ?? plain(OPEN)));
  });
  return plain(withTaints(concatenate(parts), [...labelsOf(left), ...labelsOf(right)]));
}

/** `'{}/{name}'.format(a, name=b)`. */
export function formatCall(
  template: PyValue,
  args: readonly PyValue[],
  keywords: ReadonlyMap<string, PyValue>,
): PyValue {
  const text = stringsOf(template.value)[0] ?? HOLE;
  const parts: Value[] = [];
  let next = 0;
  let from = 0;
  for (const match of text.matchAll(/\{(\w{0,40})(?:[^{}]{0,60})\}/g)) {
    parts.push(constant(text.slice(from, match.index)));
    const name = match[1]!;
    const value = name === '' ? args[next++] : /^\d+$/.test(name) ? args[Number(name)] : keywords.get(name);
    parts.push(value ? flat(value) : OPEN);
    from = match.index + match[0].length;
    if (parts.length > 400) break;
  }
  parts.push(constant(text.slice(from, from + MAX_TEXT)));
  return plain(withTaints(concatenate(parts), [...labelsOf(template), ...args.flatMap((a) => labelsOf(a))]));
}

/** `text[::-1]`, `text[2:5]`. */
export function sliced(object: PyValue, parts: readonly (PyValue | undefined)[]): PyValue {
  const numbers = parts.map((p) => p?.value.consts[0]);
  const whole = textOf(object);
  const step = numbers[2] ?? 1;
  const plainRange =
    numbers.every((n) => n === undefined || typeof n === 'number') &&
    parts.every((p, i) => p === undefined || numbers[i] !== undefined);
  if (!plainRange || (step !== 1 && step !== -1)) {
    if (whole === undefined || typeof step !== 'number' || !plainRange || step < 2)
      return { ...object, value: whole === undefined ? object.value : tainted(object.value.taints) };
  }
  const [start, end] = numbers as (number | undefined)[];
  const cut = <T>(list: readonly T[]): T[] => {
    if (step === -1) return start === undefined && end === undefined ? [...list].reverse() : [];
    const range = list.slice(start ?? 0, end ?? list.length);
    return typeof step === 'number' && step > 1 ? range.filter((_, i) => i % step === 0) : range;
  };
  if (object.items) return { ...object, items: cut(object.items) };
  if (whole === undefined || whole.length > MAX_TEXT) return plain(tainted(labelsOf(object)));
  if (step === -1 && (start !== undefined || end !== undefined)) return plain(tainted(labelsOf(object)));
  return plain(withTaints(constant(cut([...whole]).join('')), object.value.taints));
}
