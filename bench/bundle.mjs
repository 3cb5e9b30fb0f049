// Modules of the sources for the benches, bundled; the parsers stay outside and are found from the cache folder.
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Imports what these lines of code export; they name files from the root of the project. */
export async function importSources(name, lines) {
  const outfile = path.join(root, '.cache', `${name}.mjs`);
  await esbuild.build({
    stdin: { contents: lines.join('\n'), resolveDir: root },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile));
}
