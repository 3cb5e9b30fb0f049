import { extension, fileName } from '../paths.ts';
import type { ScanFile, ScriptLanguage } from '../types.ts';

/** Who reads a file: an interpreter, a person or the model, or only other code. */
export type SourceKind = 'script' | 'shell' | 'python' | 'powershell' | 'markdown' | 'json' | 'other';

const BY_EXTENSION: ReadonlyMap<string, SourceKind> = new Map(
  Object.entries({
    script: ['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx'],
    shell: ['.sh', '.bash', '.zsh', '.ksh', '.command', '.bats'],
    python: ['.py', '.pyw'],
    powershell: ['.ps1', '.psm1', '.psd1'],
    markdown: ['.md', '.mdx', '.markdown'],
    json: ['.json', '.jsonc', '.json5'],
  } satisfies Partial<Record<SourceKind, readonly string[]>>).flatMap(([kind, names]) =>
    names.map((name) => [name, kind as SourceKind] as const),
  ),
);

const SHEBANG = /^\uFEFF?#!\s*\/\S*?(?:env\s+(?:-\S+\s+)*(?:\w+=\S*\s+)*)?([\w.-]+)\s*(?:\r?\n|\s|$)/;

/** The interpreter that the first line names. */
function shebangKind(text: string): SourceKind | undefined {
  const program = SHEBANG.exec(text.slice(0, 200))?.[1];
  if (program === undefined) return undefined;
  if (/^(?:node|nodejs|bun|deno|tsx|ts-node|zx)$/.test(program)) return 'script';
  if (/^(?:ba|z|da|k|a)?sh$/.test(program)) return 'shell';
  if (/^(?:python[\d.]*|pypy3?|uv)$/.test(program)) return 'python';
  return /^(?:pwsh|powershell)$/.test(program) ? 'powershell' : undefined;
}

/** The kind of a file, by its name or, without a telling one, by its first line. */
export function sourceKind(file: ScanFile): SourceKind {
  const known = BY_EXTENSION.get(extension(file.path));
  if (known !== undefined) return known;
  return (file.text !== undefined && shebangKind(file.text)) || 'other';
}

/** The dialects to try for a script, in order: loaders take TypeScript in `.js`, and JSX is no error in it. */
export function scriptLanguages(path: string): readonly ScriptLanguage[] {
  switch (extension(path)) {
    case '.ts':
    case '.mts':
    case '.cts':
      return ['ts', 'tsx'];
    case '.tsx':
      return ['tsx'];
    default:
      return ['jsx', 'ts'];
  }
}

/** True for the file that makes a directory a skill. */
export function isSkillFile(path: string): boolean {
  return fileName(path).toLowerCase() === 'skill.md';
}
