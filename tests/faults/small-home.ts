import path from 'node:path';
import { expect } from 'vitest';
import type { Transaction } from '../../src/core/transaction.ts';
import { type ApplyOptions, apply } from '../../src/fix/apply/apply.ts';
import { FixError } from '../../src/fix/apply/errors.ts';
import type { ApplyResult } from '../../src/fix/apply/transaction.ts';
import { chmod, type Home, makeHome, put, snapshot, transaction, write } from './home.ts';

/** A home with two files to write and two modes to change, and how to fix it. */
export interface SmallHome extends Home {
  readonly config: string;
  readonly old: Record<string, string>;
}

export function smallHome(): SmallHome {
  const home = makeHome('limits');
  const config = put(path.join(home.stateDir, 'openclaw.json'), '{ "old": true }');
  put(path.join(home.stateDir, 'credentials', 'a.json'), '{}', 0o644);
  put(path.join(home.stateDir, 'include', 'more.json'), '{ "old": 2 }', 0o640);
  return { ...home, config, old: snapshot(home.stateDir) };
}

export const smallFix = (home: SmallHome): Transaction =>
  transaction(
    home,
    chmod(home.stateDir, 0o700),
    write(home.config, '{ "new": true }', { mode: 0o600 }),
    chmod(path.join(home.stateDir, 'credentials', 'a.json'), 0o600),
    write(path.join(home.stateDir, 'include', 'more.json'), '{ "new": 2 }'),
  );

/** Applies it, confirmed unless told otherwise. */
export const applyIn = (home: Home, tx: Transaction, options: Partial<ApplyOptions> = {}): Promise<ApplyResult> =>
  apply(tx, { journalDir: home.journalDir, verify: async () => ({ ok: true }), ...options });

/** The error that a transaction stops with before its first change. */
export async function refusalIn(home: Home, tx: Transaction, options: Partial<ApplyOptions> = {}): Promise<FixError> {
  const error = await applyIn(home, tx, options).then(
    (result) => result,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(FixError);
  return error as FixError;
}
