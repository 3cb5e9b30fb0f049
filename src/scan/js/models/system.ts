import { place } from '../../flow/machine.ts';
import {
  arg,
  callBack,
  fresh,
  label,
  lastFunction,
  type Model,
  type Models,
  mixed,
  through,
} from '../../flow/model.ts';
import { joinPaths, normalizePath } from '../../flow/path-values.ts';
import {
  constant,
  constants,
  HOLE,
  joinAll,
  object,
  OPEN,
  stringsOf,
  type Value,
  withTaints,
} from '../../flow/value.ts';
import { readVariable, wholeEnvironment } from '../environment.ts';
import { clipboardRead, clipboardWrite } from './clipboard.ts';
import { pathOf } from './files.ts';

const fixed =
  (value: Value): Model =>
  () =>
    value;

function identity(detail: string): Model {
  return (machine, site) => fresh(machine, site, 'machine', detail, `asks for the ${detail}`);
}

const joinModel: Model = (_machine, site) => joinPaths(site.rest ? [...site.args, site.rest] : site.args, false);
const resolveModel: Model = (_machine, site) => joinPaths(site.rest ? [...site.args, site.rest] : site.args, true);

function part(of: (path: string) => string): Model {
  return (_machine, site) => {
    const value = arg(site, 0);
    return withTaints(constants(stringsOf(value).map((p) => of(normalizePath(p)))), value.taints);
  };
}

/** Deno's environment is asked by name. */
const denoGet: Model = (machine, site) => {
  const names = stringsOf(arg(site, 0));
  return joinAll(names.map((n) => (n === HOLE ? OPEN : readVariable(machine, n, site.node, site.frame))));
};

const screenshot: Model = (machine, site) =>
  fresh(machine, site, 'clipboard', 'the screen', 'takes a picture of the screen');

/** Listens to every key. */
const keyHook: Model = (machine, site, name) => {
  machine.emit(
    {
      kind: 'notice',
      file: site.frame.unit.path,
      pos: place(site.node),
      api: name,
      notice: 'input-hook',
      detail: name.split('.')[0]!,
    },
    site.frame,
  );
  const keys = fresh(machine, site, 'clipboard', 'the keyboard', 'listens to every key');
  callBack(machine, site, lastFunction(site), [keys, keys]);
  return keys;
};

const argumentsModel: Model = (machine, site) =>
  fresh(machine, site, 'input', 'the command line', 'reads the command line');
const promptModel: Model = (machine, site) => {
  const value = fresh(machine, site, 'input', 'typed text', 'asks the user');
  callBack(machine, site, lastFunction(site), [value]);
  return value;
};

/** A cipher or decompressor turns its input into something else; what was hidden stays marked. */
function decoder(what: string): Model {
  return (machine, site) => {
    const inner = mixed(machine, site, site.args, what);
    const value = label(machine, site, inner, 'decoded', what, what);
    callBack(machine, site, lastFunction(site), [OPEN, value]);
    return value;
  };
}

function encoder(what: string): Model {
  return (machine, site) => {
    const value = mixed(machine, site, site.args, what);
    callBack(machine, site, lastFunction(site), [OPEN, value]);
    return value;
  };
}

/** A digest does not give back what went in. */
const hash: Model = (machine, site) => object(machine.object(site.frame, site.node, 'object', 'crypto.Hash'));

const cipher =
  (what: string, hidden: boolean): Model =>
  (machine, site) => {
    const obj = machine.object(site.frame, site.node, 'object', 'crypto.Cipher');
    obj.note(machine.round, 'what', hidden ? label(machine, site, OPEN, 'decoded', what, what) : OPEN);
    return object(obj);
  };

const cipherStep: Model = (machine, site) => {
  let value = mixed(machine, site, site.args, `through ${site.name}()`);
  for (const obj of site.self.objects) {
    value = withTaints(value, obj.noted(machine.round, 'what').taints);
    value = withTaints(value, obj.noted(machine.round, 'input').taints);
    obj.note(machine.round, 'input', value);
  }
  return value;
};

const sameArgument: Model = (machine, site) => {
  const value = arg(site, 0);
  return value.funcs.length + value.apis.length > 0 ? value : through(machine, site, value, `through ${site.name}()`);
};

const KEY_HOOKS = ['iohook', 'uiohook-napi', 'node-global-key-listener', 'gkm', 'keypress-listener'];

/** The machine, its paths and its environment; ciphers, digests and compression. */
export const SYSTEM_MODELS: Models = {
  'os.homedir': fixed(constant('~')),
  'os.tmpdir': fixed(constant('/tmp')),
  'os.hostname': identity('host name'),
  'os.userInfo': identity('user name'),
  'os.networkInterfaces': identity('network interfaces'),
  'os.platform': fixed(OPEN),
  'os.arch': fixed(OPEN),
  'os.release': fixed(OPEN),
  'node-machine-id.machineIdSync': identity('machine id'),
  'node-machine-id.machineId': identity('machine id'),
  'process.cwd': fixed(constant('.')),
  'process.binding.*': fixed(OPEN),
  'Deno.cwd': fixed(constant('.')),
  'Deno.hostname': identity('host name'),
  'Deno.env.get': denoGet,
  'Deno.env.toObject': (machine, site) => wholeEnvironment(machine, 'process.env', site.node, site.frame),
  'path.join': joinModel,
  'path.resolve': resolveModel,
  'path.normalize': joinModel,
  'path.dirname': part((p) => p.replace(/\/?[^/]*$/, '') || (p.startsWith('/') ? '/' : '.')),
  'path.basename': part((p) => p.split('/').at(-1) ?? p),
  'path.extname': part((p) => /\.[^./]*$/.exec(p)?.[0] ?? ''),
  'path.relative': (_machine, site) => arg(site, 1),
  'url.fileURLToPath': (machine, site) => pathOf(machine, arg(site, 0)),
  'url.pathToFileURL': (machine, site) => pathOf(machine, arg(site, 0)),
  'url.format': sameArgument,
  'util.promisify': sameArgument,
  'util.callbackify': sameArgument,
  'util.deprecate': sameArgument,
  'util.inspect': encoder('printed as text'),
  'util.format': encoder('printed as text'),
  'v8.serialize': encoder('serialised'),
  'crypto.createHash': hash,
  'crypto.createHmac': hash,
  'crypto.hash': fixed(OPEN),
  'crypto.Hash.update': (_machine, site) => site.self,
  'crypto.Hash.digest': fixed(OPEN),
  'crypto.subtle.digest': fixed(OPEN),
  'crypto.randomBytes': fixed(OPEN),
  'crypto.randomUUID': fixed(OPEN),
  'crypto.createDecipheriv': cipher('decrypted', true),
  'crypto.createDecipher': cipher('decrypted', true),
  'crypto.createCipheriv': cipher('encrypted', false),
  'crypto.createCipher': cipher('encrypted', false),
  'crypto.Cipher.update': cipherStep,
  'crypto.Cipher.final': cipherStep,
  'crypto.subtle.decrypt': decoder('decrypted'),
  'crypto.privateDecrypt': decoder('decrypted'),
  'crypto.publicEncrypt': encoder('encrypted'),
  'crypto-js.AES.decrypt': decoder('decrypted'),
  'crypto-js.AES.encrypt': encoder('encrypted'),
  'zlib.inflateSync': decoder('decompressed'),
  'zlib.gunzipSync': decoder('decompressed'),
  'zlib.unzipSync': decoder('decompressed'),
  'zlib.brotliDecompressSync': decoder('decompressed'),
  'zlib.inflateRawSync': decoder('decompressed'),
  'zlib.gunzip': decoder('decompressed'),
  'zlib.inflate': decoder('decompressed'),
  'zlib.gzipSync': encoder('compressed'),
  'zlib.deflateSync': encoder('compressed'),
  'zlib.brotliCompressSync': encoder('compressed'),
  'zlib.gzip': encoder('compressed'),
  'navigator.clipboard.readText': clipboardRead,
  'navigator.clipboard.read': clipboardRead,
  'clipboardy.write': clipboardWrite,
  'clipboardy.writeSync': clipboardWrite,
  'navigator.clipboard.writeText': clipboardWrite,
  'electron.clipboard.writeText': clipboardWrite,
  'clipboardy.read': clipboardRead,
  'clipboardy.readSync': clipboardRead,
  'electron.clipboard.readText': clipboardRead,
  'screenshot-desktop': screenshot,
  'readline.question': promptModel,
  prompts: promptModel,
  'util.parseArgs': argumentsModel,
  'yargs.argv': argumentsModel,
  ...Object.fromEntries(
    KEY_HOOKS.flatMap((name) =>
      ['start', 'on', 'addListener', 'GlobalKeyboardListener', 'uIOhook.on', 'uIOhook.start'].map((m) => [
        `${name}.${m}`,
        keyHook,
      ]),
    ),
  ),
};
