import type { RawFinding } from '../findings.ts';
import type { JudgeContext } from '../judge/context.ts';

export function followPython(_file: string, _text: string, _judge: JudgeContext): readonly RawFinding[] {
  return [];
}
