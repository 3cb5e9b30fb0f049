import { resolveInside } from '../../paths.ts';
import { Cell } from '../../flow/cell.ts';
import { classifyPath, KEYCHAIN_ENTRY } from '../../data/sensitive-paths.ts';
import { type CallSite, type Machine, place } from '../../flow/machine.ts';
import { arg, callBack, fresh, lastFunction, type Model, type Models, option } from '../../flow/model.ts';
import { contentTaints } from '../../flow/path-values.ts';
import type { WriteEvent } from '../../flow/events.ts';
import {
  HOLE,
  join,
  joinTaints,
  NEVER,
  object,
  OPEN,
  PACKAGE,
  stringsOf,
  type Taint,
  tainted,
  type Value,
  wholeStrings,
  withTaints,
} from '../../flow/value.ts';
import { addressOf } from './network.ts';

/** `file:` URLs become paths. */
export function pathOf(machine: Machine, value: Value): Value {
  const address = addressOf(machine, value);
  return { ...address, consts: address.consts.map((c) => (typeof c === 'string' ? c.replace(/^file:\/\//, '') : c)) };
}

const MAX_WRITTEN = 500;

const readModel: Model = (machine, site) => {
  const path = pathOf(machine, arg(site, 0));
  // A path below home that is not known at all was chosen by somebody, unless it was found by looking around.
  const chosen =
    stringsOf(path).every((p) => p === `~/${HOLE}` || p === HOLE) && !path.taints.some((t) => t.detail === LISTED);
  let taints: readonly Taint[] = contentTaints(machine, site, path).map((t) =>
    chosen && t.kind === 'home-file' ? { ...t, kind: 'file' as const } : t,
  );
  // A file that was opened before: its labels come with the handle.
  taints = joinTaints(
    taints,
    arg(site, 0).taints.filter(
      (t) => t.kind === 'credential-file' || t.kind === 'session-store' || t.kind === 'home-file',
    ),
  );
  if (path.taints.some((t) => t.kind === 'network') && taints.every((t) => t.kind === 'file')) taints = path.taints;
  const content = join(join(tainted(taints), rewritten(machine, path)), ownText(machine, path));
  callBack(machine, site, lastFunction(site), [OPEN, content]);
  return content;
};

/** What the code wrote to the same path before. */
function rewritten(machine: Machine, path: Value): Value {
  let out: Value = NEVER;
  for (const text of stringsOf(path)) out = join(out, machine.written.get(text)?.read(machine.round) ?? NEVER);
  return out;
}

/** The text of a file of the package, which may be code or hold some. */
function ownText(machine: Machine, path: Value): Value {
  const texts = wholeStrings(path).flatMap((p) => {
    const inside = p.startsWith(PACKAGE) ? resolveInside('', p.slice(1)) : undefined;
    const text = inside === undefined ? undefined : machine.host.textOf(inside);
    return text === undefined || text.includes(HOLE) ? [] : [text];
  });
  return texts.length === 0 ? NEVER : { ...NEVER, consts: texts };
}

/** Marks names that were found by looking into a directory of the user. */
const LISTED = 'names in the home directory';

/** Names in a directory: joined to its path they are still inside of it. */
const listModel: Model = (machine, site) => {
  const names = machine.object(site.frame, site.node, 'array');
  names.writeRest(machine.round, OPEN);
  const path = pathOf(machine, arg(site, 0));
  const found = stringsOf(path).map((p) => classifyPath(p));
  const label = found.some((f) => f.kind === 'credential')
    ? contentTaints(machine, site, path)
        .filter((t) => t.kind === 'credential-file')
        .map((t) => ({ ...t, kind: 'home-file' as const }))
    : found.some((f) => f.kind === 'home')
      ? contentTaints(machine, site, path).map((t) => ({ ...t, kind: 'file' as const, detail: LISTED }))
      : [];
  const value = withTaints(object(names), label);
  callBack(machine, site, lastFunction(site), [OPEN, value]);
  return value;
};

function write(machine: Machine, site: CallSite, name: string, how: WriteEvent['how'], path: Value, data: Value): void {
  if (how === 'write' || how === 'append') {
    for (const text of stringsOf(pathOf(machine, path))) {
      if (text === HOLE) continue;
      let cell = machine.written.get(text);
      if (!cell) {
        if (machine.written.size >= MAX_WRITTEN) break;
        cell = new Cell();
        machine.written.set(text, cell);
      }
      cell.write(machine.round, tainted(machine.deep(data)));
    }
  }
  machine.emit(
    {
      kind: 'write',
      file: site.frame.unit.path,
      pos: place(site.node),
      api: name,
      how,
      path: pathOf(machine, path),
      data: withTaints(data, machine.deep(data)),
    },
    site.frame,
    how,
  );
}

function writer(how: WriteEvent['how']): Model {
  return (machine, site, name) => {
    write(machine, site, name, how, arg(site, 0), arg(site, 1));
    callBack(machine, site, lastFunction(site), [OPEN]);
    return OPEN;
  };
}

/** `copyFile(from, to)`: the content of the one becomes that of the other. */
function copier(how: WriteEvent['how']): Model {
  return (machine, site, name) => {
    const from = pathOf(machine, arg(site, 0));
    write(machine, site, name, how, arg(site, 1), tainted(contentTaints(machine, site, from)));
    callBack(machine, site, lastFunction(site), [OPEN]);
    return OPEN;
  };
}

const remover: Model = (machine, site, name) => {
  write(machine, site, name, 'delete', arg(site, 0), NEVER);
  return OPEN;
};

const mode: Model = (machine, site, name) => {
  write(machine, site, name, 'mode', arg(site, 0), arg(site, 1));
  callBack(machine, site, lastFunction(site), [OPEN]);
  return OPEN;
};

const writeStream: Model = (machine, site) => {
  const obj = machine.object(site.frame, site.node, 'object', 'fs.WriteStream');
  obj.note(machine.round, 'path', pathOf(machine, arg(site, 0)));
  write(machine, site, 'fs.createWriteStream', 'write', arg(site, 0), NEVER);
  return object(obj);
};

/** Databases of browsers, messengers and of OpenClaw are files too. */
const database: Model = (machine, site) => {
  const taints = contentTaints(machine, site, pathOf(machine, arg(site, 0))).filter(
    (t) => t.kind !== 'file' && t.kind !== 'home-file',
  );
  return tainted(taints);
};

const globModel: Model = (machine, site) => {
  let patterns = pathOf(machine, arg(site, 0));
  for (const obj of arg(site, 0).objects)
    if (obj.kind === 'array') patterns = join(patterns, obj.elements(machine.round));
  const cwd = option(machine, site, arg(site, 1), 'cwd');
  const names = stringsOf(patterns).flatMap((p) => (cwd === NEVER ? [p] : stringsOf(cwd).map((c) => `${c}/${p}`)));
  const list = machine.object(site.frame, site.node, 'array');
  const known = names.map((n) => n.replaceAll('**', '*').replaceAll('*', HOLE)).filter((n) => n !== HOLE);
  list.writeRest(machine.round, { ...OPEN, consts: known.slice(0, 10), open: known.length === 0 });
  callBack(machine, site, lastFunction(site), [OPEN, object(list)]);
  return object(list);
};

const keychain: Model = (machine, site) =>
  fresh(machine, site, 'credential-file', 'the system keychain', 'reads the system keychain');

/** One password, kept under the name of a service. */
const keychainEntry: Model = (machine, site, name) => {
  const service = wholeStrings(arg(site, 0))[0];
  if (service === undefined) return keychain(machine, site, name);
  return fresh(machine, site, 'credential-file', KEYCHAIN_ENTRY + service, `reads ${service} from the system keychain`);
};

const fileObject: Model = (machine, site) => {
  const value = tainted(contentTaints(machine, site, pathOf(machine, arg(site, 0))));
  const obj = machine.object(site.frame, site.node, 'object', 'file.Handle');
  obj.note(machine.round, 'path', pathOf(machine, arg(site, 0)));
  return { ...value, objects: [obj] };
};

const openModel: Model = (machine, site, name) => {
  const flags = stringsOf(arg(site, 1));
  if (flags.some((f) => /^[wa]/.test(f)))
    write(machine, site, name, flags.some((f) => f.startsWith('a')) ? 'append' : 'write', arg(site, 0), NEVER);
  const value = fileObject(machine, site, name) ?? OPEN;
  callBack(machine, site, lastFunction(site), [OPEN, value]);
  return value;
};

const bunWrite: Model = (machine, site, name) => {
  let path = arg(site, 0);
  for (const obj of path.objects) path = join(path, obj.noted(machine.round, 'path'));
  write(machine, site, name, 'write', path, arg(site, 1));
  return OPEN;
};

const realPath: Model = (machine, site) => {
  const value = pathOf(machine, arg(site, 0));
  callBack(machine, site, lastFunction(site), [OPEN, value]);
  return value;
};

const temporary: Model = (_machine, site) => {
  const prefix = stringsOf(arg(site, 0)).map((p) => p + HOLE);
  return { ...OPEN, consts: prefix.filter((p) => p !== HOLE) };
};

const both = (name: string, model: Model): Models => ({ [`fs.${name}`]: model, [`fs.${name}Sync`]: model });

/** Files, directories and what is kept in them. */
export const FILE_MODELS: Models = {
  ...both('readFile', readModel),
  ...both('readJson', readModel),
  ...both('readJSON', readModel),
  ...both('read', readModel),
  'fs.createReadStream': readModel,
  'fs.openAsBlob': readModel,
  ...both('open', openModel),
  ...both('readdir', listModel),
  ...both('opendir', listModel),
  ...both('writeFile', writer('write')),
  ...both('outputFile', writer('write')),
  ...both('writeJson', writer('write')),
  ...both('writeJSON', writer('write')),
  ...both('outputJson', writer('write')),
  ...both('appendFile', writer('append')),
  ...both('copyFile', copier('write')),
  ...both('copy', copier('write')),
  ...both('cp', copier('write')),
  ...both('rename', copier('write')),
  ...both('move', copier('write')),
  ...both('symlink', copier('link')),
  ...both('link', copier('link')),
  ...both('chmod', mode),
  ...both('unlink', remover),
  ...both('rm', remover),
  ...both('rmdir', remover),
  ...both('remove', remover),
  ...both('emptyDir', remover),
  ...both('realpath', realPath),
  ...both('mkdtemp', temporary),
  'fs.createWriteStream': writeStream,
  'Bun.file': fileObject,
  'Bun.write': bunWrite,
  'Deno.readTextFile': readModel,
  'Deno.readTextFileSync': readModel,
  'Deno.readFile': readModel,
  'Deno.readFileSync': readModel,
  'Deno.writeTextFile': writer('write'),
  'Deno.writeTextFileSync': writer('write'),
  'Deno.writeFile': writer('write'),
  'Deno.remove': remover,
  'better-sqlite3': database,
  'better-sqlite3.Database': database,
  'sqlite3.Database': database,
  'sqlite.DatabaseSync': database,
  'node:sqlite.DatabaseSync': database,
  'keytar.getPassword': keychainEntry,
  'keytar.findCredentials': keychain,
  'keytar.findPassword': keychainEntry,
  glob: globModel,
  'glob.sync': globModel,
  'glob.glob': globModel,
  'glob.globSync': globModel,
  'fast-glob': globModel,
  'fast-glob.sync': globModel,
  globby: globModel,
  'globby.globby': globModel,
  'tinyglobby.glob': globModel,
  ...both('glob', globModel),
  'dotenv.config': (machine, site) => {
    const result = machine.object(site.frame, site.node, 'object');
    result.write(
      machine.round,
      'parsed',
      fresh(machine, site, 'credential-file', 'an environment file', 'reads the environment file'),
    );
    return object(result);
  },
  'dotenv.parse': (_machine, site) => arg(site, 0),
};
