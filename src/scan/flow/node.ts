import type { SyntaxNode } from '../types.ts';

/** True for an object that looks like a syntax node. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** The child node in a field, if there is one. */
export function child(node: SyntaxNode, field: string): SyntaxNode | undefined {
  const value = node[field];
  return isNode(value) ? value : undefined;
}

/** The nodes of a list field; holes (as in `[, a]`) are left out. */
export function children(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** A text field, or ''. */
export function textField(node: SyntaxNode, field: string): string {
  const value = node[field];
  return typeof value === 'string' ? value : '';
}

/** Fields that hold types or bookkeeping, never code that runs. */
const NOT_CODE = new Set([
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'superTypeArguments',
  'superTypeParameters',
  'implements',
  'loc',
  'range',
  'tokens',
  'comments',
  'extra',
  'errors',
]);

/** Calls `visit` for each child that can run. */
export function eachChild(node: SyntaxNode, visit: (child: SyntaxNode) => void): void {
  for (const key in node) {
    if (NOT_CODE.has(key)) continue;
    const value = node[key];
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) visit(item);
    } else if (isNode(value)) visit(value);
  }
}

/** True for nodes that open a function. */
export function isFunction(node: SyntaxNode): boolean {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  );
}

/** The dotted source name of a callee or member chain, for messages; at most 60 characters. */
export function sourceName(node: SyntaxNode | undefined): string {
  const parts: string[] = [];
  let at = node;
  for (let i = 0; at && i < 6; i++) {
    if (at.type === 'Identifier') {
      parts.unshift(textField(at, 'name'));
      break;
    }
    if (at.type === 'ThisExpression') {
      parts.unshift('this');
      break;
    }
    if (at.type === 'MemberExpression') {
      const property = child(at, 'property');
      parts.unshift(property?.type === 'Identifier' && at.computed !== true ? textField(property, 'name') : '…');
      at = child(at, 'object');
    } else if (at.type === 'ChainExpression' || at.type === 'ParenthesizedExpression') at = child(at, 'expression');
    else if (at.type === 'CallExpression') {
      at = child(at, 'callee');
    } else break;
  }
  const name = parts.join('.');
  return name.length > 60 ? `${name.slice(0, 59)}…` : name;
}
