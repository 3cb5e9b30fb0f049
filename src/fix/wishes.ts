import type { Declined } from '../core/fix-plan.ts';
import type { Finding } from '../core/finding.ts';
import type { Fix, FixOp } from '../core/fix.ts';
import { formatKeyPath, formatRef, type KeyPath } from '../core/ref.ts';
import { idSelected } from '../engine/select.ts';
import type { Model } from '../model/model.ts';
import type { KeyChange } from './change.ts';
import { groupPolicyFixes } from './group-policy.ts';

/** Which fixes are meant. */
export interface FixSelection {
  /** Only fixes of these checks: an id or its first words; empty: of all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** Also fixes that change who or what works. */
  readonly unsafe: boolean;
  /** Fixes beside those of findings, each asked for by name. */
  readonly edits?: readonly Fix[];
}

/** Selects no finding: only the named edits are meant. */
export const NO_FINDING = '-';

/** What the chosen fixes ask for. */
export interface Wishes {
  readonly keys: readonly KeyChange[];
  /** Paths whose modes are to be taken down; how far is decided by `planModes`. */
  readonly modes: readonly string[];
  readonly declined: readonly Declined[];
}

/**
 * Gathers the operations of the chosen fixes: those of the findings, and the rules that reach further than a finding.
 *
 * @param accepted keys and paths of suppressed findings
 */
export function gatherWishes(
  model: Model,
  findings: readonly Finding[],
  selection: FixSelection,
  accepted: ReadonlySet<string>,
): Wishes {
  const keys: KeyChange[] = [];
  const modes: string[] = [];
  const declined: Declined[] = [];
  const take = (fix: Fix, words?: string): void => {
    for (const op of fix.ops) {
      if (op.op === 'chmod') modes.push(op.path);
      else if (op.op !== 'run') keys.push(keyChange(model, fix, op, words));
    }
  };
  for (const fix of selection.edits ?? []) take(fix);
  for (const { checkId, fix, words } of groupPolicyFixes(model)) {
    if (!idSelected(checkId, selection.only, selection.skip)) continue;
    const kept = fix.ops.find((op) => op.op === 'set' && accepted.has(formatKeyPath(op.key)));
    if (kept?.op === 'set') declined.push({ what: formatKeyPath(kept.key), reason: 'its finding is suppressed' });
    else take(fix, words);
  }
  const ruled = new Set(keys.map((k) => formatKeyPath(k.path)));
  for (const finding of findings) {
    if (!idSelected(finding.checkId, selection.only, selection.skip)) continue;
    const fix = chooseFix(finding, selection);
    if (fix) {
      const known = fix.ops.length > 0 && fix.ops.every((op) => op.op === 'set' && ruled.has(formatKeyPath(op.key)));
      if (!known) take(fix);
    } else if (selection.only.length > 0) {
      declined.push({ what: `${finding.checkId} (${formatRef(finding.refs[0]!)})`, reason: whyNot(finding) });
    }
  }
  return { keys, modes, declined };
}

/** The fix of a finding that may be applied: a safe one, else, when asked for, the first unsafe one. */
export function chooseFix(finding: Finding, { unsafe }: Pick<FixSelection, 'unsafe'>): Fix | undefined {
  const applicable = finding.fixes.filter((f) => f.ops.length > 0 && f.ops.every((op) => op.op !== 'run'));
  return (
    applicable.find((f) => f.safety === 'safe') ?? (unsafe ? applicable.find((f) => f.safety === 'unsafe') : undefined)
  );
}

function whyNot(finding: Finding): string {
  const unsafe = finding.fixes.find((f) => f.safety === 'unsafe');
  if (unsafe) return `its fix changes what works (${unsafe.sideEffect ?? unsafe.title}); add --unsafe to apply it`;
  return 'it needs a decision or a secret that only a person has';
}

function keyChange(model: Model, fix: Fix, op: Exclude<FixOp, { op: 'chmod' | 'run' }>, words?: string): KeyChange {
  const { title, sideEffect } = fix;
  const value = op.op === 'set' ? op.value : undefined;
  return {
    path: op.key,
    value,
    title,
    ...(sideEffect === undefined ? {} : { sideEffect }),
    words: words ?? `${written(model, op)} -> ${value === undefined ? 'removed' : JSON.stringify(value)}`,
  };
}

/** What stands there now, where it is short and no secret. */
function written(model: Model, { key }: { readonly key: KeyPath }): string {
  const value = model.settings.value(...key);
  if (!value) return 'not set';
  if (value.kind === 'string') return value.secret || value.value.length > 60 ? 'another value' : value.value;
  return value.kind === 'object' || value.kind === 'array' ? 'another value' : String(value.value);
}
