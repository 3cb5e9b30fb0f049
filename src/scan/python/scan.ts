import { embeddedContext } from '../embedded.ts';
import type { RawFinding } from '../findings.ts';
import type { JudgeContext } from '../judge/context.ts';
import { fileName } from '../paths.ts';
import { followPython } from './follow.ts';

/**
 * Scans a Python file: values are followed from where they come from to where they end, within the file. Comments and
 * strings are not code. It never throws, whatever the text is. The work is bounded by the length of the text.
 */
export function scanPython(
  path: string,
  text: string,
  judge: JudgeContext = embeddedContext(path, fileName(path) === 'setup.py'),
): readonly RawFinding[] {
  return followPython(path, text, judge);
}
