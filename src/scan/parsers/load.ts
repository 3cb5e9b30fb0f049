import type { ScriptParser } from '../types.ts';

/** Loads what turns JavaScript and TypeScript into trees; only when this is called. */
export async function loadScriptParser(): Promise<{ readonly parse: ScriptParser }> {
  const { loadBabelParser } = await import('./babel.ts');
  return { parse: await loadBabelParser() };
}
