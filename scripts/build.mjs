// Builds dist/: a CommonJS core with lazily loaded chunks (CommonJS starts 5 to 8 ms faster than ESM on Node 20), the
// ESM library entry, and its types. esbuild splits only ESM, so each split chunk is then turned into CommonJS by itself.
// The chunks that a plain audit loads go into one file with a code cache; see launcher.cjs.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, 'dist');
const require = createRequire(import.meta.url);
fs.rmSync(dist, { recursive: true, force: true });

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  legalComments: 'none',
  absWorkingDir: root,
};

// commander starts a process for subcommands that are files of their own, which there are none of here; loading what
// that takes is a tenth of the start-up.
const noProcesses = {
  name: 'no-processes-for-commander',
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes(`${path.sep}commander${path.sep}`) ? { path: 'none', namespace: 'none' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'module.exports = {};' }));
  },
};

// The program scans code in a thread of its own, a file that is built apart; see src/cli/code-thread.ts.
const noScanHere = {
  name: 'no-scan-in-the-main-thread',
  setup(build) {
    build.onResolve({ filter: /\/code-scan\.ts$/ }, () => ({ path: 'none', namespace: 'no-scan' }));
    build.onLoad({ filter: /.*/, namespace: 'no-scan' }, () => ({ contents: 'export {};', loader: 'js' }));
  },
};

const split = await esbuild.build({
  ...common,
  plugins: [noProcesses, noScanHere],
  entryPoints: [{ in: 'src/cli/bin.ts', out: 'bin' }],
  format: 'esm',
  splitting: true,
  outdir: path.join(dist, 'cli'),
  chunkNames: 'chunk-[hash]',
  minify: true,
  write: false,
  metafile: true,
  // Bundled CommonJS libraries ask for `require`; in the final CommonJS files it is simply there.
  banner: {},
});
fs.mkdirSync(path.join(dist, 'cli'), { recursive: true });
const sources = new Map(split.outputFiles.map((f) => [path.basename(f.path), f.text]));
const toCommonJs = {
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  supported: { 'dynamic-import': false },
  minify: true,
  legalComments: 'none',
};
await writeProgram();

await esbuild.build({
  ...common,
  entryPoints: [{ in: 'src/cli/code-worker.ts', out: 'code-worker' }],
  format: 'cjs',
  outdir: path.join(dist, 'cli'),
  outExtension: { '.js': '.cjs' },
  minify: true,
});

await esbuild.build({
  ...common,
  entryPoints: [{ in: 'src/index.ts', out: 'index' }],
  format: 'esm',
  splitting: true,
  outdir: dist,
  chunkNames: 'lib/[hash]',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url); const __dirname = import.meta.dirname, __filename = import.meta.filename;",
  },
});

// sql.js looks for its WebAssembly beside the chunk that loads it.
const wasm = path.join(path.dirname(require.resolve('sql.js')), 'sql-wasm.wasm');
for (const dir of ['cli', 'lib']) {
  fs.mkdirSync(path.join(dist, dir), { recursive: true });
  fs.copyFileSync(wasm, path.join(dist, dir, 'sql-wasm.wasm'));
}

const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const types = spawnSync(process.execPath, [tsc, '-b', 'tsconfig.node.json'], { cwd: root, stdio: 'inherit' });
if (types.status !== 0) process.exit(types.status ?? 1);
fs.cpSync(path.join(root, '.cache', 'types'), path.join(dist, 'types'), {
  recursive: true,
  filter: (f) => !f.endsWith('.map'),
});
const sizes = fs.readdirSync(path.join(dist, 'cli')).map((f) => [f, fs.statSync(path.join(dist, 'cli', f)).size]);
const total = sizes.filter(([f]) => /\.c?js$/.test(f)).reduce((n, [, s]) => n + s, 0);
console.log(`built dist: command line ${Math.round(total / 1024)} KB in ${sizes.length} files`);

/** Writes the program: first every chunk by itself, then those that a plain audit loads as one. */
async function writeProgram() {
  const cli = path.join(dist, 'cli');
  const bin = path.join(dist, 'bin.cjs');
  const core = path.join(cli, 'core.js');
  const cache = path.join(cli, `core.${process.version}-${process.arch}.cache`);
  const renamed = (name) => name.replace(/\.js$/, '.cjs');
  fs.copyFileSync(path.join(root, 'scripts', 'launcher.cjs'), bin);
  fs.chmodSync(bin, 0o755);
  for (const [name, text] of sources) {
    const { code } = await esbuild.transform(text, toCommonJs);
    const file = path.join(cli, renamed(name));
    fs.writeFileSync(file, code.replaceAll(/(["'])(\.\/[\w-]+)\.js\1/g, '$1$2.cjs$1'));
  }
  fs.writeFileSync(core, '(function(){})');
  const loaded = new Set(auditExample('process.stderr.write(JSON.stringify([...loaded.keys()]))'));
  const hot = [...sources.keys()].filter((name) => loaded.has(renamed(name)));
  fs.writeFileSync(core, `(function(exports,require,module,__dirname){${await bundle(hot)}\n})`);
  for (const name of hot) fs.rmSync(path.join(cli, renamed(name)));
  auditExample(`require('node:fs').writeFileSync(${JSON.stringify(cache)}, script.createCachedData())`);

  /** The hot chunks in one scope, where they reach each other without going through exports. */
  async function bundle(hot) {
    const entry = hot.map((name) => `${JSON.stringify(renamed(name))}: () => require(${JSON.stringify(`./${name}`)})`);
    const chunks = {
      name: 'chunks',
      setup(build) {
        build.onResolve({ filter: /^\.\/[\w-]+\.js$/ }, ({ path: target }) => {
          const name = target.slice(2);
          return hot.includes(name)
            ? { path: name, namespace: 'chunk' }
            : { path: `./${renamed(name)}`, external: true };
        });
        build.onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path: name }) => ({ contents: sources.get(name) }));
      },
    };
    const result = await esbuild.build({
      ...toCommonJs,
      stdin: { contents: `module.exports = {${entry.join(',')}};`, resolveDir: cli },
      bundle: true,
      plugins: [chunks],
      write: false,
      logOverride: { 'empty-import-meta': 'silent' },
    });
    return result.outputFiles[0].text;
  }

  /** Audits the bundled unsafe home with what is built so far, then runs `atExit` with what the launcher exports. */
  function auditExample(atExit) {
    const home = path.join(root, 'examples', 'unsafe-home', '.openclaw');
    const code = `process.argv.splice(1, 0, ${JSON.stringify(bin)});
      const { script, loaded } = require(${JSON.stringify(bin)});
      process.on('exit', () => { ${atExit} });`;
    // Named by the environment: options with values would bring the library for command lines along.
    const env = {
      ...process.env,
      HOME: path.dirname(home),
      OPENCLAW_STATE_DIR: home,
      OPENCLAW_CONFIG_PATH: path.join(home, 'openclaw.json'),
    };
    const run = spawnSync(process.execPath, ['-e', code, 'audit', '--json'], {
      encoding: 'utf8',
      maxBuffer: 64 << 20,
      env,
    });
    if (run.status !== 0) throw new Error(`the built program failed: ${run.stderr}`);
    return run.stderr === '' ? [] : JSON.parse(run.stderr);
  }
}
