import {
  concatenate,
  constant,
  HOLE,
  NEVER,
  OPEN,
  PACKAGE,
  stringsOf,
  tainted,
  type Value,
  withTaints,
} from '../flow/value.ts';
import type { Call } from './call.ts';
import { attributeOf, callApi } from './calls.ts';
import { arithmetic, sliced } from './operators.ts';
import type { Program } from './program.ts';
import type { Argument, Expression, Statement } from './syntax.ts';
import {
  either,
  elementOf,
  flat,
  labelsOf,
  mixed,
  named,
  NOTHING,
  type PyFunction,
  type PyValue,
  plain,
  textOf,
  UNKNOWN,
} from './value.ts';

const MAX_STEPS = 250_000;
const MAX_DEPTH = 8;

interface Frame {
  readonly variables: Map<string, PyValue>;
  readonly outer: Map<string, PyValue> | undefined;
  result: PyValue;
}

/**
 * Follows the values of a file: statements in their order, branches joined, loops once or twice, functions where they are
 * called and once by themselves. Nothing is executed.
 */
export class Interpreter {
  readonly program: Program;
  private readonly globals = new Map<string, PyValue>();
  private frame: Frame;
  private nested = 0;
  /** Functions in the order of the file, with those that were called. */
  private readonly functions: PyFunction[] = [];
  private readonly called = new Map<PyFunction, number>();
  private readonly classes = new Map<string, Map<string, PyValue>>();

  constructor(program: Program) {
    this.program = program;
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
          owner: undefined,
        };
        this.functions.push(func);
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
    this.classes.set(s.name, fields);
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
    if (module.startsWith('.')) {
      if (name !== undefined && name !== '*') this.setVariable(alias, UNKNOWN);
      return;
    }
    if (name === undefined) {
      const first = module.split('.')[0]!;
      this.setVariable(alias || first, named(alias ? module : first));
    } else if (name === '*') this.globals.set('*', named(module));
    else this.setVariable(alias, named(`${module}.${name}`));
  }

  private setVariable(name: string, value: PyValue): void {
    const before = this.nested > 0 ? this.frame.variables.get(name) : undefined;
    this.frame.variables.set(name, before ? either(value, before) : value);
  }

  private assign(target: Expression, value: PyValue): void {
    switch (target.type) {
      case 'name':
        this.setVariable(target.name, value);
        return;
      case 'list':
        target.items.forEach((item, i) => {
          this.assign(
            item,
            value.items && value.items.length === target.items.length ? value.items[i]! : elementOf(value),
          );
        });
        return;
      case 'attribute': {
        const object = this.evaluate(target.object);
        this.noticeAssignment(target, object, value);
        if (object.fields) object.fields.set(target.name, either(value, object.fields.get(target.name) ?? NOTHING));
        return;
      }
      case 'index': {
        const object = this.evaluate(target.object);
        const key = stringsOf(this.evaluate(target.index).value)[0] ?? HOLE;
        if (object.value.apis.includes('os.environ')) {
          if (/^(?:LD_PRELOAD|DYLD_INSERT_LIBRARIES)$/.test(key))
            this.program.events.push({
              kind: 'notice',
              notice: 'env-inject',
              detail: key,
              file: this.program.file,
              pos: target.pos,
              api: 'os.environ',
            });
          return;
        }
        if (object.fields) object.fields.set(key, value);
        else if (target.object.type === 'name')
          this.setVariable(target.object.name, { ...object, value: withTaints(object.value, labelsOf(value)) });
        return;
      }
      case 'other':
        for (const inner of target.inner) this.evaluate(inner);
        return;
      default:
        this.evaluate(target);
    }
  }

  private noticeAssignment(target: Extract<Expression, { type: 'attribute' }>, object: PyValue, value: PyValue): void {
    if (
      object.value.apis.includes('ssl') &&
      target.name === '_create_default_https_context' &&
      value.value.apis.includes('ssl._create_unverified_context')
    ) {
      this.program.events.push({
        kind: 'notice',
        notice: 'tls-off',
        detail: '',
        file: this.program.file,
        pos: target.pos,
        api: 'ssl',
      });
    }
  }

  /** What an expression can be. */
  evaluate(e: Expression): PyValue {
    if (++this.program.steps > MAX_STEPS) return UNKNOWN;
    switch (e.type) {
      case 'constant':
        return plain(e.value === null ? NEVER : constant(e.value));
      case 'name':
        return this.variable(e.name);
      case 'format':
        return this.format(e.parts);
      case 'attribute':
        return attributeOf(this.program, this.evaluate(e.object), e.name, e.pos);
      case 'call':
        return this.call(e);
      case 'index':
        return this.index(e);
      case 'slice':
        return UNKNOWN;
      case 'list': {
        const items = e.items.map((i) => this.evaluate(i));
        return { value: tainted([]), items };
      }
      case 'dict':
        return this.dict(e);
      case 'operation':
        return arithmetic(
          this.program,
          e.operators,
          e.operands.map((o) => this.evaluate(o)),
          e.pos,
        );
      case 'lambda':
        return {
          value: OPEN,
          func: { name: '', parameters: e.parameters, body: e.body, scope: this.frame.variables, owner: undefined },
        };
      case 'comprehension':
        return this.comprehension(e);
      case 'either': {
        for (const test of e.tests) this.evaluate(test);
        let out: PyValue = NOTHING;
        for (const option of e.options) out = either(out, this.evaluate(option));
        return out;
      }
      case 'assign': {
        const value = this.evaluate(e.value);
        this.assign(e.target, value);
        return value;
      }
      case 'other': {
        const values = e.inner.map((i) => this.evaluate(i));
        return values.length === 1 ? values[0]! : UNKNOWN;
      }
    }
  }

  private variable(name: string): PyValue {
    const own = this.frame.variables.get(name) ?? this.frame.outer?.get(name) ?? this.globals.get(name);
    if (own) return own;
    if (BUILTINS.has(name)) return named(name);
    const star = this.globals.get('*');
    return star ? named(`${star.value.apis[0]}.${name}`) : UNKNOWN;
  }

  private format(parts: readonly Expression[]): PyValue {
    return plain(concatenate(parts.map((p) => flat(this.evaluate(p)))));
  }

  private dict(e: Extract<Expression, { type: 'dict' }>): PyValue {
    const fields = new Map<string, PyValue>();
    let spread: PyValue = NOTHING;
    for (const { key, value } of e.entries) {
      const inner = this.evaluate(value);
      if (!key) spread = either(spread, inner);
      else {
        const k = this.evaluate(key);
        fields.set(stringsOf(k.value)[0] ?? HOLE, labelsOf(k).length > 0 ? mixed([k, inner]) : inner);
      }
    }
    for (const [key, value] of spread.fields ?? []) if (!fields.has(key)) fields.set(key, value);
    return { value: tainted(labelsOf(spread)), fields };
  }

  private index(e: Extract<Expression, { type: 'index' }>): PyValue {
    const object = this.evaluate(e.object);
    if (e.index.type === 'slice')
      return sliced(
        object,
        e.index.parts.map((p) => (p ? this.evaluate(p) : undefined)),
      );
    const key = this.evaluate(e.index);
    if (object.value.apis.includes('os.environ'))
      return callApi(this, { api: 'os.getenv', args: [key], keywords: new Map(), pos: e.pos, self: undefined });
    const text = stringsOf(key.value)[0];
    if (
      object.value.apis.some((a) => /^(?:globals|locals|vars)\(\)$|__dict__$|^sys\.modules$/.test(a)) &&
      text !== undefined &&
      text !== HOLE
    )
      return this.byName(object, text);
    const number = key.value.consts[0];
    if (object.items && typeof number === 'number') return object.items.at(number) ?? elementOf(object);
    if (object.fields && text !== undefined && text !== HOLE)
      return object.fields.get(text) ?? plain(tainted(object.value.taints));
    const whole = textOf(object);
    if (whole !== undefined && typeof number === 'number')
      return plain(withTaints(constant(whole.at(number) ?? ''), object.value.taints));
    return object.items ? elementOf(object) : plain(tainted(labelsOf(object)));
  }

  /** `globals()['ev' + 'al']`, `__builtins__.__dict__['exec']`, `sys.modules['os']`. */
  byName(object: PyValue, name: string): PyValue {
    const api = object.value.apis[0] ?? '';
    if (/^(?:globals|locals|vars)\(\)$/.test(api))
      return name === '__builtins__' ? named('builtins') : this.variable(name);
    if (api === 'sys.modules') return named(name);
    return attributeOf(this.program, named(api.replace(/\.?__dict__$/, '')), name, 0);
  }

  private comprehension(e: Extract<Expression, { type: 'comprehension' }>): PyValue {
    const first = e.loops[0]!;
    const list = this.evaluate(first.iterable);
    // A short list of constants is gone through, so that texts put together from numbers are seen.
    if (
      e.loops.length === 1 &&
      first.target.type === 'name' &&
      e.key === undefined &&
      list.items &&
      list.items.length <= 3000 &&
      this.program.depth < 4
    ) {
      const items = list.items.map((item) => {
        this.frame.variables.set((first.target as { name: string }).name, item);
        return this.evaluate(e.element);
      });
      for (const test of e.tests) this.evaluate(test);
      return { value: tainted([]), items };
    }
    for (const loop of e.loops) this.assign(loop.target, elementOf(this.evaluate(loop.iterable)));
    for (const test of e.tests) this.evaluate(test);
    const element = this.evaluate(e.element);
    const key = e.key ? this.evaluate(e.key) : undefined;
    // What a loop over a text makes of each letter is the text again, for what flows.
    return {
      value: tainted(mixed([element, key, list.items ? undefined : list]).value.taints),
      items: e.key ? undefined : [element],
      fields: e.key ? new Map([[HOLE, element]]) : undefined,
    };
  }

  private call(e: Extract<Expression, { type: 'call' }>): PyValue {
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
        const items = object.items && name === 'append' ? [...object.items, ...args].slice(0, 3000) : object.items;
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
    this.frame = { variables, outer: func.scope, result: NOTHING };
    let out: PyValue;
    if (Array.isArray(func.body)) {
      this.block(func.body as readonly Statement[]);
      out = this.frame.result;
    } else out = this.evaluate(func.body as Expression);
    this.frame = before;
    this.nested = nested;
    this.program.depth--;
    return out;
  }

  /** The command lines that a list of arguments is. */
  listOf(value: PyValue): readonly Value[] | undefined {
    return value.items?.map((i) => flat(i));
  }
}

const BUILTINS = new Set(
  'exec eval compile open __import__ getattr setattr globals locals vars chr ord str bytes bytearray int map filter join list tuple dict set sorted reversed zip enumerate input print repr format iter next sum len type hasattr builtins __builtins__ any all min max range memoryview super breakpoint'.split(
    ' ',
  ),
);
