import { type ConfigDocument, parsedFile } from '../config/document.ts';
import { applyEdits, EditError, removeKey, setValue, type TextEdit } from '../config/edit.ts';
import type { Declined } from '../core/fix-plan.ts';
import { formatKeyPath } from '../core/ref.ts';
import type { ConfigFile, ConfigSource, SecretSpan } from '../core/snapshot.ts';
import type { KeyChange } from './change.ts';
import { type FilePlace, placeOf } from './place.ts';

/** A change together with the place where it is written. */
export interface PlacedChange extends KeyChange {
  readonly file: string;
}

/** A config file before and after. */
export interface FileEdit {
  readonly before: ConfigFile;
  /** The new text, with the secrets where they stand in it. */
  readonly after: ConfigFile;
}

/** Changes written into the texts of the files that they belong to. */
export interface EditedFiles {
  readonly files: readonly FileEdit[];
  readonly done: readonly PlacedChange[];
  readonly declined: readonly Declined[];
}

/**
 * Writes the changes into their files. Each change is made in the text that the ones before it left, so that several
 * insertions into one object agree about commas; everything outside of the changed spans stays as it is.
 */
export function editFiles(document: ConfigDocument, changes: readonly KeyChange[]): EditedFiles {
  const current = new Map<number, ConfigFile>();
  const done: PlacedChange[] = [];
  const declined: Declined[] = [];
  for (const change of changes) {
    const what = formatKeyPath(change.path);
    const place = placeOf(document, change.path);
    if (typeof place === 'string') {
      declined.push({ what, reason: place });
      continue;
    }
    const file = current.get(place.file) ?? document.files[place.file]!;
    try {
      const edits = editsFor(file, place, change);
      if (edits.length > 0) current.set(place.file, edited(file, edits));
      done.push({ ...change, file: file.path });
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      declined.push({ what, reason: `it cannot be written in ${file.path}: ${error.message}` });
    }
  }
  const files = [...current].map(([index, after]) => ({ before: document.files[index]!, after }));
  return { files: files.filter((f) => f.before.text !== f.after.text), done, declined };
}

function editsFor(file: ConfigFile, place: FilePlace, change: KeyChange): TextEdit[] {
  const { root } = parsedFile(file);
  return change.value === undefined
    ? removeKey(file.text, root, place.path)
    : setValue(file.text, root, place.path, change.value);
}

function edited(file: ConfigFile, edits: readonly TextEdit[]): ConfigFile {
  return { ...file, text: applyEdits(file.text, edits), secrets: file.secrets.flatMap((s) => shifted(s, edits)) };
}

/** The span in the new text; none when an edit touched the secret itself. */
function shifted(span: SecretSpan, edits: readonly TextEdit[]): SecretSpan[] {
  let by = 0;
  for (const { start, end, text } of edits) {
    if (end <= span.start) by += text.length - (end - start);
    else if (start < span.end) return [];
  }
  return [{ ...span, start: span.start + by, end: span.end + by }];
}

/** The config with the edited files in place of the old ones. */
export function withFiles(config: ConfigSource, files: readonly FileEdit[]): ConfigSource {
  const after = new Map(files.map((f) => [f.before.path, f.after]));
  return { ...config, files: config.files.map((f) => after.get(f.path) ?? f) };
}
