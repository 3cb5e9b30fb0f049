import type { Member, SyntaxNode } from './syntax.ts';

/**
 * The plain value that json5 2.2.3 gives: the last of duplicate members wins (at the place of the first), and
 * `__proto__` is an own property like any other. For nodes nested to any depth.
 */
export function toValue(node: SyntaxNode): unknown {
  const open: { node: SyntaxNode; value: object }[] = [];
  const shell = (of: SyntaxNode): unknown => {
    if (of.kind !== 'object' && of.kind !== 'array') return of.value;
    const value = of.kind === 'object' ? {} : [];
    open.push({ node: of, value });
    return value;
  };
  const root = shell(node);
  for (let job = open.pop(); job; job = open.pop()) {
    if (job.node.kind === 'array') for (const item of job.node.items) (job.value as unknown[]).push(shell(item));
    else if (job.node.kind === 'object')
      for (const member of job.node.members) define(job.value, member, shell(member.value));
  }
  return root;
}

// Assignment would set the prototype for `__proto__`.
function define(object: object, { key }: Member, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
