import { describeFileError, type DocumentProblem } from '../config/document.ts';
import { lineIndex } from '../config/lines.ts';
import { fileRef, type Ref } from '../core/ref.ts';
import type { Settings } from './settings.ts';

/** Something in the text of the config that OpenClaw would refuse or silently ignore, with its place. */
export interface TextProblem {
  readonly kind: DocumentProblem['kind'];
  readonly message: string;
  /** The file it stands in. */
  readonly file: string;
  readonly at: Ref;
}

/** The problems of the config's text, in document order. */
export function readTextProblems(settings: Settings): readonly TextProblem[] {
  const { files, problems } = settings.document;
  const indexes = new Map<number, ReturnType<typeof lineIndex>>();
  return problems.map((p) => {
    const file = files[p.file]!;
    const index = indexes.get(p.file) ?? lineIndex(file.text);
    indexes.set(p.file, index);
    const { line, column } = index.position(p.span.start);
    return { kind: p.kind, message: p.message, file: file.path, at: { kind: 'line', path: file.path, line, column } };
  });
}

/** The main config file when it cannot be read at all. */
export function readUnreadableConfig(
  settings: Settings,
): { readonly file: string; readonly message: string; readonly at: Ref } | undefined {
  const main = settings.document.files[0];
  if (!main?.error) return undefined;
  return { file: main.path, message: describeFileError(main.error), at: fileRef(main.path) };
}
