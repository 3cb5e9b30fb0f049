import { embeddedContext } from '../embedded.ts';
import type { RawFinding } from '../findings.ts';
import type { JudgeContext } from '../judge/context.ts';
import { fileName } from '../paths.ts';
import { followPython } from './follow.ts';

/**
 * Scans a Python file: values are followed from where they come from to where they end, through the modules of the
 * package that `read` gives by their path. Comments and strings are not code. It never throws, whatever the text is, and
 * the work is bounded.
 */
export function scanPython(
  path: string,
  text: string,
  judge: JudgeContext = embeddedContext(path, fileName(path) === 'setup.py'),
  read: (path: string) => string | undefined = () => undefined,
): readonly RawFinding[] {
  return followPython(path, text, judge, { read, depth: 0 });
}
