/** What hosts and the scan read to learn what a package is. */
const DESCRIPTIONS = /^(?:package\.json|openclaw\.plugin\.json|SKILL\.md)$/i;
const SCRIPT = /\.(?:[cm]?[jt]sx?|py|sh|bash|zsh|ps1|psm1|bat|cmd|rb|pl|php|lua)$/i;
const PROGRAM = /\.(?:node|wasm|exe|dll|so|dylib)$/i;
const TEXT = /\.(?:md|json|jsonc|json5|ya?ml|toml|txt|html?|svg|css)$/i;

/** True for files that an interpreter runs, by their name. */
export function isScript(path: string): boolean {
  return SCRIPT.test(path);
}

/**
 * When a file of a package is read, from 1: descriptions, code of the package, its other texts, code of its dependencies,
 * anything else. A bound that is hit then costs the least.
 */
export function readingRank(path: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const vendored = path.startsWith('node_modules/') || path.includes('/node_modules/');
  if (!vendored && DESCRIPTIONS.test(name)) return 1;
  // A file without an extension may be a script by its first line.
  const isCode = isScript(name) || PROGRAM.test(name) || !name.includes('.', 1);
  if (isCode) return vendored ? 4 : 2;
  return TEXT.test(name) && !vendored ? 3 : 5;
}
