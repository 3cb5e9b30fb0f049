import type { FixOp } from '../core/fix.ts';
import { formatKeyPath } from '../core/ref.ts';
import { formatMode } from '../core/text.ts';
import type { CandidateEdit } from './edits.ts';

/** What to run: OpenClaw's own command for each key, and ours, which asks the planner first and can be undone. */
export function editCommands(edit: CandidateEdit, id: string): string[] {
  const own = edit.ops.map(commandOf);
  if (edit.safety === 'manual') return [...own, ...edit.advice];
  return [...own, ...edit.advice, ...(edit.ops.length > 0 ? [`openclaw-security fix apply --edit ${id}`] : [])];
}

function commandOf(op: FixOp): string {
  switch (op.op) {
    case 'set':
      return `openclaw config set ${word(formatKeyPath(op.key))} ${word(typeof op.value === 'string' ? op.value : JSON.stringify(op.value))}`;
    case 'remove':
      return `openclaw config unset ${word(formatKeyPath(op.key))}`;
    case 'chmod':
      return `chmod ${formatMode(op.mode).slice(1)} ${word(op.path)}`;
    case 'run':
      return op.command;
  }
}

/** A word for a POSIX shell, quoted where it has to be. */
export function word(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
