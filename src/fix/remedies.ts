import { formatKeyPath, type KeyPath } from '../core/ref.ts';
import type { Finding } from '../core/finding.ts';
import type { OpenRemedy } from '../core/fix-plan.ts';
import type { Fix, FixOp } from '../core/fix.ts';
import { formatMode } from '../core/text.ts';
import type { Model } from '../model/model.ts';
import { diffFiles } from './diff.ts';
import { editFiles } from './edit-files.ts';
import { nameOf } from './predict.ts';

/**
 * What a person can do about each finding that a plan leaves: every fix as the exact edit and the exact command, else the
 * words of the check.
 *
 * @param model the home as it will be after the plan
 * @param refusal why a plan with this fix would be refused
 */
export function openRemedies(
  model: Model,
  findings: readonly Finding[],
  refusal: (finding: Finding, fix: Fix) => string | undefined,
): OpenRemedy[] {
  return findings.flatMap((finding): OpenRemedy[] => {
    const name = nameOf(finding);
    const fixes = finding.fixes.filter((f) => f.ops.length > 0);
    if (fixes.length > 0)
      return fixes.map((fix) => ({ finding: name, ...remedyOf(model, finding, fix, refusal(finding, fix)) }));
    if (finding.severity === 'info' || finding.remediation === undefined) return [];
    return [
      { finding: name, title: finding.title, safety: 'manual', commands: [], diffs: [], advice: finding.remediation },
    ];
  });
}

function remedyOf(model: Model, finding: Finding, fix: Fix, refused: string | undefined): Omit<OpenRemedy, 'finding'> {
  const changes = fix.ops.flatMap((op) =>
    op.op === 'set' || op.op === 'remove'
      ? [{ path: op.key, value: op.op === 'set' ? op.value : undefined, title: fix.title, words: '' }]
      : [],
  );
  const edit = editFiles(model.settings.document, changes);
  const commands = fix.ops.map(commandOf);
  if (fix.safety === 'unsafe' && refused === undefined)
    commands.push(`openclaw-security fix apply --only ${finding.checkId} --unsafe`);
  return {
    title: fix.title,
    safety: fix.safety,
    commands,
    diffs: diffFiles(edit.files),
    ...(fix.sideEffect === undefined ? {} : { sideEffect: fix.sideEffect }),
    ...(refused === undefined ? {} : { refused }),
  };
}

function commandOf(op: FixOp): string {
  switch (op.op) {
    case 'set':
      return `openclaw config set ${keyWord(op.key)} ${word(typeof op.value === 'string' ? op.value : JSON.stringify(op.value))}`;
    case 'remove':
      return `openclaw config unset ${keyWord(op.key)}`;
    case 'chmod':
      return `chmod ${formatMode(op.mode).slice(1)} ${word(op.path)}`;
    case 'run':
      return op.command;
  }
}

function keyWord(path: KeyPath): string {
  return word(formatKeyPath(path));
}

/** A word for a POSIX shell, quoted where it has to be. */
function word(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
