import { child, children, textField } from '../flow/node.ts';
import type { ScriptParser, SyntaxNode } from '../types.ts';

const MAX_DEPTH = 64;
const MAX_TEXT = 1_000_000;

/** JSON, or JSON with comments, bare keys and trailing commas; undefined when it is neither. Never throws. */
export function readLoose(text: string, parser: ScriptParser): unknown {
  const plain = text.replace(/^\uFEFF/, '');
  if (plain.length > MAX_TEXT) return undefined;
  try {
    return JSON.parse(plain) as unknown;
  } catch {
    const outcome = parser(`(${plain}\n)`, 'js');
    const statement = outcome.ok ? children(outcome.program, 'body')[0] : undefined;
    const expression = statement && child(statement, 'expression');
    return expression && literalValue(expression, 0);
  }
}

function literalValue(node: SyntaxNode, depth: number): unknown {
  if (depth > MAX_DEPTH) return undefined;
  switch (node.type) {
    case 'Literal':
      return node.value;
    case 'ParenthesizedExpression':
      return literalValue(child(node, 'expression') ?? node, depth + 1);
    case 'ArrayExpression':
      return children(node, 'elements').map((item) => literalValue(item, depth + 1));
    case 'ObjectExpression': {
      const entries = children(node, 'properties').flatMap((property) => {
        const key = child(property, 'key');
        const value = child(property, 'value');
        if (!key || !value || property.computed === true) return [];
        return [
          [
            key.type === 'Literal' ? String(key.value) : textField(key, 'name'),
            literalValue(value, depth + 1),
          ] as const,
        ];
      });
      return Object.fromEntries(entries);
    }
    default:
      return undefined;
  }
}
