/** Replaces `start` to `end` (UTF-16 units, end exclusive) by a text; an insertion when both are equal. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * An edit that cannot be made: the text is not JSON5, the path leads through a value that holds nothing, an index is out
 * of range, the value is not JSON, or edits overlap. The message is one clause and quotes no value of the text.
 */
export class EditError extends Error {
  override readonly name = 'EditError';
}

/** Applies edits whose offsets all belong to `text`, in any order. Insertions at one place keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let out = '';
  let from = 0;
  for (const { start, end, text: added } of sorted) {
    if (!(start >= 0 && start <= end && end <= text.length)) throw new EditError('an edit lies outside the text');
    if (start < from) throw new EditError('two edits overlap');
    out += text.slice(from, start) + added;
    from = end;
  }
  return out + text.slice(from);
}
