import type { Value } from '../value.ts';
import { explain } from './explain.ts';
import { inDocumentOrder } from './order.ts';
import { DraftSink, type SchemaProblem } from './problem.ts';
import { findRuleProblems } from './rules.ts';
import type { RuleContext } from './rules/view.ts';
import { nodeAt, type SchemaTable } from './table.ts';
import { checkNode } from './walk.ts';

/** Problems that are listed at most; further ones are only counted. */
export const PROBLEM_LIMIT = 200;

/** Why OpenClaw refuses a config. */
export interface ValidationResult {
  /** In document order, at most `PROBLEM_LIMIT`. Empty: the config is accepted, as far as can be told. */
  readonly problems: readonly SchemaProblem[];
  /** All problems, those that are not listed included. */
  readonly count: number;
}

/**
 * Compares a merged config with what the table's OpenClaw version accepts: its keys and values, then the rules between
 * keys. What cannot be told (an unset variable, a gap where a file could not be read, a plugin's own settings) counts
 * as accepted. `root` undefined is no config at all, which OpenClaw accepts.
 */
export function validateConfig(
  root: Value | undefined,
  table: SchemaTable,
  context: RuleContext = {},
): ValidationResult {
  if (!root) return { problems: [], count: 0 };
  const sink = new DraftSink(PROBLEM_LIMIT);
  checkNode({ table, path: [], sink }, nodeAt(table, table.root), root);
  const broken = findRuleProblems(root, table, context, PROBLEM_LIMIT);
  const listed = [...sink.drafts.map((draft) => explain(table, draft)), ...broken.problems];
  return {
    problems: inDocumentOrder(root, listed).slice(0, PROBLEM_LIMIT),
    count: sink.count + broken.count,
  };
}
