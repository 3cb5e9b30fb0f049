/** One step into the config: an object key or an array index. */
export type KeyStep = string | number;

/** A route from the root of the merged config, e.g. `['agents', 'list', 0, 'tools']`. */
export type KeyPath = readonly KeyStep[];

/**
 * A symbolic place. A check says *what* it means; `engine/locate` alone turns it into file, line and column.
 * - `key`: a config key as the user wrote it (through every `$include`); an absent one is shown at its nearest existing ancestor
 * - `file`: a path on the audited machine, with nothing to point at inside
 * - `line`: a place in a text file other than the config (plugin or skill source); 1-based
 * - `env`: an environment variable of the gateway
 */
export type Ref =
  | { readonly kind: 'key'; readonly path: KeyPath }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'line'; readonly path: string; readonly line: number; readonly column?: number }
  | { readonly kind: 'env'; readonly name: string };

/** A reference to a config key: `keyRef('gateway', 'bind')`. */
export function keyRef(...path: KeyStep[]): Ref {
  return { kind: 'key', path };
}

/** A reference to a file or directory. */
export function fileRef(path: string): Ref {
  return { kind: 'file', path };
}

/** A reference to an environment variable. */
export function envRef(name: string): Ref {
  return { kind: 'env', name };
}

const PLAIN_KEY = /^[A-Za-z_$][\w$-]*$/;

/** `agents.list[0].tools` or `channels["odd key"].groups`: the spelling that `openclaw config get` accepts for plain keys. */
export function formatKeyPath(path: KeyPath): string {
  let out = '';
  for (const step of path) {
    if (typeof step === 'number') out += `[${step}]`;
    else if (PLAIN_KEY.test(step)) out += out === '' ? step : `.${step}`;
    else out += `[${JSON.stringify(step)}]`;
  }
  return out;
}

/** A short human name of a place: key path, file path, `path:line` or `$NAME`. */
export function formatRef(ref: Ref): string {
  switch (ref.kind) {
    case 'key':
      return formatKeyPath(ref.path);
    case 'file':
      return ref.path;
    case 'line':
      return `${ref.path}:${ref.line}`;
    case 'env':
      return `$${ref.name}`;
  }
}
