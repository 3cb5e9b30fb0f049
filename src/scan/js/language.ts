import type { Frame, Unit } from '../flow/frame.ts';
import type { Language } from '../flow/language.ts';
import { type CallSite, type Machine, place } from '../flow/machine.ts';
import type { Model } from '../flow/model.ts';
import type { Obj } from '../flow/object.ts';
import { callValue, runUnit } from '../flow/calls.ts';
import { api, constant, join, NEVER, OPEN, PACKAGE, tainted, type Value } from '../flow/value.ts';
import { RUNNING_CONFIG } from '../data/sensitive-paths.ts';
import type { SyntaxNode } from '../types.ts';
import { readVariable, wholeEnvironment } from './environment.ts';
import { callJsMethod } from './methods.ts';
import { COLLECTION_MODELS } from './models/collections.ts';
import { BUNDLER_HELPERS, CODE_MODELS } from './models/code.ts';
import { COMMAND_MODELS } from './models/commands.ts';
import { FILE_MODELS } from './models/files.ts';
import { CLIENTS, NETWORK_MODELS, networkLibrary } from './models/network.ts';
import { SOCKET_MODELS } from './models/sockets.ts';
import { SYSTEM_MODELS } from './models/system.ts';
import { TEXT_MODELS } from './models/text.ts';
import { globalName, memberName, moduleName } from './names.ts';

const MODELS: ReadonlyMap<string, Model> = new Map(
  [
    COLLECTION_MODELS,
    CODE_MODELS,
    COMMAND_MODELS,
    FILE_MODELS,
    NETWORK_MODELS,
    SOCKET_MODELS,
    SYSTEM_MODELS,
    TEXT_MODELS,
  ].flatMap((models) => Object.entries(models)),
);

/** Members that are plain values. */
const VALUES: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['path.sep', constant('/')],
  ['path.delimiter', constant(':')],
  ['os.EOL', constant('\n')],
  ['process.execPath', constant('node')],
  ['process.platform', OPEN],
  ['process.pid', OPEN],
  ['process.argv0', constant('node')],
]);

/** Names that mean something without a model of their own. */
const SPECIAL_NAMES = [
  'process.env',
  'process.argv',
  'import.meta.url',
  'Function#',
  'RegExp#.exec',
  'RegExp#.test',
  'module.exports',
  'module.prototype',
  'process.mainModule',
  'child_process.promises',
];

/** Modules and globals that the models know, by the name before the first dot. */
const KNOWN: ReadonlySet<string> = new Set([...[...MODELS.keys()].map((name) => name.split('.')[0]!), ...CLIENTS]);

/** Every modelled name with the names it is a member of. */
const NAMES: ReadonlySet<string> = new Set(
  [...MODELS.keys(), ...VALUES.keys(), ...SPECIAL_NAMES].flatMap((name) =>
    name.split('.').map((_, i, parts) => parts.slice(0, i + 1).join('.')),
  ),
);

/** True for names that a model may answer for; of all others nothing is known, which is the same for every one of them. */
function isKnownName(name: string): boolean {
  if (NAMES.has(name)) return true;
  const dot = name.indexOf('.');
  return CLIENTS.has(dot < 0 ? name : name.slice(0, dot));
}

/** True when calls into this module are answered by a model, which knows it better than its code does. */
export function isModelled(specifier: string): boolean {
  return KNOWN.has(globalName(moduleName(specifier)).split('.')[0]!);
}

/** What OpenClaw hands to a plugin (2026.3.7, 2026.9.6). */
const PLUGIN_API = 'openclaw.api';

/** JavaScript and TypeScript on Node, Bun and Deno. */
export const JAVASCRIPT: Language = {
  id: 'js',
  fixed(name) {
    return name.startsWith('_') && BUNDLER_HELPERS.has(name) ? api(name) : undefined;
  },
  given(name, index) {
    return name === 'api' && index === 0 ? { ...OPEN, apis: [PLUGIN_API] } : undefined;
  },
  global(name) {
    if (name === 'undefined') return NEVER;
    if (name === 'NaN' || name === 'Infinity') return OPEN;
    return api(globalName(name));
  },
  readApi,
  writeApi,
  callApi(machine, name, site) {
    return (MODELS.get(name) ?? networkLibrary(name))?.(machine, site, name);
  },
  callMethod: callJsMethod,
  importModule,
};

function readApi(machine: Machine, owner: string, name: string, node: SyntaxNode, frame: Frame): Value {
  if (owner === PLUGIN_API) {
    if (name !== 'config') return OPEN;
    return tainted([
      machine.taint('credential-file', RUNNING_CONFIG, node, frame, "takes OpenClaw's config from the host"),
    ]);
  }
  if (owner === 'process.env') return name === '*' ? OPEN : readVariable(machine, name, node, frame);
  if (name === '*') return isKnownName(`${owner}.*`) ? api(`${owner}.*`) : OPEN;
  const full = memberName(owner, name);
  if (full === 'process.env') return wholeEnvironment(machine, full, node, frame);
  if (full === 'process.argv') return commandLine(machine, node, frame);
  if (full === 'import.meta.url') return constant(`file://${PACKAGE}/${frame.unit.path}`);
  if (full === 'import.meta.dirname') return constant(`${PACKAGE}/${directoryOf(frame.unit.path)}`);
  if (full === 'import.meta.filename') return constant(`${PACKAGE}/${frame.unit.path}`);
  const known = VALUES.get(full) ?? (isKnownName(full) ? api(full) : OPEN);
  return owner === 'globalThis' ? join(known, machine.globals.own(machine.round, name)) : known;
}

/** The program, the script, and then what the caller typed. */
function commandLine(machine: Machine, node: SyntaxNode, frame: Frame): Value {
  const list = machine.object(frame.unit.frame, 'process.argv', 'array');
  list.write(machine.round, '0', constant('node'));
  list.write(machine.round, '1', constant(`${PACKAGE}/${frame.unit.path}`));
  list.length = 2;
  const typed = machine.object(frame.unit.frame, 'process.argv typed', 'array');
  if (typed.rest.value === NEVER) {
    typed.writeRest(
      machine.round,
      tainted([machine.taint('input', 'process.argv', node, frame, 'reads the command line')]),
    );
  }
  for (let i = 2; i < 12; i++) list.write(machine.round, String(i), typed.rest.value);
  list.exact = false;
  return { ...NEVER, objects: [list] };
}

function directoryOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '' : path.slice(0, at);
}

function writeApi(
  machine: Machine,
  owner: string,
  name: string,
  value: Value,
  node: SyntaxNode,
  frame: Frame,
  obj?: Obj,
): void {
  const full = memberName(owner, name);
  if (owner === 'process.env') {
    notice(machine, name, value, node, frame);
    return;
  }
  if (owner === 'globalThis' && !isKnownName(full)) machine.globals.write(machine.round, name, value);
  if (full === 'module.exports') {
    frame.unit.moduleObject.write(machine.round, 'exports', value);
    return;
  }
  if (/\.on[a-z]+$/.test(full) && value.funcs.length > 0) {
    const given = obj ? tainted(obj.noted(machine.round, 'data').taints) : OPEN;
    const site: CallSite = {
      node,
      frame,
      self: NEVER,
      args: [given],
      rest: undefined,
      keywords: undefined,
      isNew: false,
      name: '',
    };
    callValue(machine, { ...NEVER, funcs: value.funcs }, site);
    return;
  }
  if (/^(?:fetch|https?\.(?:request|get))$/.test(full) && value.funcs.length > 0) {
    replaced(machine, full, value, node, frame);
    return;
  }
  if (
    /^(?:child_process\.\w+$|(?:Module|module)\.(?:_load|_resolveFilename|_extensions|prototype))/.test(full) &&
    value.funcs.length > 0
  ) {
    machine.emit(
      { kind: 'notice', file: frame.unit.path, pos: node.start, api: full, notice: 'module-patch', detail: full },
      frame,
    );
  }
}

/** A function that takes the place of one that sends sees the headers of every request. */
function replaced(machine: Machine, full: string, value: Value, node: SyntaxNode, frame: Frame): void {
  const options = machine.object(frame, node, 'object');
  const what = `replaces ${full}`;
  options.write(
    machine.round,
    'headers',
    tainted([machine.taint('credential-file', 'the headers of all requests', node, frame, what)]),
  );
  const request: Value = { ...NEVER, objects: [options] };
  const args = full === 'fetch' ? [OPEN, request] : [request, OPEN];
  const site: CallSite = {
    node,
    frame,
    self: NEVER,
    args,
    rest: undefined,
    keywords: undefined,
    isNew: false,
    name: '',
  };
  callValue(machine, { ...NEVER, funcs: value.funcs }, site);
}

/** Variables that change what later processes load, or switch a protection off. */
function notice(machine: Machine, name: string, value: Value, node: SyntaxNode, frame: Frame): void {
  const at = { kind: 'notice' as const, file: frame.unit.path, pos: node.start, api: `process.env.${name}` };
  if (name === 'NODE_TLS_REJECT_UNAUTHORIZED' && value.consts.some((c) => String(c) === '0')) {
    machine.emit({ ...at, notice: 'tls-off', detail: name }, frame);
  } else if (name === 'LD_PRELOAD' || name === 'DYLD_INSERT_LIBRARIES') {
    machine.emit({ ...at, notice: 'env-inject', detail: name }, frame);
  }
}

function importModule(machine: Machine, specifier: string, unit: Unit, node: SyntaxNode): Value {
  const found = machine.host.resolve(specifier, unit);
  if (found) {
    runUnit(machine, found);
    return found.moduleObject.fields.get('exports')?.read(machine.round) ?? NEVER;
  }
  if (/^(?:https?|data):/.test(specifier)) {
    const event = {
      kind: 'code' as const,
      file: unit.path,
      pos: place(node),
      api: 'import',
      code: constant(specifier),
      how: 'load' as const,
    };
    machine.emit(event, unit.frame);
    return OPEN;
  }
  return api(globalName(moduleName(specifier)));
}

/** Makes the names that a CommonJS module finds: `require`, `module`, `exports`, `__dirname`, `__filename`. */
export function prepareUnit(machine: Machine, unit: Unit, exportsObject: Obj): void {
  const value = (v: Value, name: string): void => unit.frame.declare(name).write(machine.round, v);
  const exported: Value = { ...NEVER, objects: [exportsObject] };
  unit.moduleObject.write(machine.round, 'exports', exported);
  value(join(api('module'), { ...NEVER, objects: [unit.moduleObject] }), 'module');
  value(exported, 'exports');
  value(api('require'), 'require');
  value(constant(`${PACKAGE}/${directoryOf(unit.path)}`), '__dirname');
  value(constant(`${PACKAGE}/${unit.path}`), '__filename');
}
