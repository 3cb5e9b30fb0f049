import type { Machine } from './machine.ts';
import { concatenate, constants, joinTaints, OPEN, tainted, type Value, withTaints } from './value.ts';

const COMPARISONS = new Set(['==', '!=', '===', '!==', '<', '>', '<=', '>=', 'in', 'instanceof', 'is', 'not in']);

/** True for operators whose result says nothing of the operands. */
export function compare(operator: string): boolean {
  return COMPARISONS.has(operator);
}

/** `a + b`: a sum of numbers, a concatenation otherwise. */
export function add(machine: Machine, left: Value, right: Value): Value {
  const numbers = (v: Value) => v.consts.length > 0 && v.consts.every((c) => typeof c === 'number');
  if (numbers(left) && numbers(right)) return arithmetic('+', left, right);
  const taints = joinTaints(
    left.objects.length > 0 ? machine.deep(left) : left.taints,
    right.objects.length > 0 ? machine.deep(right) : right.taints,
  );
  return concatenate([left, right], taints);
}

function apply(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '^':
      return a ^ b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '<<':
      return a << b;
    case '>>':
      return a >> b;
    case '>>>':
      return a >>> b;
    case '**':
      return a ** b;
    default:
      return Number.NaN;
  }
}

/** Arithmetic on constants; otherwise unknown, with the labels of both sides. */
export function arithmetic(operator: string, left: Value, right: Value): Value {
  const taints = joinTaints(left.taints, right.taints);
  // Python repeats a text with `*`, and fills it with `%`.
  const texts = left.consts.some((c) => typeof c === 'string');
  if (texts && operator === '%') return fillPercent(left, right);
  if (left.open || right.open || left.consts.length !== 1 || right.consts.length !== 1) return tainted(taints);
  const a = left.consts[0];
  const b = right.consts[0];
  if (typeof a !== 'number' || typeof b !== 'number') return tainted(taints);
  const result = apply(operator, a, b);
  return Number.isFinite(result) ? withTaints(constants([result]), taints) : tainted(taints);
}

function fillPercent(left: Value, right: Value): Value {
  const parts: Value[] = [];
  const text = left.consts.find((c): c is string => typeof c === 'string') ?? '';
  const pieces = text.split(/%(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?[sdrfxXi]/);
  pieces.forEach((piece, i) => {
    parts.push(constants([piece]));
    if (i < pieces.length - 1) parts.push(pieces.length === 2 && right.objects.length === 0 ? right : OPEN);
  });
  let taints = joinTaints(left.taints, right.taints);
  for (const obj of right.objects)
    for (const cell of obj.fields.values()) taints = joinTaints(taints, cell.value.taints);
  return concatenate(parts, taints);
}
