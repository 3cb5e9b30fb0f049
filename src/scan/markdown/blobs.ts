import { decodeText } from '../encodings.ts';
import { type RawFinding, snippet } from '../findings.ts';
import type { JudgeContext } from '../judge/context.ts';

const MAX_BLOBS = 40;

/** Texts in base64 that are commands; what is found inside of them weighs double, since somebody hid it. */
export function hiddenCommands(file: string, text: string, base: number, judge: JudgeContext): readonly RawFinding[] {
  const out: RawFinding[] = [];
  let count = 0;
  for (const match of text.matchAll(/(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{24,8000}={0,2}(?![A-Za-z0-9+/=])/g)) {
    if (++count > MAX_BLOBS) break;
    const decoded = plainText(match[0]);
    if (decoded === undefined) continue;
    const worst = judge.scanCommand(decoded).find((f) => f.severity !== 'info');
    const command =
      worst !== undefined ||
      /\b(?:curl|wget|nc|bash|sh|powershell|iex|Invoke-Expression)\b[^\n]{0,200}(?:https?:\/\/|\||\/dev\/tcp)/i.test(
        decoded,
      );
    if (!command) continue;
    out.push({
      rule: 'obfuscated-code',
      severity: 'critical',
      confidence: 'high',
      message: `Holds a command that is hidden in base64: ${snippet(decoded)}.${worst ? ` ${worst.message}` : ''}`,
      steps: [{ file, pos: base + match.index, what: 'a command in base64' }],
    });
  }
  return out;
}

function plainText(blob: string): string | undefined {
  // A path or a word is no blob.
  if (!/[A-Z]/.test(blob) || !/[a-z]/.test(blob)) return undefined;
  const decoded = decodeText(blob, 'base64');
  return decoded !== undefined && /^[\x20-\x7e\s]+$/.test(decoded) ? decoded : undefined;
}
