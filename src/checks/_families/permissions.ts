import type { Check } from '../../core/check.ts';
import { chmod } from '../../core/fix.ts';
import { fileRef } from '../../core/ref.ts';
import type { Severity } from '../../core/severity.ts';
import type { FileFact } from '../../core/snapshot.ts';
import { formatMode } from '../../core/text.ts';
import { type Access, accessOf } from '../../model/files.ts';
import type { Model } from '../../model/model.ts';
import { defineCheck } from '../define.ts';

export interface PermissionCheck {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly severity: Severity;
  /** What the file is, in the sentence `{what} {path} has mode …`. */
  readonly what: string;
  /** The files to look at. */
  readonly files: (model: Model) => readonly (FileFact | undefined)[];
  /** True when the access is what this check is about. */
  readonly when: (access: Access) => boolean;
  /** In the sentence `… so {who} can …`. */
  readonly can: string;
  readonly referenceId?: string;
}

/** A check that differs from its siblings only in which files it looks at and which bits it minds. */
export function permissionCheck(of: PermissionCheck): Check<Model, 'loose'> {
  return defineCheck({
    id: of.id,
    title: of.title,
    why: of.why,
    remedy: '`chmod {private} {path}`.',
    since: '0.1.0',
    confidence: 'high',
    needs: ['files'],
    ...(of.referenceId ? { referenceId: of.referenceId } : {}),
    variants: {
      loose: { severity: of.severity, text: `${of.what} {path} has mode {mode}, so ${of.can}.` },
    },
    *run(model, hit) {
      for (const file of of.files(model)) {
        if (!file || file.kind === 'missing') continue;
        if (file.kind === 'unreadable') {
          yield { result: 'unknown', reason: file.error ?? 'its mode cannot be read', at: fileRef(file.path) };
          continue;
        }
        if (!of.when(accessOf(file.mode))) continue;
        const private_ = file.kind === 'directory' ? 0o700 : 0o600;
        yield hit('loose', {
          at: fileRef(file.path),
          args: { path: file.path, mode: formatMode(file.mode & 0o777), private: private_.toString(8) },
          // A link is followed by chmod, so its target is what would change: left to the owner.
          fixes: file.link
            ? []
            : [
                {
                  title: `Make ${file.path} private`,
                  safety: 'safe',
                  // Only takes bits away: a stricter mode stays as it is.
                  ops: [chmod(file.path, file.mode & private_)],
                },
              ],
        });
      }
    },
  });
}
