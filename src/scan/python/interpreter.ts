import { constant, OPEN, PACKAGE, type Value, withTaints } from '../flow/value.ts';
import type { Call } from './call.ts';
import { callApi } from './calls.ts';
import { arithmetic } from './operators.ts';
import { Modules } from './modules.ts';
import type { Program } from './program.ts';
import type { Argument, Expression, Statement } from './syntax.ts';
import { flat, labelsOf } from '../flow/compound.ts';
import { either, elementOf, mixed, named, NOTHING, type PyFunction, type PyValue, plain, UNKNOWN } from './value.ts';

import { Evaluator, type Frame, MAX_STEPS } from './evaluator.ts';

const MAX_DEPTH = 8;

/**
 * Follows the values of a file: statements in their order, branches joined, loops once or twice, functions where they are
 * called and once by themselves. Nothing is executed.
 */
export class Interpreter extends Evaluator {
  readonly program: Program;

  protected globals = new Map<string, PyValue>();
  private readonly modules: Modules;

  private readonly file: string;

  protected frame: Frame;

  protected nested = 0;

  /** Functions in the order of the file, with those that were called. */
  private readonly functions: PyFunction[] = [];

  private readonly called = new Map<PyFunction, number>();

  constructor(program: Program) {
    super();
    this.program = program;
    this.file = program.file;
    this.modules = new Modules(program.readSource);
    this.frame = { variables: this.globals, outer: undefined, result: NOTHING };
    this.globals.set('__file__', plain(constant(`${PACKAGE}/${program.file}`)));
    this.globals.set('__name__', plain(constant('__main__')));
  }

  run(statements: readonly Statement[]): void {
    this.block(statements);
    // What nobody calls here is called by who imports it.
    for (let i = 0; i < this.functions.length && !this.spent; i++) {
      const func = this.functions[i]!;
      if (!this.called.has(func)) this.invoke(func, [], undefined);
    }
    for (const func of this.functions.slice(0, 200)) {
      // Again, since a field may be set by a method that stands below.
      if (func.owner && !this.spent) this.invoke(func, [], undefined);
    }
  }

  get spent(): boolean {
    return this.program.steps > MAX_STEPS;
  }

  private block(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (this.spent) return;
      this.program.steps++;
      this.statement(statement);
    }
  }

  private statement(s: Statement): void {
    switch (s.type) {
      case 'expression':
        this.evaluate(s.value);
        return;
      case 'assign': {
        const value = this.evaluate(s.value);
        for (const target of s.targets)
          this.assign(
            target,
            s.operator === '='
              ? value
              : arithmetic(this.program, [s.operator.slice(0, -1)], [this.evaluate(target), value], s.pos),
          );
        return;
      }
      case 'import':
        this.import(s.module, s.name, s.alias);
        return;
      case 'function': {
        for (const d of s.decorators) this.evaluate(d);
        const func: PyFunction = {
          name: s.name,
          parameters: s.parameters,
          body: s.body,
          scope: this.frame.variables,
          file: this.program.file,
          owner: undefined,
        };
        // Those of other files are looked at with their file.
        if (func.file === this.file) this.functions.push(func);
        this.setVariable(s.name, { value: OPEN, func });
        return;
      }
      case 'class':
        this.classDefinition(s);
        return;
      case 'loop': {
        const list = this.evaluate(s.iterable);
        this.assign(s.target, elementOf(list));
        this.nested++;
        this.block(s.body);
        if (s.body.length < 60 && this.nested < 3) this.block(s.body);
        this.nested--;
        return;
      }
      case 'branches':
        for (const test of s.tests) this.evaluate(test);
        this.nested++;
        for (const body of s.bodies) this.block(body);
        this.nested--;
        return;
      case 'with':
        for (const item of s.items) {
          const value = this.evaluate(item.value);
          if (item.target) this.assign(item.target, value);
        }
        this.block(s.body);
        return;
      case 'return':
        if (s.value) this.frame.result = either(this.frame.result, this.evaluate(s.value));
        return;
    }
  }

  private classDefinition(s: Extract<Statement, { type: 'class' }>): void {
    for (const base of s.bases) this.evaluate(base.value);
    const fields = new Map<string, PyValue>();
    const before = this.frame;
    this.frame = { variables: fields, outer: before.variables, result: NOTHING };
    this.block(s.body);
    this.frame = before;
    // Methods find the fields of their class through the first parameter.
    for (const value of fields.values())
      if (value.func && /^(?:self|cls)$/.test(value.func.parameters[0]?.name ?? '')) value.func.owner = fields;
    this.setVariable(s.name, { value: { ...OPEN, apis: [`class ${s.name}`] }, fields });
  }

  private import(module: string, name: string | undefined, alias: string): void {
    const own = this.modules.find(module, this.program.file);
    if (own !== undefined) {
      const found = this.loadModule(own);
      if (name === undefined) this.setVariable(alias || module.split('.')[0]!, found);
      else if (name === '*') for (const [key, value] of found.fields ?? []) this.setVariable(key, value);
      else this.setVariable(alias, found.fields?.get(name) ?? this.submodule(`${module}.${name}`));
      return;
    }
    if (module.startsWith('.')) {
      if (name !== undefined && name !== '*')
        this.setVariable(alias, this.submodule(/^\.+$/.test(module) ? `${module}${name}` : `${module}.${name}`));
      return;
    }
    if (name === undefined) {
      const first = module.split('.')[0]!;
      this.setVariable(alias || first, named(alias ? module : first));
    } else if (name === '*') this.globals.set('*', named(module));
    else this.setVariable(alias, named(`${module}.${name}`));
  }

  private submodule(module: string): PyValue {
    const path = this.modules.find(module, this.program.file);
    return path === undefined ? UNKNOWN : this.loadModule(path);
  }

  /** Another file of the package: its variables are its fields. */
  private loadModule(path: string): PyValue {
    const known = this.modules.loaded.get(path);
    if (known) return known;
    const variables = new Map<string, PyValue>([['__file__', plain(constant(`${PACKAGE}/${path}`))]]);
    const module: PyValue = { value: OPEN, fields: variables };
    const statements = this.modules.read(path, module);
    const before = { file: this.program.file, frame: this.frame, globals: this.globals, nested: this.nested };
    this.program.file = path;
    this.globals = variables;
    this.frame = { variables, outer: undefined, result: NOTHING };
    this.nested = 0;
    this.block(statements);
    this.program.file = before.file;
    this.globals = before.globals;
    this.frame = before.frame;
    this.nested = before.nested;
    return module;
  }

  protected call(e: Extract<Expression, { type: 'call' }>): PyValue {
    const callee = this.evaluate(e.callee);
    const args: PyValue[] = [];
    const keywords = new Map<string, PyValue>();
    for (const arg of e.args) this.argument(arg, args, keywords);
    let out: PyValue = NOTHING;
    for (const api of callee.value.apis) {
      out = either(out, callApi(this, { api, args, keywords, pos: e.pos, self: callee.self ?? callee }));
      if (api.startsWith('class ')) out = either(out, this.instance(callee, args, keywords));
    }
    if (callee.func) out = either(out, this.invoke(callee.func, args, keywords));
    if (callee.value.apis.length > 0 || callee.func) return out;
    return this.unknownCall(e, callee, args, keywords);
  }

  private argument(arg: Argument, args: PyValue[], keywords: Map<string, PyValue>): void {
    const value = this.evaluate(arg.value);
    if (arg.name === undefined) args.push(value);
    else if (arg.name === '*') args.push(...(value.items ?? [elementOf(value)]));
    else if (arg.name === '**') {
      for (const [key, inner] of value.fields ?? []) keywords.set(key, inner);
    } else keywords.set(arg.name, value);
  }

  private instance(callee: PyValue, args: readonly PyValue[], keywords: Map<string, PyValue>): PyValue {
    const init = callee.fields?.get('__init__')?.func;
    const self: PyValue = { value: OPEN, fields: callee.fields };
    if (init) this.invoke(init, [self, ...args], keywords);
    return self;
  }

  /** A call of something that is not known: what goes in may come out. */
  private unknownCall(
    e: Extract<Expression, { type: 'call' }>,
    callee: PyValue,
    args: readonly PyValue[],
    keywords: ReadonlyMap<string, PyValue>,
  ): PyValue {
    for (const value of [...args, ...keywords.values()])
      if (value.func && !this.called.has(value.func)) this.invoke(value.func, [], undefined);
    const name = e.callee.type === 'attribute' ? e.callee.name : '';
    const object = callee.self;
    // A list or dictionary takes what is added to it.
    if (object && /^(?:append|extend|add|update|insert|setdefault|write|put)$/.test(name)) {
      const given = mixed([...args, ...keywords.values()]);
      if (object.fields) {
        for (const arg of args) for (const [k, v] of arg.fields ?? []) object.fields.set(k, v);
        if (labelsOf(given).length > 0) object.fields.set(`#${name}`, given);
      } else if (e.callee.type === 'attribute') {
        const items = object.items && name === 'append' ? [...object.items, ...args].slice(0, 400) : object.items;
        this.assign(e.callee.object, { ...object, items, value: withTaints(object.value, given.value.taints) });
      }
      return NOTHING;
    }
    const call: Call = { api: `?.${name}`, args, keywords, pos: e.pos, self: object };
    return callApi(this, call);
  }

  /** Calls something that a module provides, by its name. */
  callNamed(api: string, args: readonly PyValue[], pos: number): PyValue {
    return callApi(this, { api, args, keywords: new Map(), pos, self: undefined });
  }

  /** Runs a function with these arguments; gives what it returns. */
  invoke(func: PyFunction, args: readonly PyValue[], keywords: ReadonlyMap<string, PyValue> | undefined): PyValue {
    const times = this.called.get(func) ?? 0;
    if (this.program.depth >= MAX_DEPTH || times > 25 || this.spent) return mixed(args);
    this.called.set(func, times + 1);
    const variables = new Map<string, PyValue>();
    const given = func.owner && args[0]?.fields !== func.owner ? [{ value: OPEN, fields: func.owner }, ...args] : args;
    let place = 0;
    for (const p of func.parameters) {
      if (p.star === '*') variables.set(p.name, { value: OPEN, items: given.slice(place) });
      else if (p.star === '**') variables.set(p.name, { value: OPEN, fields: new Map(keywords ?? []) });
      else {
        const value = keywords?.get(p.name) ?? given[place];
        if (!keywords?.has(p.name)) place++;
        variables.set(p.name, value ?? (p.initial ? either(this.evaluate(p.initial), UNKNOWN) : UNKNOWN));
      }
    }
    const before = this.frame;
    const nested = this.nested;
    this.nested = 0;
    this.program.depth++;
    const file = this.program.file;
    this.program.file = func.file;
    this.frame = { variables, outer: func.scope, result: NOTHING };
    let out: PyValue;
    if (Array.isArray(func.body)) {
      this.block(func.body as readonly Statement[]);
      out = this.frame.result;
    } else out = this.evaluate(func.body as Expression);
    this.frame = before;
    this.nested = nested;
    this.program.file = file;
    this.program.depth--;
    return out;
  }

  /** The command lines that a list of arguments is. */
  listOf(value: PyValue): readonly Value[] | undefined {
    return value.items?.map((i) => flat(i));
  }

  protected get self(): Interpreter {
    return this;
  }
}
