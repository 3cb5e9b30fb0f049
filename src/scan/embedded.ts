import type { RawFinding } from './findings.ts';
import type { JudgeContext } from './judge/context.ts';
import { readCapabilities } from './package/capabilities.ts';
import { followPowershell } from './powershell/follow.ts';
import { followPython } from './python/follow.ts';
import { scanShell } from './shell/scan.ts';

/** Code inside of code inside of code: deeper than this it is not read. */
const MAX_DEPTH = 3;

/**
 * What the judges need when a text stands alone: nothing is declared, and command lines are read with the shell rules,
 * with Python and PowerShell inside of them. The caller that knows the whole package passes its own context instead.
 */
export function embeddedContext(file: string, installs = false, depth = 0): JudgeContext {
  const scanCommand = (command: string): readonly RawFinding[] => {
    if (depth >= MAX_DEPTH) return [];
    const inner = (): JudgeContext => embeddedContext(file, installs, depth + 1);
    const scanInline = (language: 'js' | 'py' | 'powershell', code: string, pos: number): readonly RawFinding[] => {
      if (language === 'js') return [];
      const found = language === 'py' ? followPython(file, code, inner()) : followPowershell(file, code, inner());
      return found.map((f) => ({ ...f, steps: f.steps.map((s) => ({ ...s, pos })) }));
    };
    return scanShell(command, { file, base: 0, scanInline }, inner()).findings;
  };
  return {
    capabilities: readCapabilities([]),
    scanCommand,
    checksums: new Set(),
    installScripts: new Set(installs ? [file] : []),
  };
}
