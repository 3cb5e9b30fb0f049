import { type ConfigDocument, type IncludeReader, loadDocument, shareParse, walkValues } from '../config/document.ts';
import { isSecretPath } from '../config/secrets.ts';
import { referencedNames, substitute } from '../config/substitute.ts';
import { type Value, valueAt } from '../config/value.ts';
import type { KeyPath } from '../core/ref.ts';
import type { SecretFact } from '../core/secret.ts';
import type { ConfigFile, ConfigSource, SecretSpan } from '../core/snapshot.ts';

/** What the first pass over the config tells the other collectors, before any variable is substituted. */
export interface ConfigDraft {
  readonly document: ConfigDocument;
  /** Every `${NAME}` in the config and the names of `env` secret references. */
  readonly referencedNames: readonly string[];
  /** Those of them that stand where a secret belongs. */
  readonly secretNames: readonly string[];
  /** String variables of the config's own `env` block: `env.vars.*` and `env.<NAME>`. */
  readonly envBlock: readonly { readonly name: string; readonly value: string }[];
}

/** Reads the main file and everything it includes. */
export function draftConfig(main: ConfigFile, reader: IncludeReader): ConfigDraft {
  const document = loadDocument(main, reader, () => undefined);
  const names = new Set<string>();
  const secretNames = new Set<string>();
  const { root } = document;
  if (root)
    walkValues(root, (path, value) => {
      if (value.kind === 'string') {
        for (const n of referencedNames(value.value)) {
          names.add(n);
          if (isSecretPath(path)) secretNames.add(n);
        }
      } else if (value.kind === 'object') {
        const source = value.entries.get('source')?.value;
        const id = value.entries.get('id')?.value;
        if (source?.kind === 'string' && source.value === 'env' && id?.kind === 'string') {
          names.add(id.value);
          secretNames.add(id.value);
        }
      }
    });
  return {
    document,
    referencedNames: [...names],
    secretNames: [...secretNames],
    envBlock: root ? readEnvBlock(root) : [],
  };
}

function readEnvBlock(root: Value): { name: string; value: string }[] {
  const out: { name: string; value: string }[] = [];
  for (const path of [['env', 'vars'], ['env']]) {
    const block = valueAt(root, path);
    if (block?.kind !== 'object') continue;
    for (const [name, { value }] of block.entries) {
      if (value.kind === 'string' && name !== 'shellEnv') out.push({ name, value: value.value });
    }
  }
  return out;
}

/** Real values of variables; never leaves `collect/`. */
export interface VariableValues {
  get(name: string): string | undefined;
}

/**
 * Finds the secrets of the config by the place where they stand and reduces each to a fact, so that what follows never
 * needs the value.
 */
export function sealConfig(
  draft: ConfigDraft,
  status: ConfigSource['status'],
  includeRoot: string,
  values: VariableValues,
  reduce: (value: string) => SecretFact,
): ConfigSource {
  const spans: SecretSpan[][] = draft.document.files.map(() => []);
  const { root, files } = draft.document;
  if (root)
    walkValues(root, (path: KeyPath, value) => {
      if (value.kind !== 'string' || !isSecretPath(path)) return;
      const s = substitute(value.value, (name) => {
        const found = values.get(name);
        return found === undefined ? undefined : { value: found };
      });
      const byReference = s.names.length > 0 && value.value.replace(/\$\{[A-Z_][A-Z0-9_]*\}/g, '').trim() === '';
      spans[value.origin.file]!.push({
        start: value.origin.start,
        end: value.origin.end,
        vars: s.names,
        byReference,
        ...(s.unset.length ? {} : { secret: reduce(s.text) }),
      });
    });
  return {
    status,
    includeRoot,
    files: files.map((file, i) => {
      const sealed = { ...file, secrets: spans[i]!.sort((a, b) => a.start - b.start) };
      shareParse(file, sealed);
      return sealed;
    }),
  };
}
