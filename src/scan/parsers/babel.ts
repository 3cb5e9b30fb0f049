import type { ParserPlugin } from '@babel/parser';
import type { ParseOutcome, ScriptLanguage, ScriptParser, SyntaxNode } from '../types.ts';

/** A parser on `@babel/parser`, which is plain JavaScript and runs everywhere. */
export async function loadBabelParser(): Promise<ScriptParser> {
  const { parse } = await import('@babel/parser');
  return (text: string, language: ScriptLanguage): ParseOutcome => {
    const plugins: ParserPlugin[] = [
      'estree',
      'decorators',
      'explicitResourceManagement',
      'deferredImportEvaluation',
      'sourcePhaseImports',
    ];
    if (language === 'ts' || language === 'tsx') plugins.push('typescript');
    if (language === 'jsx' || language === 'tsx') plugins.push('jsx');
    const options = {
      plugins,
      sourceType: 'unambiguous' as const,
      errorRecovery: true,
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowImportExportEverywhere: true,
      allowSuperOutsideMethod: true,
      allowUndeclaredExports: true,
      allowNewTargetOutsideFunction: true,
      createImportExpressions: true,
      tokens: false,
      attachComment: false,
    };
    try {
      return { ok: true, program: parse(text, options).program as unknown as SyntaxNode };
    } catch (error) {
      return {
        ok: false,
        reason:
          error instanceof RangeError
            ? 'nested too deeply'
            : error instanceof Error
              ? error.message
              : 'the parser failed',
      };
    }
  };
}
