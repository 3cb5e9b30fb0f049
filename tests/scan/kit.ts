import { loadScriptParser } from '../../src/scan/parsers/load.ts';
import { scanPackage } from '../../src/scan/scan.ts';
import type { ScanInput, ScanResult } from '../../src/scan/types.ts';

const { parse } = await loadScriptParser();

/** Scans files given as path and text. */
export function scanFiles(files: Readonly<Record<string, string>>, more: Partial<ScanInput> = {}): ScanResult {
  const list = Object.entries(files).map(([path, text]) => ({ path, text, bytes: Buffer.byteLength(text) }));
  return scanPackage({ kind: 'plugin', name: 'sample', files: list, ...more }, parse);
}

/** `severity rule file:line` of the findings at warn or above, worst first. */
export function shown(result: ScanResult): string[] {
  return result.findings
    .filter((f) => f.severity !== 'info')
    .map((f) => `${f.severity} ${f.rule} ${f.steps.at(-1)!.file}:${f.steps.at(-1)!.line}`);
}
