import type { SyntaxNode } from '../types.ts';
import { child, children, eachChild, isFunction, isNode, textField } from './node.ts';

/** Names that a function body (or program) declares for the whole body, and its function declarations. */
interface Hoisted {
  readonly names: readonly string[];
}

/** Names that belong to one block. */
interface Lexical {
  readonly names: readonly string[];
  readonly functions: readonly SyntaxNode[];
}

const hoisted = new WeakMap<SyntaxNode, Hoisted>();
const lexical = new WeakMap<SyntaxNode, Lexical>();

/** All names that a binding pattern introduces. */
export function patternNames(pattern: SyntaxNode | undefined): readonly string[] {
  const names: string[] = [];
  const stack: SyntaxNode[] = pattern ? [pattern] : [];
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (at.type === 'Identifier') names.push(textField(at, 'name'));
    else if (at.type === 'AssignmentPattern') push(stack, child(at, 'left'));
    else if (at.type === 'RestElement') push(stack, child(at, 'argument'));
    else if (at.type === 'ArrayPattern') stack.push(...children(at, 'elements'));
    else if (at.type === 'ObjectPattern') stack.push(...children(at, 'properties'));
    else if (at.type === 'Property') push(stack, child(at, 'value'));
    else if (at.type === 'TSParameterProperty') push(stack, child(at, 'parameter'));
  }
  return names;
}

function push(stack: SyntaxNode[], node: SyntaxNode | undefined): void {
  if (node) stack.push(node);
}

/** `var` names (Python: assigned names) anywhere in a body, but not in functions inside of it. */
export function hoistedNames(body: SyntaxNode): readonly string[] {
  const known = hoisted.get(body);
  if (known) return known.names;
  const names = new Set<string>();
  if (Array.isArray(body.pyLocals)) for (const name of body.pyLocals) names.add(String(name));
  const stack: SyntaxNode[] = [body];
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (at !== body && (isFunction(at) || at.type === 'ClassDeclaration' || at.type === 'ClassExpression')) continue;
    if (at.type === 'VariableDeclaration' && at.kind === 'var') {
      for (const declarator of children(at, 'declarations')) {
        for (const name of patternNames(child(declarator, 'id'))) names.add(name);
      }
    }
    eachChild(at, (c) => stack.push(c));
  }
  const result = [...names];
  hoisted.set(body, { names: result });
  return result;
}

/** `let`, `const`, `class` and function names of one block, and its functions. */
export function blockNames(block: SyntaxNode): Lexical {
  const known = lexical.get(block);
  if (known) return known;
  const names: string[] = [];
  const functions: SyntaxNode[] = [];
  const list = Array.isArray(block.body) ? block.body : Array.isArray(block.cases) ? switchBody(block.cases) : [];
  for (const item of list) {
    if (!isNode(item)) continue;
    const node =
      item.type === 'ExportNamedDeclaration' || item.type === 'ExportDefaultDeclaration'
        ? child(item, 'declaration')
        : item;
    if (!node) continue;
    if (node.type === 'VariableDeclaration' && node.kind !== 'var') {
      for (const declarator of children(node, 'declarations')) names.push(...patternNames(child(declarator, 'id')));
    } else if (node.type === 'FunctionDeclaration') {
      const name = child(node, 'id');
      if (name) {
        names.push(textField(name, 'name'));
        functions.push(node);
      }
    } else if (node.type === 'ClassDeclaration' || node.type === 'TSEnumDeclaration') {
      const name = child(node, 'id');
      if (name) names.push(textField(name, 'name'));
    } else if (node.type === 'ImportDeclaration') {
      for (const specifier of children(node, 'specifiers')) {
        const local = child(specifier, 'local');
        if (local) names.push(textField(local, 'name'));
      }
    }
  }
  const result = { names, functions };
  lexical.set(block, result);
  return result;
}

function switchBody(cases: readonly unknown[]): readonly unknown[] {
  return cases.flatMap((c) => (isNode(c) && Array.isArray(c.consequent) ? c.consequent : []));
}
