import { SCRIPTS, TOOL_DIRECTORIES } from './file-kinds.ts';
import type { Confidence, Severity } from '../../core/severity.ts';
import { type RawFinding, snippet } from '../findings.ts';
import { extension } from '../paths.ts';
import type { ScanFile } from '../types.ts';

/** A finding about a file as such. */
export function finding(
  file: ScanFile,
  rule: string,
  severity: Severity,
  message: string,
  confidence: Confidence = 'high',
): RawFinding {
  return {
    rule,
    severity,
    confidence,
    message,
    steps: [{ file: file.path, pos: 0, what: 'is part of what is installed' }],
  };
}

/** Hidden places that are named. */
const MAX_HIDDEN = 50;

/** Directories whose name starts with a dot and that hold code; one finding for each directory. */
export function hiddenCode(files: readonly ScanFile[]): readonly RawFinding[] {
  const seen = new Map<string, { file: ScanFile; count: number }>();
  for (const file of files) {
    if (!SCRIPTS.has(extension(file.path)) || /(?:^|\/)node_modules\//.test(file.path)) continue;
    const parts = file.path.split('/');
    const at = parts.findIndex(
      (p) => p.startsWith('.') && p !== '.' && p !== '..' && !TOOL_DIRECTORIES.has(p.toLowerCase()),
    );
    if (at < 0) continue;
    // A hidden file at the top is a tool's settings: `.eslintrc.js`.
    if (
      at === parts.length - 1 &&
      /^\.[\w-]*(?:rc|config|ignore|setup|hooks?|lintstaged|prettier|release-it|versionrc|mocharc|size-limit|dependency-cruiser|remarkrc|pnpmfile|puppeteerrc|eleventy)[\w.-]*$/i.test(
        parts[at]!,
      )
    )
      continue;
    const key = parts.slice(0, at + 1).join('/');
    const known = seen.get(key);
    if (known) known.count++;
    else seen.set(key, { file, count: 1 });
  }
  return [...seen].slice(0, MAX_HIDDEN).map(([path, { file, count }]) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    // What readable code loads by its path is followed from there, and judged by what it does.
    const named = files.some(
      (f) =>
        !f.path.startsWith(path) &&
        f.text !== undefined &&
        /\.(?:[cm]?[jt]sx?|py|json)$/.test(f.path) &&
        f.text.includes(`/${name}`),
    );
    return finding(
      file,
      'hidden-code',
      named ? 'info' : 'warn',
      `Keeps code out of sight in ${snippet(path, 80)}${count > 1 ? ` (${count} files)` : ''}.`,
      'medium',
    );
  });
}

/** Source in few very long lines, beside files that people can read. */
export function minified(files: readonly ScanFile[]): readonly RawFinding[] {
  const sources = files.filter(
    (f) =>
      f.text !== undefined &&
      f.text.length > 1500 &&
      /\.(?:[cm]?[jt]s|py)$/.test(f.path) &&
      !/(?:^|\/)(?:node_modules|vendor|third_party)\//.test(f.path),
  );
  const dense = sources.filter(
    (f) =>
      lineLength(f.text!) > 600 && !/\.min\.|(?:^|\/)(?:dist|build|out|lib|bundle|static|assets|public)\//.test(f.path),
  );
  if (dense.length === 0 || dense.length * 2 > sources.length) return [];
  return dense.map((f) =>
    finding(
      f,
      'minified-source',
      'info',
      `${snippet(f.path, 80)} is packed into long lines, unlike the other sources beside it.`,
      'low',
    ),
  );
}

/** Mean length of the lines. */
function lineLength(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines;
}
