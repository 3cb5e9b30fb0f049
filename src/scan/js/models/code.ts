import type { SyntaxNode } from '../../types.ts';
import { evaluate } from '../../flow/expressions.ts';
import { callValue } from '../../flow/calls.ts';
import type { Frame } from '../../flow/frame.ts';
import { type CallSite, type Machine, place } from '../../flow/machine.ts';
import { child, children } from '../../flow/node.ts';
import { arg, callBack, type Model, type Models } from '../../flow/model.ts';
import { run } from '../../flow/statements.ts';
import { api, join, NEVER, object, OPEN, tainted, type Value, wholeStrings, withTaints } from '../../flow/value.ts';

const MAX_INLINE = 200_000;

function emitCode(
  machine: Machine,
  site: CallSite,
  name: string,
  code: Value,
  how: 'eval' | 'load' | 'unpickle',
): void {
  const withDeep = withTaints(code, machine.deep(code));
  machine.emit(
    { kind: 'code', file: site.frame.unit.path, pos: place(site.node), api: name, code: withDeep, how },
    site.frame,
  );
}

/** Constant code is followed like the rest of the file; its places are those of the call. */
function runInline(machine: Machine, site: CallSite, code: Value, scope: Frame): Value {
  let out: Value = NEVER;
  for (const text of wholeStrings(code)) {
    if (text.length > MAX_INLINE) continue;
    const program = machine.host.parseInline(text, site.frame.unit, place(site.node));
    if (!program) continue;
    const frame = scope.block(program);
    const body = children(program, 'body');
    body.forEach((statement, i) => {
      const expression =
        statement.type === 'ExpressionStatement' && i === body.length - 1 ? child(statement, 'expression') : undefined;
      if (expression) out = join(out, evaluate(machine, expression, frame));
      else if (statement.type === 'ReturnStatement') out = join(out, returned(machine, statement, frame));
      else run(machine, statement, frame);
    });
  }
  return out;
}

function returned(machine: Machine, statement: SyntaxNode, frame: Frame): Value {
  const argument = child(statement, 'argument');
  return argument ? evaluate(machine, argument, frame) : NEVER;
}

const evalModel: Model = (machine, site, name) => {
  const code = arg(site, 0);
  emitCode(machine, site, name, code, 'eval');
  return join(runInline(machine, site, code, site.frame), tainted(code.taints));
};

/** `Function(…parameters, code)`: gives a function that runs the code. */
const functionModel: Model = (machine, site, name) => {
  const code = site.args.at(-1) ?? site.rest ?? NEVER;
  if (code === NEVER) return OPEN;
  emitCode(machine, site, name, code, 'eval');
  const holder = machine.object(site.frame, site.node, 'object');
  if (holder.noted(machine.round, 'function') === NEVER) {
    const native = machine.native((m, s) =>
      runInline(m, { ...s, frame: site.frame }, holder.noted(m.round, 'code'), site.frame.unit.frame),
    );
    holder.note(machine.round, 'function', { ...NEVER, funcs: [native] });
  }
  holder.note(machine.round, 'code', code);
  return holder.noted(machine.round, 'function');
};

const vmModel: Model = (machine, site, name) => {
  emitCode(machine, site, name, arg(site, 0), 'eval');
  return join(runInline(machine, site, arg(site, 0), site.frame.unit.frame), OPEN);
};

/** `require` and `import()`. */
const requireModel: Model = (machine, site, name) => {
  const target = arg(site, 0);
  let out: Value = NEVER;
  let certain = false;
  for (const text of wholeStrings(target)) {
    out = join(out, site.frame.unit.language.importModule(machine, text, site.frame.unit, site.node));
    certain = true;
  }
  const byPath = wholeStrings(target).some((t) => /^[\uE001/~]/.test(t));
  if (!certain || target.open || target.taints.length > 0 || byPath) emitCode(machine, site, name, target, 'load');
  return certain ? out : join(out, OPEN);
};

/** `setTimeout('code')`; with a function it only calls it. */
const timerModel: Model = (machine, site, name) => {
  const first = arg(site, 0);
  callBack(machine, site, first, site.args.slice(2));
  const texts = first.consts.filter((c) => typeof c === 'string');
  if (texts.length > 0) emitCode(machine, site, name, { ...first, funcs: [] }, 'eval');
  return OPEN;
};

const compileModel: Model = (machine, site, name) => {
  emitCode(machine, site, name, arg(site, 0), 'eval');
  return OPEN;
};

const loadModel: Model = (machine, site, name) => {
  emitCode(machine, site, name, arg(site, 0), 'load');
  return OPEN;
};

const unpickleModel: Model = (machine, site, name) => {
  emitCode(machine, site, name, arg(site, 0), 'unpickle');
  return OPEN;
};

/** esbuild's wrapper of a CommonJS module: the function is called once, with `exports` and `module`. */
const commonJsWrapper: Model = (machine, site) => {
  const holder = machine.object(site.frame, site.node, 'object');
  const exportsObject = machine.object(site.frame, `${site.node.start}:exports`, 'object');
  holder.write(machine.round, 'exports', object(exportsObject));
  let body: Value = { ...NEVER, funcs: arg(site, 0).funcs };
  for (const obj of arg(site, 0).objects) body = join(body, obj.elements(machine.round));
  const key = machine.object(site.frame, `${site.node.start}:wrapper`, 'object');
  if (key.noted(machine.round, 'f') === NEVER) {
    const native = machine.native((m, s) => {
      if (holder.noted(m.round, `ran${m.round.number}`) === NEVER) {
        holder.note(m.round, `ran${m.round.number}`, OPEN);
        callBack(m, s, body, [object(exportsObject), object(holder)]);
      }
      return holder.own(m.round, 'exports');
    });
    key.note(machine.round, 'f', { ...NEVER, funcs: [native] });
  }
  // The host may load it later; what it does is the same.
  const wrapper = key.noted(machine.round, 'f');
  callBack(machine, site, wrapper, []);
  return wrapper;
};

const first: Model = (_machine, site) => arg(site, 0);

/** Where a module lies: for a package by name, below `node_modules`. */
const resolved: Model = (_machine, site) => {
  const specifier = arg(site, 0);
  const packages = wholeStrings(specifier).filter((t) => /^@?[a-z0-9][\w.-]*(?:\/|$)/i.test(t));
  return packages.length === 0
    ? specifier
    : join(specifier, { ...NEVER, consts: packages.map((p) => `node_modules/${p}`) });
};

/** `__export(target, { name: () => value })`. */
const exportGetters: Model = (machine, site) => {
  for (const target of arg(site, 0).objects) {
    for (const source of arg(site, 1).objects) {
      for (const [name, cell] of source.fields)
        target.write(machine.round, name, callBack(machine, site, cell.read(machine.round), []));
    }
  }
  return arg(site, 0);
};

/** Ways to turn text into code, and to load modules by name. */
export const CODE_MODELS: Models = {
  eval: evalModel,
  Function: functionModel,
  'Function#': functionModel,
  AsyncFunction: functionModel,
  'vm.runInThisContext': vmModel,
  'vm.runInNewContext': vmModel,
  'vm.runInContext': vmModel,
  'vm.compileFunction': vmModel,
  'vm.Script': vmModel,
  'vm.SourceTextModule': vmModel,
  'vm2.VM': () => OPEN,
  require: requireModel,
  'require.resolve': resolved,
  'import()': requireModel,
  'module.createRequire': () => api('require'),
  'process.getBuiltinModule': requireModel,
  'module._load': requireModel,
  'module._compile': compileModel,
  'Function#.call': (machine, site) =>
    callValue(machine, site.self, { ...site, self: arg(site, 0), args: site.args.slice(1) }),
  'Function#.apply': (machine, site) => {
    const list = arg(site, 1).objects.length === 1 ? arg(site, 1).objects[0]!.list(machine.round) : undefined;
    return callValue(machine, site.self, { ...site, self: arg(site, 0), args: list ?? [] });
  },
  module: (machine, site) => object(machine.object(site.frame, site.node, 'object', 'module')),
  'module.register': loadModel,
  'require-from-string': compileModel,
  'module-from-string.requireFromString': compileModel,
  'module-from-string.importFromString': compileModel,
  'node-eval': compileModel,
  'safe-eval': compileModel,
  'vm2.VM.run': compileModel,
  'process.mainModule.require': requireModel,
  __require: requireModel,
  importScripts: loadModel,
  setTimeout: timerModel,
  setInterval: timerModel,
  setImmediate: timerModel,
  queueMicrotask: timerModel,
  'process.nextTick': timerModel,
  'node-serialize.unserialize': unpickleModel,
  jiti: () => api('require'),
  'import-fresh': requireModel,
  __commonJS: commonJsWrapper,
  __commonJSMin: commonJsWrapper,
  __esm: commonJsWrapper,
  __esmMin: commonJsWrapper,
  __toESM: first,
  __toCommonJS: first,
  __importStar: first,
  __importDefault: first,
  _interopRequireDefault: first,
  _interopRequireWildcard: first,
  __export: exportGetters,
};

/** Helpers of bundlers that a file declares itself; the models above know them better than their code does. */
export const BUNDLER_HELPERS: ReadonlySet<string> = new Set(
  Object.keys(CODE_MODELS).filter((name) => name.startsWith('__') || name.startsWith('_interop')),
);
