import type { ParserOptions, ParserPlugin } from '@babel/parser';
import type { ParseOutcome, ScriptLanguage, ScriptParser, SyntaxNode } from '../types.ts';

/** While it is built, a tree takes some ninety bytes for each character of source, and a third of it afterwards. */
const MAX_CHARS = 2_500_000;

const PLUGINS: readonly ParserPlugin[] = [
  'estree',
  'decorators',
  'explicitResourceManagement',
  'deferredImportEvaluation',
  'sourcePhaseImports',
];

const OPTIONS: ParserOptions = {
  sourceType: 'unambiguous',
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

/** A parser on `@babel/parser`, which is plain JavaScript: it runs everywhere, and hostile code cannot crash it. */
export async function loadBabelParser(): Promise<ScriptParser> {
  const { parse } = await import('@babel/parser');
  return (text: string, language: ScriptLanguage): ParseOutcome => {
    if (text.length > MAX_CHARS) return { ok: false, reason: `longer than ${MAX_CHARS} characters` };
    const plugins = [...PLUGINS];
    if (language === 'ts' || language === 'tsx') plugins.push('typescript');
    if (language === 'jsx' || language === 'tsx') plugins.push('jsx');
    try {
      const program = parse(text, { ...OPTIONS, plugins }).program as unknown as SyntaxNode;
      dropPositions(program);
      return { ok: true, program };
    } catch (error) {
      return { ok: false, reason: reasonOf(error) };
    }
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'nested too deeply';
  return error instanceof Error ? error.message : 'the parser failed';
}

/** Lines and columns are two thirds of a tree, and offsets say the same. */
function dropPositions(program: SyntaxNode): void {
  const stack: unknown[] = [program];
  while (stack.length > 0) {
    const node = stack.pop() as Record<string, unknown>;
    if (Array.isArray(node)) {
      for (const item of node) if (typeof item === 'object' && item !== null) stack.push(item);
      continue;
    }
    node.loc = undefined;
    for (const key in node) {
      const value = node[key];
      if (key !== 'extra' && typeof value === 'object' && value !== null) stack.push(value);
    }
  }
}
