import type { Confidence, Severity } from '../core/severity.ts';
import type { Step, Taint } from './flow/value.ts';

/** A place before it is turned into line and column. */
export interface RawStep {
  readonly file: string;
  readonly pos: number;
  readonly what: string;
}

/** A finding as the rules make it. */
export interface RawFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  readonly steps: readonly RawStep[];
}

/** The way of a label from its source to a sink. */
export function stepsOf(taint: Taint | undefined, sink: RawStep): readonly RawStep[] {
  const out: RawStep[] = [sink];
  for (let at: Step | undefined = taint?.step; at; at = at.prev) {
    const next = out[0]!;
    // A value that is sent where it is read is one place, shown as the sink with both texts.
    if (at.file === next.file && at.pos === next.pos && at.prev !== undefined && out.length > 1) continue;
    out.unshift({ file: at.file, pos: at.pos, what: at.what });
  }
  return out;
}

/** Confidence of a flow: what went through unknown code may have become something else. */
export function flowConfidence(taint: Taint): Confidence {
  return taint.weak === 0 ? 'high' : taint.weak === 1 ? 'medium' : 'low';
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function names(list: readonly string[], shown = 4): string {
  const unique = [...new Set(list)];
  if (unique.length <= 1) return unique[0] ?? '';
  if (unique.length <= shown) return `${unique.slice(0, -1).join(', ')} and ${unique.at(-1)}`;
  return `${unique.slice(0, shown).join(', ')} and ${unique.length - shown} more`;
}

/** A snippet of scanned text that is safe to show: one line, short, no control characters. */
export function snippet(text: string, max = 60): string {
  const clean = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g, ' ')
    .replace(/\uE000/g, '…')
    .replace(/\uE001\//g, './')
    .trim();
  const cut = clean.length > max ? `${clean.slice(0, max - 1)}…` : clean;
  return maskSecrets(cut);
}

/** Hides what looks like a credential in a snippet. */
export function maskSecrets(text: string): string {
  return text
    .replace(
      /\b(?:sk-|gh[pousr]_|github_pat_|xox[abprs]-|AIza|AKIA|npm_|glpat-|hf_|eyJ)[\w\-.]{8,}/g,
      (m) => `${m.slice(0, 4)}…`,
    )
    .replace(/\b[A-Za-z0-9+/_-]{40,}={0,2}/g, '…');
}
