import { constStrings, type Value, wholeStrings, withTaints } from '../../flow/value.ts';
import { argument, type Call, type Model } from '../call.ts';
import { attributeOf } from '../calls.ts';
import type { Interpreter } from '../interpreter.ts';
import { flat, labelsOf } from '../../flow/compound.ts';
import { either, mixed, named, NOTHING, type PyValue, plain, UNKNOWN } from '../value.ts';

const MAX_INNER = 200_000;

/** `exec(text)`, `eval(text)`: what the text does is looked at too. */
const run: Model = (it, call) => {
  const code = argument(call, 0, 'source') ?? argument(call, 0);
  if (!code || code.value.apis.includes('code()')) return UNKNOWN;
  const value = flat(code);
  it.program.code(call.pos, call.api, value, 'eval');
  for (const text of wholeStrings(value).slice(0, 2)) {
    if (text.length > MAX_INNER) continue;
    for (const found of it.program.scanInner(text)) {
      it.program.findings.push({ ...found, steps: [it.program.step(call.pos, `run as code with ${call.api}`)] });
    }
  }
  return plain({ ...value, consts: [], open: true });
};

/** `compile(text, …)` gives code; running it is what counts. */
const compile: Model = (_it, call) => argument(call, 0, 'source') ?? UNKNOWN;

/** `__import__(name)`, `importlib.import_module(name)`. */
const load: Model = (it, call) => {
  const name = argument(call, 0, 'name');
  if (!name) return UNKNOWN;
  const known = constStrings(name.value);
  const hidden = labelsOf(name).some((t) => t.kind === 'decoded' || t.kind === 'network');
  if (hidden) it.program.code(call.pos, call.api, flat(name), 'load');
  let out: PyValue = NOTHING;
  for (const module of known.slice(0, 4)) {
    if (/^[\w.]{1,80}$/.test(module))
      out = either(
        out,
        named(call.api === '__import__' && !call.keywords.has('fromlist') ? module.split('.')[0]! : module),
      );
  }
  return out === NOTHING ? UNKNOWN : out;
};

/** `getattr(object, 'name')`. */
const attribute: Model = (it, call) => {
  const [object, name] = call.args;
  if (!object || !name) return UNKNOWN;
  const hidden = labelsOf(name).some((t) => t.kind === 'decoded');
  let out: PyValue = NOTHING;
  for (const text of wholeStrings(name.value).slice(0, 4)) {
    const found = attributeOf(it.program, object, text, call.pos);
    if (hidden && found.value.apis.some((a) => REACHING.test(a))) {
      it.program.report('obfuscated-code', 'critical', `Hides the name of ${found.value.apis[0]} by an encoding.`, [
        it.program.step(call.pos, 'taken with getattr'),
      ]);
    }
    out = either(out, found);
  }
  return out === NOTHING ? mixed([object]) : out;
};

/** What no program hides the use of without a reason. */
const REACHING =
  /^(?:(?:builtins|__builtins__)\.)?(?:exec|eval|compile|__import__)$|^(?:os\.(?:system|popen|exec\w+)|subprocess\.\w+|socket\.socket|ctypes\.\w+)$/;

const deserialize: Model = (it, call) => {
  const data = argument(call, 0) ?? UNKNOWN;
  const value = flat(data);
  it.program.code(call.pos, call.api, value, call.api.startsWith('marshal') ? 'eval' : 'unpickle');
  const decoded = labelsOf(data).find((t) => t.kind === 'decoded' && t.detail !== 'compression');
  // A pickle that stands in the source as a text carries code for sure.
  if (decoded && !call.api.startsWith('marshal') && data.value.consts.length > 0)
    it.program.code(call.pos, call.api, value, 'eval');
  return { value: { ...value, consts: [], open: true } };
};

/** `marshal.loads(text)` gives code that is not run yet. */
const unmarshal: Model = (it, call) => {
  const data = argument(call, 0) ?? UNKNOWN;
  return plain(
    withTaints({ ...flat(data), consts: [] }, [
      it.program.taint('decoded', 'compiled code', call.pos, 'reads compiled code'),
    ]),
  );
};

const scope: Model = (_it, call) => named(`${call.api}()`);

const functionOf: Model = (it, call) => {
  const code: Value = flat(argument(call, 0));
  if (code.taints.length > 0) it.program.code(call.pos, call.api, code, 'eval');
  return UNKNOWN;
};

/** Machine code that is put into memory. */
const machineCode =
  (what: string): Model =>
  (it: Interpreter, call: Call) => {
    it.program.report(
      'process-injection',
      'critical',
      `Calls ${what}, which puts machine code into memory and runs it.`,
      [it.program.step(call.pos, `calls ${what}`)],
      'medium',
    );
    return UNKNOWN;
  };

/** Memory that may be written and run. */
const memory: Model = (it, call) => {
  const rights = argument(call, 2, 'prot')?.value.consts[0];
  if (typeof rights === 'number' && (rights & 4) !== 0)
    it.program.report(
      'process-injection',
      'warn',
      'Reserves memory that can be written and run, as machine code needs it.',
      [it.program.step(call.pos, 'calls mmap')],
      'medium',
    );
  return UNKNOWN;
};

/** Everything that turns text into code. */
export const CODE_MODELS: Readonly<Record<string, Model>> = {
  exec: run,
  eval: run,
  execfile: run,
  compile,
  'code.InteractiveInterpreter().runcode': run,
  __import__: load,
  'importlib.import_module': load,
  'importlib.__import__': load,
  getattr: attribute,
  globals: scope,
  locals: scope,
  vars: scope,
  'pickle.loads': deserialize,
  'pickle.load': deserialize,
  'pickle.Unpickler': deserialize,
  'jsonpickle.decode': deserialize,
  'marshal.loads': unmarshal,
  'marshal.load': unmarshal,
  'types.FunctionType': functionOf,
  'mmap.mmap': memory,
  'ctypes.windll.kernel32.VirtualAlloc': machineCode('VirtualAlloc'),
  'ctypes.windll.kernel32.CreateThread': machineCode('CreateThread'),
  'ctypes.windll.kernel32.CreateRemoteThread': machineCode('CreateRemoteThread'),
  'ctypes.windll.kernel32.RtlMoveMemory': machineCode('RtlMoveMemory'),
  'ctypes.windll.kernel32.WriteProcessMemory': machineCode('WriteProcessMemory'),
};
