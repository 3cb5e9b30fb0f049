import type { SyntaxNode } from '../types.ts';
import { evaluate } from './expressions.ts';
import type { Frame } from './frame.ts';
import { evaluateClass, makeClosure } from './functions.ts';
import { blockNames } from './hoist.ts';
import type { Machine } from './machine.ts';
import { elementsOf } from './members.ts';
import { exportDeclaration, importDeclaration } from './modules.ts';
import { child, children, eachChild, sourceName, textField } from './node.ts';
import { bind } from './patterns.ts';
import { func, HOLE, NEVER, OPEN, type Value, withTaints } from './value.ts';

/** Runs the statements of a block in a scope that is its own already. */
export function runBlock(machine: Machine, block: SyntaxNode, frame: Frame): void {
  const { names, functions } = blockNames(block);
  for (const name of names) frame.declare(name);
  for (const fn of functions) declareFunction(machine, fn, frame);
  for (const statement of children(block, 'body')) run(machine, statement, frame);
}

function declareFunction(machine: Machine, node: SyntaxNode, frame: Frame): void {
  const name = child(node, 'id');
  const value = func(makeClosure(machine, node, frame));
  if (name) frame.declare(textField(name, 'name')).write(machine.round, value);
}

function innerBlock(machine: Machine, block: SyntaxNode, frame: Frame): void {
  // Python has no block scopes; JavaScript blocks without declarations need none.
  const own = frame.unit.language.id === 'js' && blockNames(block).names.length > 0;
  if (own) runBlock(machine, block, frame.block(block));
  else for (const statement of children(block, 'body')) run(machine, statement, frame);
}

/** Runs one statement; all branches are taken. */
export function run(machine: Machine, node: SyntaxNode, frame: Frame): void {
  if (!machine.enter(frame)) return;
  runNode(machine, node, frame);
  machine.depth--;
}

function evaluateField(machine: Machine, node: SyntaxNode, field: string, frame: Frame): Value {
  const inner = child(node, field);
  return inner ? evaluate(machine, inner, frame) : NEVER;
}

function runField(machine: Machine, node: SyntaxNode, field: string, frame: Frame): void {
  const inner = child(node, field);
  if (inner) run(machine, inner, frame);
}

function runNode(machine: Machine, node: SyntaxNode, frame: Frame): void {
  switch (node.type) {
    case 'ExpressionStatement':
      evaluateField(machine, node, 'expression', frame);
      return;
    case 'VariableDeclaration':
      declare(machine, node, frame);
      return;
    case 'FunctionDeclaration':
      if (!frame.lookup(textField(child(node, 'id') ?? node, 'name'))?.value.funcs.length)
        declareFunction(machine, node, frame);
      for (const decorator of children(node, 'decorators')) decorate(machine, node, decorator, frame);
      return;
    case 'ClassDeclaration': {
      const value = evaluateClass(machine, node, frame);
      const id = child(node, 'id');
      if (id) bind(machine, id, value, frame, frame.lookup(textField(id, 'name')) === undefined);
      return;
    }
    case 'ReturnStatement':
      frame.context?.returned.write(machine.round, evaluateField(machine, node, 'argument', frame));
      return;
    case 'BlockStatement':
    case 'StaticBlock':
      innerBlock(machine, node, frame);
      return;
    case 'IfStatement':
      ifStatement(machine, node, frame);
      return;
    case 'ForStatement': {
      const inner = frame.block(node);
      const init = child(node, 'init');
      if (init?.type === 'VariableDeclaration') declare(machine, init, inner);
      else if (init) evaluate(machine, init, inner);
      evaluateField(machine, node, 'test', inner);
      runField(machine, node, 'body', inner);
      evaluateField(machine, node, 'update', inner);
      return;
    }
    case 'ForInStatement':
    case 'ForOfStatement':
      forEach(machine, node, frame);
      return;
    case 'WhileStatement':
    case 'DoWhileStatement':
      evaluateField(machine, node, 'test', frame);
      runField(machine, node, 'body', frame);
      return;
    case 'TryStatement': {
      runField(machine, node, 'block', frame);
      for (const handler of [child(node, 'handler'), ...children(node, 'handlers')])
        if (handler) catchClause(machine, handler, frame);
      runField(machine, node, 'finalizer', frame);
      return;
    }
    case 'SwitchStatement': {
      evaluateField(machine, node, 'discriminant', frame);
      const inner = frame.block(node);
      for (const name of blockNames(node).names) inner.declare(name);
      for (const option of children(node, 'cases')) {
        evaluateField(machine, option, 'test', inner);
        for (const statement of children(option, 'consequent')) run(machine, statement, inner);
      }
      return;
    }
    case 'LabeledStatement':
      runField(machine, node, 'body', frame);
      return;
    case 'ThrowStatement':
      evaluateField(machine, node, 'argument', frame);
      return;
    case 'ImportDeclaration':
    case 'TSImportEqualsDeclaration':
      importDeclaration(machine, node, frame);
      return;
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
    case 'ExportAllDeclaration':
    case 'TSExportAssignment':
      exportDeclaration(machine, node, frame);
      return;
    case 'TSModuleDeclaration': {
      const body = child(node, 'body');
      if (body && node.declare !== true) runBlock(machine, body, frame.block(body));
      return;
    }
    case 'TSEnumDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'EmptyStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'DebuggerStatement':
      return;
    default:
      // An expression where a statement is expected (bodies of arrows, Python), or syntax that is not known.
      if (node.type.endsWith('Expression') || node.type === 'Identifier' || node.type === 'Literal')
        evaluate(machine, node, frame);
      else eachChild(node, (c) => run(machine, c, frame));
  }
}

const TAKES_REQUESTS = /(?:^|\.)(?:tool|command|route|get|post|put|function_tool|skill|action|slash_command)$/;

function decorate(machine: Machine, fn: SyntaxNode, decorator: SyntaxNode, frame: Frame): void {
  evaluate(machine, decorator, frame);
  const called = decorator.type === 'CallExpression' ? child(decorator, 'callee') : decorator;
  if (TAKES_REQUESTS.test(sourceName(called))) machine.handlers.add(fn);
}

function declare(machine: Machine, node: SyntaxNode, frame: Frame): void {
  for (const declarator of children(node, 'declarations')) {
    const id = child(declarator, 'id');
    if (!id) continue;
    const init = child(declarator, 'init');
    const value = init ? evaluate(machine, init, frame) : NEVER;
    if (init || node.kind !== 'var')
      bind(machine, id, value, frame, node.kind !== 'var' || !id.name || !frame.lookup(String(id.name)));
  }
}

function ifStatement(machine: Machine, node: SyntaxNode, frame: Frame): void {
  let at: SyntaxNode | undefined = node;
  while (at?.type === 'IfStatement') {
    evaluateField(machine, at, 'test', frame);
    runField(machine, at, 'consequent', frame);
    at = child(at, 'alternate');
  }
  if (at) run(machine, at, frame);
}

function forEach(machine: Machine, node: SyntaxNode, frame: Frame): void {
  const inner = frame.unit.language.id === 'js' ? frame.block(node) : frame;
  const source = evaluateField(machine, node, 'right', frame);
  const value = node.type === 'ForInStatement' ? keysOf(source) : elementsOf(machine, source);
  const left = child(node, 'left');
  if (left?.type === 'VariableDeclaration') {
    const target = child(children(left, 'declarations')[0] ?? left, 'id');
    if (target) bind(machine, target, value, inner, left.kind !== 'var');
  } else if (left) bind(machine, left, value, inner, false);
  runField(machine, node, 'body', inner);
}

/** The names a `for … in` gives: those of known objects, and of the environment. */
export function keysOf(source: Value): Value {
  const names = source.objects
    .flatMap((o) => (o.kind === 'array' ? [] : [...o.fields.keys()]))
    .filter((k) => !k.startsWith('\0'));
  const fromEnv = source.taints.filter((t) => t.kind === 'env-all').map((t) => ({ ...t, kind: 'env-names' as const }));
  const known = names.length > 0 && names.length <= 12 && source.objects.every((o) => o.exact) && !source.open;
  const value: Value = known ? { ...NEVER, consts: names.filter((n) => !n.includes(HOLE)) } : OPEN;
  const spread = source.objects.flatMap((o) => o.parents.value.taints.filter((t) => t.kind === 'env-all'));
  return withTaints(value, [...fromEnv, ...spread.map((t) => ({ ...t, kind: 'env-names' as const }))]);
}

function catchClause(machine: Machine, handler: SyntaxNode, frame: Frame): void {
  const inner = frame.unit.language.id === 'js' ? frame.block(handler) : frame;
  const param = child(handler, 'param');
  if (param) bind(machine, param, OPEN, inner, true);
  const body = child(handler, 'body');
  if (body) runBlock(machine, body, inner);
}
