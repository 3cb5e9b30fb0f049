import { concatenate, constant, HOLE, NEVER, OPEN, stringsOf, tainted, withTaints } from '../flow/value.ts';
import { attributeOf, callApi } from './calls.ts';
import { arithmetic, sliced } from './operators.ts';
import type { Interpreter } from './interpreter.ts';
import type { Program } from './program.ts';
import type { Expression } from './syntax.ts';
import { flat, labelsOf } from '../flow/compound.ts';
import { either, elementOf, mixed, named, NOTHING, type PyValue, plain, textOf, UNKNOWN } from './value.ts';

/** Expressions that are looked at in one file. */
export const MAX_STEPS = 250_000;

/** The variables of a call. */
export interface Frame {
  readonly variables: Map<string, PyValue>;
  readonly outer: Map<string, PyValue> | undefined;
  result: PyValue;
}

/** Says what expressions can be. */
export abstract class Evaluator {
  abstract readonly program: Program;
  protected abstract globals: Map<string, PyValue>;
  protected abstract frame: Frame;
  protected abstract nested: number;
  protected abstract readonly self: Interpreter;

  protected abstract call(e: Extract<Expression, { type: 'call' }>): PyValue;

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
          func: {
            name: '',
            parameters: e.parameters,
            body: e.body,
            scope: this.frame.variables,
            file: this.program.file,
            owner: undefined,
          },
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

  protected variable(name: string): PyValue {
    const own = this.frame.variables.get(name) ?? this.frame.outer?.get(name) ?? this.globals.get(name);
    if (own) return own;
    if (BUILTINS.has(name)) return named(name);
    const star = this.globals.get('*');
    return star ? named(`${star.value.apis[0]}.${name}`) : UNKNOWN;
  }

  protected format(parts: readonly Expression[]): PyValue {
    return plain(concatenate(parts.map((p) => flat(this.evaluate(p)))));
  }

  protected dict(e: Extract<Expression, { type: 'dict' }>): PyValue {
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

  protected index(e: Extract<Expression, { type: 'index' }>): PyValue {
    const object = this.evaluate(e.object);
    if (e.index.type === 'slice')
      return sliced(
        object,
        e.index.parts.map((p) => (p ? this.evaluate(p) : undefined)),
      );
    const key = this.evaluate(e.index);
    if (object.value.apis.includes('os.environ'))
      return callApi(this.self, { api: 'os.getenv', args: [key], keywords: new Map(), pos: e.pos, self: undefined });
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

  protected comprehension(e: Extract<Expression, { type: 'comprehension' }>): PyValue {
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

  protected setVariable(name: string, value: PyValue): void {
    const before = this.nested > 0 ? this.frame.variables.get(name) : undefined;
    this.frame.variables.set(name, before ? either(value, before) : value);
  }

  protected assign(target: Expression, value: PyValue): void {
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

  protected noticeAssignment(
    target: Extract<Expression, { type: 'attribute' }>,
    object: PyValue,
    value: PyValue,
  ): void {
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
}

const BUILTINS = new Set(
  'exec eval compile open __import__ getattr setattr globals locals vars chr ord str bytes bytearray int map filter join list tuple dict set sorted reversed zip enumerate input print repr format iter next sum len type hasattr builtins __builtins__ any all min max range memoryview super breakpoint'.split(
    ' ',
  ),
);
