import { resolveFile } from '../js/resolve.ts';
import { resolveInside } from '../paths.ts';

const SPECIFIER =
  /\b(?:from|import|require(?:\.resolve)?)\s*\(?\s*(?:\/\*[^*]{0,80}\*\/\s*)?(["'`])((?:(?!\1)[^\\\n$]){1,300})\1/g;
const COMPUTED =
  /\b(?:require|import)\s*\(\s*(?:\/\*[^*]{0,80}\*\/\s*)?(?:[^\s"'`)/]|`[^`]{0,200}\$\{|["'][^"'\n]{0,200}["']\s*[+.])/;

/** What a script asks for by name. Comments are read too, so this gives rather too much than too little. */
export function specifiersOf(text: string): readonly string[] {
  const out = new Set<string>();
  for (const match of text.matchAll(SPECIFIER)) out.add(match[2]!);
  return [...out];
}

/** True when a script loads a module by a name that does not stand in it. */
export function loadsComputed(text: string): boolean {
  return COMPUTED.test(text);
}

/** The name of the package in a bare specifier: `a/b` gives `a`, `@s/a/b` gives `@s/a`. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
}

/** Where a bare specifier leads among the files: into a `node_modules` beside or above the importing file. */
export function resolvePackage(
  specifier: string,
  from: string,
  has: (path: string) => boolean,
  mainOf: (directory: string) => readonly string[],
): string | undefined {
  if (specifier === '' || /^[./#]|^[a-z]+:/.test(specifier)) return undefined;
  const name = packageOf(specifier);
  const rest = specifier.slice(name.length + 1);
  const dirs = from.split('/').slice(0, -1);
  for (let depth = dirs.length; depth >= 0; depth--) {
    const base = [...dirs.slice(0, depth), 'node_modules', name].join('/');
    if (rest !== '') {
      const inside = resolveInside(base, rest);
      const found = inside === undefined ? undefined : resolveFile(inside, has);
      if (found !== undefined) return found;
    } else {
      for (const main of [...mainOf(base), 'index']) {
        const inside = resolveInside(base, main);
        const found = inside === undefined ? undefined : resolveFile(inside, has);
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}
