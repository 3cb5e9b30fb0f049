import type { ScriptParser } from '../types.ts';

/** Which parser was loaded. */
export interface LoadedParser {
  readonly name: 'oxc' | 'babel';
  readonly parse: ScriptParser;
}

/** The native parser where it is installed, else the one in plain JavaScript. Both are loaded only when this is called. */
export async function loadScriptParser(): Promise<LoadedParser> {
  try {
    const { loadOxcParser } = await import('./oxc.ts');
    return { name: 'oxc', parse: await loadOxcParser() };
  } catch {
    const { loadBabelParser } = await import('./babel.ts');
    return { name: 'babel', parse: await loadBabelParser() };
  }
}
