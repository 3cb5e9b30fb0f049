import type { SyntaxNode } from '../types.ts';
import { evaluate } from './expressions.ts';
import type { Frame } from './frame.ts';
import { evaluateClass, makeClosure } from './functions.ts';
import type { Machine } from './machine.ts';
import { readNamed } from './members.ts';
import { child, children, textField } from './node.ts';
import { patternNames } from './hoist.ts';
import { run } from './statements.ts';
import { func, join, NEVER, object, type Value } from './value.ts';

/** `import … from`, `import x = require()`, and Python's forms, which the parser brings into the same shape. */
export function importDeclaration(machine: Machine, node: SyntaxNode, frame: Frame): void {
  if (node.importKind === 'type') return;
  if (node.type === 'TSImportEqualsDeclaration') {
    const reference = child(node, 'moduleReference');
    const source = reference ? child(reference, 'expression') : undefined;
    const id = child(node, 'id');
    if (source && id) {
      const module = frame.unit.language.importModule(machine, textField(source, 'value'), frame.unit, node);
      frame.declare(textField(id, 'name')).write(machine.round, module);
    }
    return;
  }
  const source = child(node, 'source');
  if (!source) return;
  const module = frame.unit.language.importModule(machine, textField(source, 'value'), frame.unit, node);
  for (const specifier of children(node, 'specifiers')) {
    const local = child(specifier, 'local');
    if (!local || specifier.importKind === 'type') continue;
    let value = module;
    if (specifier.type === 'ImportSpecifier')
      value = readNamed(machine, module, nameOf(child(specifier, 'imported')), node, frame);
    else if (specifier.type === 'ImportDefaultSpecifier') value = defaultOf(machine, module, node, frame);
    else if (specifier.type === 'ImportAllNames') {
      for (const [name, cell] of namesOf(module)) frame.declare(name).write(machine.round, cell);
      continue;
    }
    frame.declare(textField(local, 'name')).write(machine.round, value);
  }
}

function namesOf(module: Value): readonly (readonly [string, Value])[] {
  return module.objects.flatMap((o) => [...o.fields].map(([name, cell]) => [name, cell.value] as const));
}

/** `default` of a module, or the whole of a CommonJS one. */
export function defaultOf(machine: Machine, module: Value, node: SyntaxNode, frame: Frame): Value {
  let out: Value = NEVER;
  for (const obj of module.objects) {
    out = join(out, obj.has('default') ? readNamed(machine, object(obj), 'default', node, frame) : object(obj));
  }
  const rest: Value = { ...module, objects: [] };
  return join(out, rest.apis.length > 0 ? rest : { ...rest, apis: [] });
}

function nameOf(node: SyntaxNode | undefined): string {
  if (!node) return '';
  return node.type === 'Literal' ? String(node.value) : textField(node, 'name');
}

function exportsOf(frame: Frame): Value {
  return frame.unit.moduleObject.fields.get('exports')?.value ?? NEVER;
}

function publish(machine: Machine, frame: Frame, name: string, value: Value): void {
  for (const obj of exportsOf(frame).objects) obj.write(machine.round, name, value);
}

/** All forms of `export`. */
export function exportDeclaration(machine: Machine, node: SyntaxNode, frame: Frame): void {
  if (node.exportKind === 'type') return;
  if (node.type === 'TSExportAssignment') {
    frame.unit.moduleObject.write(machine.round, 'exports', evaluate(machine, child(node, 'expression')!, frame));
    return;
  }
  const source = child(node, 'source');
  const module = source
    ? frame.unit.language.importModule(machine, textField(source, 'value'), frame.unit, node)
    : undefined;
  if (node.type === 'ExportAllDeclaration') {
    const name = nameOf(child(node, 'exported'));
    if (name) publish(machine, frame, name, module ?? NEVER);
    else for (const obj of exportsOf(frame).objects) obj.parents.write(machine.round, module ?? NEVER);
    return;
  }
  const declaration = child(node, 'declaration');
  if (node.type === 'ExportDefaultDeclaration') {
    if (!declaration) return;
    if (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') {
      const id = child(declaration, 'id');
      if (id) {
        run(machine, declaration, frame);
        publish(machine, frame, 'default', frame.read(machine.round, textField(id, 'name')));
      } else if (declaration.type === 'ClassDeclaration')
        publish(machine, frame, 'default', evaluateClass(machine, declaration, frame));
      else publish(machine, frame, 'default', func(makeClosure(machine, declaration, frame)));
    } else if (!declaration.type.startsWith('TS') || declaration.type.endsWith('Expression')) {
      publish(machine, frame, 'default', evaluate(machine, declaration, frame));
    }
    return;
  }
  if (declaration) {
    run(machine, declaration, frame);
    for (const name of declaredNames(declaration)) publish(machine, frame, name, frame.read(machine.round, name));
  }
  for (const specifier of children(node, 'specifiers')) {
    const local = nameOf(child(specifier, 'local'));
    const exported = nameOf(child(specifier, 'exported')) || local;
    const value = module ? readNamed(machine, module, local, node, frame) : frame.read(machine.round, local);
    publish(machine, frame, exported, module && local === 'default' ? defaultOf(machine, module, node, frame) : value);
  }
}

function declaredNames(declaration: SyntaxNode): readonly string[] {
  if (declaration.type === 'VariableDeclaration') {
    return children(declaration, 'declarations').flatMap((d) => [...patternNames(child(d, 'id'))]);
  }
  const id = child(declaration, 'id');
  return id ? [textField(id, 'name')] : [];
}
