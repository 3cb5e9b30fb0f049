import { plural } from './core/text.ts';
import type { LoadedParser } from './scan/parsers/load.ts';
import type { ScanInput, ScanResult } from './scan/types.ts';

/** The scan of packages that were read, and the parser it uses. */
export interface CodeScanner {
  readonly parser: LoadedParser['name'];
  readonly scan: (input: ScanInput) => ScanResult;
}

/**
 * Loads the code scan with the parser that runs on this machine. `progress` is told of every file that is parsed. Nothing
 * of what is scanned is run.
 */
export async function loadCodeScan(progress: (what: string) => void = () => {}): Promise<CodeScanner> {
  const [{ scanPackage }, { loadScriptParser }] = await Promise.all([
    import('./scan/scan.ts'),
    import('./scan/parsers/load.ts'),
  ]);
  const { name, parse } = await loadScriptParser();
  const scan = (input: ScanInput) => {
    let parsed = 0;
    return scanPackage(input, (text, language) => {
      progress(`Scanning ${input.kind} ${input.name}: ${plural(++parsed, 'source')} of ${input.files.length} files`);
      return parse(text, language);
    });
  };
  return { parser: name, scan };
}
