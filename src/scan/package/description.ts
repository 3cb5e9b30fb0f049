import { resolveFile } from '../js/resolve.ts';
import { directory, fileName, resolveInside } from '../paths.ts';
import type { ScanInput } from '../types.ts';
import { type Capabilities, readCapabilities } from './capabilities.ts';
import { isSkillFile } from './kinds.ts';
import { plainValue } from './plain-data.ts';
import { readJson } from './placed-json.ts';
import { readFrontMatter } from './placed-yaml.ts';

/** What a package says of itself. */
export interface Description {
  readonly capabilities: Capabilities;
  /** Files that the host, Node or npm starts; existing ones only. Empty when nothing says which. */
  readonly entries: readonly string[];
  /** Of these, the ones that run when the package is installed. */
  readonly installScripts: ReadonlySet<string>;
  /** Directories that are skills, relative; '' is the top. */
  readonly skills: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** npm scripts that run without being asked for when a package is installed. */
const INSTALL_STEPS = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function textsIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > 8) return [];
  return Object.values(value).flatMap((v) => textsIn(v, depth + 1));
}

/** Reads package.json, openclaw.plugin.json and SKILL.md among the files. */
export function describePackage(input: ScanInput, has: (path: string) => boolean): Description {
  const manifests: unknown[] = input.manifest === undefined ? [] : [input.manifest];
  const entries = new Set<string>();
  const installScripts = new Set<string>();
  const skills: string[] = [];
  const add = (base: string, path: string): string | undefined => {
    const inside = resolveInside(base, path.replace(/^\//, ''));
    const found = inside === undefined ? undefined : resolveFile(inside, has);
    if (found !== undefined) entries.add(found);
    return found;
  };
  for (const path of input.entries ?? []) add('', path);
  for (const file of input.files) {
    if (file.text === undefined || file.path.includes('node_modules/')) continue;
    const base = directory(file.path);
    const name = fileName(file.path);
    if (name === 'openclaw.plugin.json') manifests.push(plainValue(readJson(file.text)));
    else if (isSkillFile(file.path)) {
      skills.push(base);
      manifests.push(plainValue(readFrontMatter(file.text).root));
    } else if (name === 'package.json' && base === '') {
      const fields = fieldsOf(plainValue(readJson(file.text)));
      manifests.push(declarations(fields));
      for (const path of entryFields(fields)) add(base, path);
      for (const path of installed(fields)) {
        const found = add(base, path);
        if (found !== undefined) installScripts.add(found);
      }
    }
  }
  if (entries.size === 0 && skills.length === 0) add('', 'index');
  return { capabilities: readCapabilities(manifests), entries: [...entries], installScripts, skills };
}

/** The parts of package.json that declare what the package uses; its dependencies and scripts do not. */
function declarations(fields: Fields): unknown {
  const { openclaw, clawdbot, moltbot, permissions, capabilities } = fields;
  return { openclaw, clawdbot, moltbot, permissions, capabilities };
}

function entryFields(fields: Fields): readonly string[] {
  const own = ['openclaw', 'clawdbot', 'moltbot'].map((name) => fieldsOf(fields[name]));
  const loaded = own.flatMap((o) => [o.extensions, o.setupEntry, o.hooks]);
  return [fields.main, fields.module, fields.exports, fields.bin, ...loaded].flatMap((v) => textsIn(v));
}

/** Files that install scripts name: `node scripts/install.js`. */
function installed(fields: Fields): readonly string[] {
  const scripts = fieldsOf(fields.scripts);
  const commands = INSTALL_STEPS.flatMap((step) => textsIn(scripts[step]));
  return commands.flatMap((command) =>
    command
      .split(/[\s;&|"']+/)
      .filter((word) => /\.(?:[cm]?[jt]s|sh|py)$/.test(word) || /^(?:\.{1,2}\/|scripts\/)/.test(word)),
  );
}
