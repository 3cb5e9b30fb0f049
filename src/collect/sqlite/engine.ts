import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { SqlJsStatic } from 'sql.js';

/** SQLite compiled to WebAssembly, once loaded. */
export type SqliteEngine =
  | { readonly ok: true; readonly sqlite: SqlJsStatic }
  | { readonly ok: false; readonly error: string };

const WASM = 'sql-wasm.wasm';

let loaded: Promise<SqliteEngine> | undefined;
let broken: string | undefined;

/**
 * Loads sql.js the first time it is asked for; later calls give the same instance, whatever path they name. Never
 * rejects.
 *
 * @param wasmPath where `sql-wasm.wasm` is; by default beside the running file, as the build puts it, else in the
 * installed package
 */
export function loadEngine(wasmPath?: string): Promise<SqliteEngine> {
  if (broken !== undefined) return Promise.resolve({ ok: false, error: broken });
  loaded ??= load(wasmPath);
  return loaded;
}

/**
 * Takes the engine out of use. After a trap its memory is in an unknown state, and sql.js can be started only once in a
 * process.
 */
export function retireEngine(why: string): void {
  broken = why;
}

async function load(wasmPath?: string): Promise<SqliteEngine> {
  try {
    const file = wasmPath ?? findWasm();
    if (file === undefined) return { ok: false, error: `${WASM} is not installed` };
    const { default: start } = await import('sql.js');
    const bytes = readFileSync(file);
    const wasmBinary = new Uint8Array(bytes).buffer;
    return { ok: true, sqlite: await start({ wasmBinary, print: ignore, printErr: ignore }) };
  } catch {
    return { ok: false, error: 'the SQLite engine could not be started' };
  }
}

function ignore(): void {}

function findWasm(): string | undefined {
  // The command line is built to CommonJS, where `import.meta` is empty; the library to ES modules.
  const here = import.meta.dirname ?? __dirname;
  const beside = [path.join(here, WASM), path.join(here, 'lib', WASM)].find((file) => existsSync(file));
  if (beside !== undefined) return beside;
  try {
    return path.join(path.dirname(createRequire(path.join(here, 'x.js')).resolve('sql.js')), WASM);
  } catch {
    return undefined;
  }
}
