import type { ParseOutcome, ScriptLanguage, ScriptParser, SyntaxNode } from '../types.ts';

/** A parser on `oxc-parser`, which is native. Rejects where no binary for this platform is installed. */
export async function loadOxcParser(): Promise<ScriptParser> {
  const { parseSync } = await import('oxc-parser');
  return (text: string, language: ScriptLanguage): ParseOutcome => {
    try {
      const result = parseSync(`file.${language}`, text, {
        lang: language,
        sourceType: 'unambiguous',
        preserveParens: false,
      });
      const error = result.errors.find((e) => e.severity === 'Error');
      const program = result.program as unknown as SyntaxNode & { body: readonly unknown[] };
      // Semantic complaints leave a whole tree; a syntax error leaves an empty one.
      if (error && program.body.length === 0) return { ok: false, reason: error.message };
      return { ok: true, program };
    } catch (error) {
      return { ok: false, reason: error instanceof Error ? error.message : 'the parser failed' };
    }
  };
}
