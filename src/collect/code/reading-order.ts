const SCRIPT = /\.(?:[cm]?[jt]sx?|py|sh|bash|zsh|ps1|psm1|bat|cmd|rb|pl|php|lua)$/i;
const PROGRAM = /\.(?:node|wasm|exe|dll|so|dylib)$/i;
const TEXT = /\.(?:md|json|jsonc|json5|ya?ml|toml|txt|html?|svg|css)$/i;

/** What hosts and the scan read to learn what a package is. */
export const DESCRIPTIONS: readonly string[] = ['package.json', 'openclaw.plugin.json', 'SKILL.md'];

/** True for files that an interpreter runs, by their name. */
export function isScript(path: string): boolean {
  return SCRIPT.test(path);
}

/**
 * When a file is read that nothing read so far leads to, from 1: code of the package, its texts, code of its dependencies,
 * anything else. A bound that is hit then costs the least.
 */
export function readingRank(path: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const vendored = path.startsWith('node_modules/') || path.includes('/node_modules/');
  // A file without an extension may be a script by its first line.
  const isCode = isScript(name) || PROGRAM.test(name) || !name.includes('.', 1);
  if (isCode) return vendored ? 3 : 1;
  return TEXT.test(name) && !vendored ? 2 : 4;
}

// Words that what the scan looks for begins or ends with, in any language it reads.
const TELLING =
  /child_process|\bexec|\bspawn|\beval\b|\bFunction\b|\bconstructor\b|globalThis|process\b.{0,3}\benv\b|\benviron\b|\bfetch\b|https?:\/\/|WebSocket|\bsocket\b|\bdgram\b|\bdns\b|\batob\b|base64|fromCharCode|\\x[0-9a-f]{2}|readFile|\bopen\(|\.ssh\b|subprocess|os\.system|\bcurl\b|\bwget\b|Invoke-|stratum\+/i;

/** True when the text holds a word that dangerous code cannot do without, unless it hides it. */
export function isTelling(text: string): boolean {
  return TELLING.test(text);
}

const QUOTED = /["'`]([^"'`\s\\]{1,200})["'`]/g;
const PATH_LIKE = /[\w@.-]+(?:\/[\w@.-]+)*\.\w{1,5}\b/g;
const ENDINGS = ['', '.js', '.ts', '.mjs', '.cjs', '.mts', '.cts', '.tsx', '.jsx', '.py', '.sh', '.json'];
const INDEX = ['/index.js', '/index.ts', '/index.mjs', '/index.cjs', '/__init__.py'];
const MAX_REFERENCES = 20_000;

/**
 * The files of a package that the text of one of them names: what it imports, starts or tells to run. Names that no file
 * has are none.
 *
 * @param has whether a path, relative to the root, is a file of the package
 */
export function filesNamedIn(path: string, text: string, has: (path: string) => boolean): Set<string> {
  const found = new Set<string>();
  const dir = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const isCode = isScript(path);
  let seen = 0;
  for (const pattern of isCode ? [QUOTED] : [QUOTED, PATH_LIKE])
    for (const match of text.matchAll(pattern)) {
      if (++seen > MAX_REFERENCES) return found;
      const name = match[1] ?? match[0];
      // In code a bare word is a package or no file at all.
      if (isCode && !/[./]/.test(name)) continue;
      for (const base of dir === '' ? [''] : [dir, '']) {
        const target = inside(base, name);
        if (target === undefined) continue;
        // TypeScript is imported under the name that it is compiled to.
        const bare = target.replace(/\.([cm]?)jsx?$/, '');
        const all = [...ENDINGS.map((e) => target + e), ...INDEX.map((e) => target + e)];
        if (bare !== target) all.push(`${bare}.ts`, `${bare}.tsx`, `${bare}.mts`, `${bare}.cts`);
        for (const candidate of all) if (has(candidate)) found.add(candidate);
      }
    }
  return found;
}

/** `name` below `base`; undefined when it leads out of the package. */
function inside(base: string, name: string): string | undefined {
  const steps = base === '' ? [] : base.split('/');
  for (const step of name.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}
