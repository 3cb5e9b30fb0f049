import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { afterEach, describe, expect, it } from 'vitest';
import { makeShared } from './sqlite-fixtures.ts';
import { cleanUp, fingerprint, tempDir } from './sqlite-kit.ts';

afterEach(cleanUp);

const wasm = path.join(path.dirname(createRequire(import.meta.url).resolve('sql.js')), 'sql-wasm.wasm');
const options = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  splitting: true,
  entryPoints: ['src/collect/sqlite/state.ts'],
  absWorkingDir: path.resolve(import.meta.dirname, '../..'),
} as const satisfies esbuild.BuildOptions;

/** Reads a state directory in a process of its own that has nothing but the bundle. */
function readWith(dir: string, load: string): unknown {
  const state = tempDir();
  makeShared(path.join(state, 'state', 'openclaw.sqlite'));
  const before = fingerprint(state);
  const script = `${load}.then((m) => m.readStoredState(${JSON.stringify(state)}, [])).then((r) => console.log(JSON.stringify(r)))`;
  const printed = execFileSync(process.execPath, ['-e', script], { cwd: dir, encoding: 'utf8' });
  expect(fingerprint(state)).toEqual(before);
  return JSON.parse(printed).machine.databases[0].status;
}

describe('the WebAssembly of SQLite is found beside the bundle', () => {
  it('in CommonJS chunks, as the command line is built', async () => {
    const dir = tempDir();
    const { outputFiles } = await esbuild.build({ ...options, outdir: dir, write: false });
    for (const file of outputFiles) {
      const { code } = await esbuild.transform(file.text, {
        format: 'cjs',
        platform: 'node',
        target: 'node20.19',
        supported: { 'dynamic-import': false },
      });
      const name = file.path.replace(/\.js$/, '.cjs');
      writeFileSync(name, code.replaceAll(/(["'])(\.\/[\w-]+)\.js\1/g, '$1$2.cjs$1'));
    }
    expect(readWith(dir, "Promise.resolve(require('./state.cjs'))")).toBe('unreadable');
    copyFileSync(wasm, path.join(dir, 'sql-wasm.wasm'));
    expect(readWith(dir, "Promise.resolve(require('./state.cjs'))")).toBe('ok');
  });

  it('in ES modules, as the library is built, also below the entry', async () => {
    const dir = tempDir();
    const banner = [
      "import { createRequire as __createRequire } from 'node:module';",
      'const require = __createRequire(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;',
    ].join(' ');
    await esbuild.build({ ...options, outdir: dir, outExtension: { '.js': '.mjs' }, banner: { js: banner } });
    mkdirSync(path.join(dir, 'lib'));
    copyFileSync(wasm, path.join(dir, 'lib', 'sql-wasm.wasm'));
    expect(readWith(dir, "import('./state.mjs')")).toBe('ok');
  });
});
