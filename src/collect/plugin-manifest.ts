import { join } from 'node:path';
import type { PackageFacts, PluginDir } from '../core/snapshot.ts';
import { property, textProperty } from './foreign-json.ts';
import { type ReadResult, readTextFile } from './read.ts';

/** OpenClaw 2026.9.6 reads no larger package.json. */
const MAX_BYTES = 1024 * 1024;
// All of them together, so that many large files take bounded time.
const MAX_TOTAL_BYTES = 64 * 1024 * 1024;
const MAX_ENTRIES = 100;
const MAX_TEXT = 500;

/** Reads what packages say of themselves. Nothing of a package is run or imported. */
export class ManifestReader {
  #left = MAX_TOTAL_BYTES;

  /** Undefined when there is no package.json. */
  package(dir: string): PackageFacts | undefined {
    const read = this.#read(join(dir, 'package.json'));
    if (!read.ok) return read.error === 'missing' ? undefined : { entries: [], error: read.detail };
    const json = parse(read.text);
    if (!json) return { entries: [], error: 'it is not JSON' };
    const extensions = property(property(json.value, 'openclaw'), 'extensions');
    const name = shortText(json.value, 'name');
    const version = shortText(json.value, 'version');
    return {
      ...(name !== undefined && { name }),
      ...(version !== undefined && { version }),
      entries: (Array.isArray(extensions) ? extensions.slice(0, MAX_ENTRIES) : []).flatMap((entry) =>
        typeof entry === 'string' && entry.trim() !== '' ? [entry.trim().slice(0, MAX_TEXT)] : [],
      ),
    };
  }

  /** What `openclaw.plugin.json` says; nothing when there is none. */
  plugin(dir: string): Pick<PluginDir, 'id' | 'manifestError'> {
    const read = this.#read(join(dir, 'openclaw.plugin.json'));
    if (!read.ok) return read.error === 'missing' ? {} : { manifestError: read.detail };
    const json = parse(read.text);
    if (!json) return { manifestError: 'it is not JSON' };
    const id = shortText(json.value, 'id');
    return id === undefined ? {} : { id };
  }

  /** Names of the packages that an npm project asks for; undefined when that cannot be told. */
  dependencies(project: string): readonly string[] | undefined {
    const read = this.#read(join(project, 'package.json'));
    const dependencies = read.ok ? property(parse(read.text)?.value, 'dependencies') : undefined;
    return typeof dependencies === 'object' && dependencies !== null && !Array.isArray(dependencies)
      ? Object.keys(dependencies).filter(isPackageName)
      : undefined;
  }

  #read(path: string): ReadResult {
    if (this.#left <= 0) {
      return { ok: false, error: 'too-large', detail: 'the manifests of all plugins together are too large' };
    }
    const read = readTextFile(path, { maxBytes: MAX_BYTES });
    if (read.ok) this.#left -= read.stat.size;
    return read;
  }
}

/** A name that leads to one directory below `node_modules`, and to nowhere else. */
function isPackageName(name: string): boolean {
  return /^(?:@[^/\\\0]+\/)?[^@./\\\0][^/\\\0]*$/.test(name);
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function shortText(value: unknown, key: string): string | undefined {
  return textProperty(value, key)?.trim().slice(0, MAX_TEXT) || undefined;
}
