import { lineIndex } from '../config/lines.ts';
import { maskText } from '../config/secrets.ts';
import type { Finding } from '../core/finding.ts';
import type { Fix } from '../core/fix.ts';
import type { PlannedEdit, PlannedEdits, Replacement } from '../core/replacement.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { Model } from '../model/model.ts';
import { editFiles, type FileEdit } from './edit-files.ts';

/**
 * The config edits of every finding, each planned by itself on the text as it stands. A fix that also runs a command,
 * changes a mode, or cannot be written is left out, and so is one whose new text would hold a secret.
 */
export function plannedEdits(snapshot: Snapshot, findings: readonly Finding[]): PlannedEdits {
  const model = new Model(snapshot);
  const edits = new Map<string, PlannedEdit[]>();
  if (!model.settings.document.loadable) return edits;
  for (const finding of findings) {
    const planned = finding.fixes.flatMap((fix) => plannedEdit(model, fix));
    if (planned.length > 0) edits.set(finding.fingerprint, planned);
  }
  return edits;
}

function plannedEdit(model: Model, fix: Fix): PlannedEdit[] {
  if (fix.ops.length === 0 || fix.safety === 'manual') return [];
  const changes = fix.ops.flatMap((op) =>
    op.op === 'set' || op.op === 'remove'
      ? [{ path: op.key, value: op.op === 'set' ? op.value : undefined, title: fix.title, words: '' }]
      : [],
  );
  if (changes.length < fix.ops.length) return [];
  const edited = editFiles(model.settings.document, changes);
  if (edited.declined.length > 0 || edited.files.length === 0) return [];
  const replacements = edited.files.map(replacementOf);
  if (replacements.some((r) => r === undefined)) return [];
  return [
    {
      title: fix.title,
      safety: fix.safety,
      ...(fix.sideEffect === undefined ? {} : { sideEffect: fix.sideEffect }),
      replacements: replacements as Replacement[],
    },
  ];
}

const STRETCH = 512;

/** One stretch from the first changed character to the last; undefined when a secret stands in its new text. */
function replacementOf({ before, after }: FileEdit): Replacement | undefined {
  const [old, fresh] = [before.text, after.text];
  const shorter = Math.min(old.length, fresh.length);
  let start = 0;
  // Most of a large config is the same, and a stretch is compared faster than its characters one by one.
  while (start + STRETCH < shorter && old.startsWith(fresh.slice(start, start + STRETCH), start)) start += STRETCH;
  while (start < shorter && old[start] === fresh[start]) start++;
  let same = 0;
  const endsAlike = (length: number) =>
    old.endsWith(fresh.slice(fresh.length - same - length, fresh.length - same), old.length - same);
  while (same + STRETCH < shorter - start && endsAlike(STRETCH)) same += STRETCH;
  while (same < shorter - start && endsAlike(1)) same++;
  const [end, freshEnd] = [old.length - same, fresh.length - same];
  const text = fresh.slice(start, freshEnd);
  if (after.secrets.some((s) => !s.byReference && s.start < freshEnd && s.end > start)) return undefined;
  if (maskText(text) !== text) return undefined;
  // In a snapshot from elsewhere secrets are asterisks already; those must not be written over what stands there.
  if (/\*{3}/.test(text)) return undefined;
  const index = lineIndex(old);
  const [from, to] = [index.position(start), index.position(end)];
  return {
    file: before.path,
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    text,
  };
}
