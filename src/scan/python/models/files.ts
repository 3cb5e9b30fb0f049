import { constant, HOLE, join, NEVER, OPEN, PACKAGE, stringsOf, tainted, type Value } from '../../flow/value.ts';
import { showPath } from '../../data/sensitive-paths.ts';
import { stepsOf } from '../../findings.ts';
import { argument, type Call, type Model } from '../call.ts';
import type { Interpreter } from '../interpreter.ts';
import { flat, labelsOf } from '../../flow/compound.ts';
import { mixed, named, NOTHING, type PyValue, plain, UNKNOWN } from '../value.ts';
import { joinedPath } from './text.ts';

function mapText(value: PyValue | undefined, change: (text: string) => string): PyValue {
  if (!value) return UNKNOWN;
  const known = flat(value);
  return plain({ ...known, consts: known.consts.map((c) => (typeof c === 'string' ? change(c) : c)) });
}

const expandUser: Model = (_it, call) =>
  mapText(call.args[0] ?? call.self, (t) => t.replace(/^\$(?:\{HOME\}|HOME)/, '~'));
const same: Model = (_it, call) => mapText(call.args[0] ?? call.self, (t) => t);
const joined: Model = (_it, call) =>
  joinedPath(call.api.startsWith('?.') && call.self ? [call.self, ...call.args] : call.args);
const parent: Model = (_it, call) =>
  mapText(call.args[0], (t) =>
    t.startsWith(PACKAGE) && !t.slice(2).includes('/') ? PACKAGE : t.replace(/\/[^/]*$/, ''),
  );

/** `open(path, mode)`: a file with what it holds. */
const open: Model = (it, call) => {
  const path = call.api === '?.open' ? call.self : argument(call, 0, 'file');
  const mode = stringsOf(argument(call, call.api === '?.open' ? 0 : 1, 'mode')?.value ?? constant('r'))[0] ?? 'r';
  const place = path ? flat(path) : OPEN;
  const writes = /[wax+]/.test(mode);
  const content = writes && !mode.includes('+') ? NEVER : it.program.read(place, call.pos);
  return {
    value: { ...tainted(content.taints), apis: ['open()'], consts: [] },
    fields: new Map([
      ['#path', plain({ ...place, taints: [] })],
      ['#append', plain(constant(mode.includes('a')))],
      ['#text', plain(content)],
    ]),
  };
};

const read: Model = (_it, call) => call.self?.fields?.get('#text') ?? mixed([call.self]);

const write: Model = (it, call) => {
  const path = call.self?.fields?.get('#path');
  if (path) reportLocked(it, call, path);
  if (path)
    it.program.write(
      call.pos,
      'open().write',
      flat(path),
      flat(argument(call, 0)),
      call.self?.fields?.get('#append')?.value.consts[0] === true,
    );
  return NOTHING;
};

/** `json.dump(value, file)`. */
const dump: Model = (it, call) => write(it, { ...call, self: call.args[1], args: [mixed([call.args[0]])] });

/** A file of the user that is overwritten with its own content, encrypted. */
function reportLocked(it: Interpreter, call: Call, path: PyValue): void {
  const shown = stringsOf(path.value).map((t) => showPath(t));
  const same = labelsOf(call.args[0]).find((t) => t.kind === 'home-file' && t.weak > 0 && shown.includes(t.detail));
  if (same && it.program.encrypts)
    it.program.report(
      'destructive-encryption',
      'critical',
      `Overwrites ${same.detail} with an encrypted copy.`,
      stepsOf(same, it.program.step(call.pos, 'written over')),
    );
}

/** `parser.read(path)`: the object holds the content from then on. */
const readInto: Model = (it, call) => {
  call.self?.fields?.set('#text', plain(it.program.read(flat(argument(call, 0)), call.pos)));
  return UNKNOWN;
};

const readPathArgument: Model = (it, call) => plain(it.program.read(flat(argument(call, 0)), call.pos));

const readPath: Model = (it, call) => plain(it.program.read(flat(call.self), call.pos));

const writePath: Model = (it, call) => {
  it.program.write(call.pos, 'Path.write_text', flat(call.self), flat(argument(call, 0, 'data')));
  return NOTHING;
};

/** Names below a directory. */
const names: Model = (_it, call) => {
  const root = call.api.startsWith('?.') ? call.self : argument(call, 0);
  const pattern = call.api.startsWith('?.')
    ? `/${stringsOf(call.args[0]?.value ?? constant(HOLE))[0] ?? HOLE}`
    : call.api.startsWith('glob.')
      ? ''
      : `/${HOLE}`;
  const paths = mapText(root, (t) => `${t}${pattern}`.replace(/\*+/g, HOLE));
  return { value: tainted(labelsOf(paths)), items: [paths] };
};

/** `os.walk` gives a directory, the directories in it and the files in it. */
const walk: Model = (_it, call) => {
  const root = argument(call, 0, 'top') ?? UNKNOWN;
  const inner = { value: tainted([]), items: [plain(constant(HOLE))] };
  const below = mapText(root, (t) => `${t}/${HOLE}`);
  return { value: tainted([]), items: [{ value: tainted([]), items: [below, inner, inner] }] };
};

const copy: Model = (it, call) => {
  const from = call.api.startsWith('?.') ? call.self : argument(call, 0, 'src');
  const to = call.api.startsWith('?.') ? call.args[0] : argument(call, 1, 'dst');
  if (!from || !to) return UNKNOWN;
  const content = it.program.read(flat(from), call.pos);
  it.program.write(call.pos, call.api.replace(/^\?\./, 'Path.'), flat(to), {
    ...content,
    taints: content.taints.filter((t) => t.kind !== 'file' && t.kind !== 'home-file'),
  });
  return to;
};

const link: Model = (it, call) => {
  it.program.events.push({
    kind: 'write',
    how: 'link',
    file: it.program.file,
    pos: call.pos,
    api: call.api,
    path: flat(argument(call, 1, 'dst')),
    data: flat(argument(call, 0, 'src')),
  });
  return NOTHING;
};

const mode: Model = (it, call) => {
  const path = call.api.startsWith('?.') ? call.self : argument(call, 0, 'path');
  const value = call.api.startsWith('?.') ? call.args[0] : argument(call, 1, 'mode');
  it.program.events.push({
    kind: 'write',
    how: 'mode',
    file: it.program.file,
    pos: call.pos,
    api: call.api.replace(/^\?\./, 'Path.'),
    path: flat(path),
    data: flat(value),
  });
  return NOTHING;
};

const remove: Model = (it, call) => {
  const path = call.api.startsWith('?.') ? call.self : argument(call, 0, 'path');
  // One file less is only of interest when it is the own one.
  if (call.api !== 'shutil.rmtree' && !stringsOf(flat(path)).some((t) => t.startsWith(PACKAGE))) return NOTHING;
  it.program.events.push({
    kind: 'write',
    how: 'delete',
    file: it.program.file,
    pos: call.pos,
    api: call.api.replace(/^\?\./, 'Path.'),
    path: flat(path),
    data: NEVER,
  });
  return NOTHING;
};

/** Archives hold what they are made of. */
const archive: Model = (it, call) => {
  const base = argument(call, 0, 'base_name');
  const root = argument(call, 2, 'root_dir');
  const content = root ? it.program.read(flat(root), call.pos) : NEVER;
  const target = mapText(base, (t) => `${t}.${stringsOf(argument(call, 1, 'format')?.value ?? constant('zip'))[0]}`);
  for (const path of stringsOf(target.value))
    if (path !== HOLE) it.program.files.set(path, tainted(content.taints.filter((t) => t.kind !== 'file')));
  return plain({ ...target.value, taints: [] });
};

const openArchive: Model = (_it, call) => {
  const path = argument(call, 0, 'name') ?? argument(call, 0, 'file') ?? argument(call, 0);
  return named('archive()', {
    '#path': path ? plain({ ...flat(path), taints: [] }) : UNKNOWN,
    '#from': path ?? UNKNOWN,
  });
};

const addToArchive: Model = (it, call) => {
  const path = call.self?.fields?.get('#path');
  const content: Value = it.program.read(flat(argument(call, 0)), call.pos);
  for (const text of stringsOf(path?.value ?? OPEN)) {
    if (text !== HOLE)
      it.program.files.set(
        text,
        join(it.program.files.get(text) ?? NEVER, tainted(content.taints.filter((t) => t.kind !== 'file'))),
      );
  }
  const target = call.self?.fields?.get('#from');
  // An archive in memory is what the memory holds.
  target?.fields?.set(
    '#text',
    mixed([target.fields.get('#text'), plain(content), call.api.endsWith('writestr') ? call.args[1] : undefined]),
  );
  return NOTHING;
};

const sqlite: Model = (it, call) => ({
  value: {
    ...tainted(it.program.read(flat(argument(call, 0, 'database')), call.pos).taints.filter((t) => t.kind !== 'file')),
    apis: ['database()'],
  },
});

/** What a database holds comes out of its cursors. */
const rows: Model = (_it, call) => ({ value: { ...tainted(labelsOf(call.self)), apis: ['database()'] } });

const temporary: Model = () => plain(constant(`/tmp/${HOLE}`));

/** Memory that is read like a file. */
const memory: Model = (_it, call) => {
  const value = argument(call, 0) ?? plain(constant(''));
  return { value: { ...tainted(labelsOf(value)), apis: ['open()'] }, fields: new Map([['#text', value]]) };
};

/** Files, paths and archives. */
export const FILE_MODELS: Readonly<Record<string, Model>> = {
  open,
  'io.open': open,
  'codecs.open': (it, call) => open(it, { ...call, api: 'open' }),
  '?.open': open,
  'open().read': read,
  'open().readlines': read,
  'open().readline': read,
  'open().getvalue': read,
  'open().write': write,
  'open().writelines': write,
  'open().__enter__': (_it, call) => call.self ?? UNKNOWN,
  'configparser.ConfigParser().read': readInto,
  'configparser.RawConfigParser().read': readInto,
  'pandas.read_csv': readPathArgument,
  'pandas.read_json': readPathArgument,
  'linecache.getlines': readPathArgument,
  'os.open': readPathArgument,
  'os.read': (_it, call) => mixed([call.args[0]]),
  'json.dump': dump,
  'yaml.dump_all': dump,
  'pickle.dump': dump,
  'tomli_w.dump': dump,
  'io.BytesIO': memory,
  'io.StringIO': memory,
  'os.path.expanduser': expandUser,
  'os.path.expandvars': expandUser,
  'os.path.abspath': same,
  'os.path.realpath': same,
  'os.path.normpath': same,
  'os.fspath': same,
  'os.path.join': joined,
  'os.path.dirname': parent,
  'os.path.basename': (_it, call) => mapText(call.args[0], (t) => t.split('/').at(-1)!),
  'pathlib.Path': (_it, call) => joinedPath(call.args.length > 0 ? call.args : [plain(constant('.'))]),
  'pathlib.Path.home': () => plain(constant('~')),
  'pathlib.Path.cwd': () => plain(constant('.')),
  '?.expanduser': expandUser,
  '?.resolve': same,
  '?.absolute': same,
  '?.joinpath': joined,
  '?.read_text': readPath,
  '?.read_bytes': readPath,
  '?.write_text': writePath,
  '?.write_bytes': writePath,
  '?.glob': names,
  '?.rglob': names,
  '?.iterdir': names,
  '?.unlink': remove,
  '?.chmod': mode,
  '?.symlink_to': (it, call) =>
    link(it, { ...call, api: 'Path.symlink_to', args: [call.args[0] ?? UNKNOWN, call.self ?? UNKNOWN] }),
  '?.rename': copy,
  'glob.glob': names,
  'glob.iglob': names,
  'os.listdir': names,
  'os.scandir': names,
  'os.walk': walk,
  'shutil.copy': copy,
  'shutil.copy2': copy,
  'shutil.copyfile': copy,
  'shutil.move': copy,
  'shutil.copytree': copy,
  'os.rename': copy,
  'os.replace': copy,
  'os.symlink': link,
  'os.link': link,
  'os.chmod': mode,
  'os.remove': remove,
  'os.unlink': remove,
  'shutil.rmtree': remove,
  'shutil.make_archive': archive,
  'zipfile.ZipFile': openArchive,
  'tarfile.open': openArchive,
  'archive().write': addToArchive,
  'archive().add': addToArchive,
  'archive().writestr': addToArchive,
  'sqlite3.connect': sqlite,
  'database().cursor': rows,
  'database().execute': rows,
  'database().fetchall': rows,
  'database().fetchone': rows,
  'database().fetchmany': rows,
  'site.getusersitepackages': () => plain(constant('~/.local/lib/python3/site-packages')),
  'site.getsitepackages': () => ({ value: tainted([]), items: [plain(constant('/usr/lib/python3/site-packages'))] }),
  'sysconfig.get_path': () => plain(constant('/usr/lib/python3/site-packages')),
  'tempfile.mkdtemp': temporary,
  'tempfile.gettempdir': () => plain(constant('/tmp')),
  'tempfile.mktemp': temporary,
};
