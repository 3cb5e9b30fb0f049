import { constant, stringsOf, tainted, weaken, withTaints } from '../flow/value.ts';
import type { Call, Model } from './call.ts';
import type { Interpreter } from './interpreter.ts';
import { CODE_MODELS } from './models/code.ts';
import { COMMAND_MODELS } from './models/commands.ts';
import { FILE_MODELS } from './models/files.ts';
import { NETWORK_MODELS } from './models/network.ts';
import { SYSTEM_MODELS } from './models/system.ts';
import { methodOf, TEXT_MODELS } from './models/text.ts';
import type { Program } from './program.ts';
import { flat, labelsOf } from '../flow/compound.ts';
import { mixed, type PyValue, plain } from './value.ts';

const MODELS: ReadonlyMap<string, Model> = new Map([
  ...Object.entries(TEXT_MODELS),
  ...Object.entries(FILE_MODELS),
  ...Object.entries(NETWORK_MODELS),
  ...Object.entries(COMMAND_MODELS),
  ...Object.entries(CODE_MODELS),
  ...Object.entries(SYSTEM_MODELS),
]);

/** Calls what a module provides. */
export function callApi(it: Interpreter, call: Call): PyValue {
  const model = MODELS.get(canonical(call.api));
  if (model) return model(it, { ...call, api: canonical(call.api) });
  const dot = call.api.lastIndexOf('.');
  const method = call.api.startsWith('?.') || call.api.includes('()') ? methodOf(call.api.slice(dot + 1)) : undefined;
  if (method) return method(it, call);
  for (const value of [...call.args, ...call.keywords.values()]) if (value.func) it.invoke(value.func, [], undefined);
  if (/\.encrypt(?:_and_digest)?$/.test(call.api)) it.program.encrypts = true;
  const given = mixed([...call.args, ...call.keywords.values()]).value.taints;
  // An object keeps what it is given: a message its text, a form its fields.
  if (call.self?.fields && given.length > 0 && !call.api.startsWith('?.'))
    call.self.fields.set(`#${call.api.slice(dot + 1)}`, plain(tainted(given)));
  // A message is what it was made from; of other things it is not known.
  const all = mixed([call.self, ...call.args, ...call.keywords.values()]).value.taints;
  const labels = call.api.startsWith('email.') ? all : weaken(all);
  if (call.api.startsWith('?.')) return plain(tainted(labels));
  const kept = /^[A-Z]/.test(call.api.slice(dot + 1));
  return {
    value: { ...tainted(kept ? [] : labels), apis: [`${call.api}()`] },
    fields: kept ? new Map([['#given', plain(tainted(labels))]]) : undefined,
  };
}

/** The same thing under its usual name. */
function canonical(api: string): string {
  return api
    .replace(/^builtins\.|^__builtins__\./, '')
    .replace(/^(?:requests\.sessions|requests\.api)\./, 'requests.')
    .replace(/^requests\.(?:Session|session)\(\)\./, 'requests.')
    .replace(/^httpx\.(?:Client|AsyncClient)\(\)\./, 'httpx.')
    .replace(/^(?:aiohttp|aiohttp\.client)\.ClientSession\(\)\./, 'aiohttp.')
    .replace(/^urllib3\.PoolManager\(\)\./, 'urllib3.')
    .replace(/^urllib2\./, 'urllib.request.')
    .replace(/^urllib\.(urlopen|urlretrieve|Request)$/, 'urllib.request.$1')
    .replace(/^(?:posix|nt)\./, 'os.')
    .replace(/^cPickle\.|^_pickle\.|^dill\.|^cloudpickle\./, 'pickle.')
    .replace(/^pathlib\.(?:PosixPath|WindowsPath|PurePath)/, 'pathlib.Path');
}

/** `object.name`. */
export function attributeOf(program: Program, object: PyValue, name: string, pos: number): PyValue {
  const field = object.fields?.get(name);
  if (field) return { ...field, self: object };
  const apis = object.value.apis;
  if (apis.includes('os') && (name === 'environ' || name === 'environb')) {
    return {
      value: { ...tainted([program.taint('env-all', '', pos, 'reads the environment')]), apis: ['os.environ'] },
    };
  }
  if (apis.length === 1 && apis[0] === 'sys' && name === 'argv')
    return program.labelled('param', 'sys.argv', pos, 'reads its command line');
  if (apis.length === 1 && apis[0] === 'sys' && name === 'executable') return plain(constant('python3'));
  if (apis.length > 0) {
    const inner = apis.slice(0, 4).map((a) => `${a}.${name}`);
    const kept = apis.some((a) => a.includes('()') || a === 'os.environ') ? labelsOf(object) : [];
    return { value: { ...tainted(kept), apis: inner, open: false }, self: object };
  }
  if (name === 'parent' && stringsOf(object.value).some((t) => t.includes('/'))) {
    return {
      ...plain({
        ...flat(object),
        consts: object.value.consts.map((c) => (typeof c === 'string' ? c.replace(/\/[^/]*$/, '') : c)),
      }),
      self: object,
    };
  }
  // A method of a text or an unknown thing; what it is called on flows through it.
  const labels = object.fields ? object.value.taints : labelsOf(object);
  return { value: withTaints({ ...object.value, consts: [], apis: [], open: true }, labels), self: object };
}
