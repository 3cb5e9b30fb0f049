import type { FileClass, ScanInput, SkipReason } from './types.ts';
import type { Followed } from './js/follow.ts';
import { sourceKind } from './package/kinds.ts';

/** What was not analysed, in words, and whether it can hide something critical. */
export interface Limits {
  readonly texts: readonly string[];
  readonly hides: boolean;
}

const SKIPPED: Readonly<Record<SkipReason, string>> = {
  'too-large': 'it is too large',
  unreadable: 'it cannot be read',
  'not-regular': 'it is no regular file',
  vanished: 'it vanished while it was read',
  'too-many': 'there are too many files',
  other: 'it was skipped',
};

const MAX_NAMED = 20;

/** Gathers what the collector and the scan left out. Only what the host may load can hide something critical. */
export function gatherLimits(
  input: ScanInput,
  followed: Followed,
  cutShell: ReadonlySet<string>,
  classOf: (path: string) => FileClass,
  leadsOut: (path: string) => boolean,
): Limits {
  const texts: string[] = [];
  let hides = false;
  const list = (entries: readonly (readonly [path: string, text: string])[]): void => {
    for (const [, text] of entries.slice(0, MAX_NAMED)) texts.push(text);
    if (entries.length > MAX_NAMED) texts.push(`The same holds for ${entries.length - MAX_NAMED} more files.`);
    hides ||= entries.some(([path]) => classOf(path) === 'shipped');
  };
  for (const { what, reason } of input.limits ?? []) {
    texts.push(`${what} was not read: ${reason}.`);
    hides = true;
  }
  const named = new Set(input.limits?.map((l) => l.what));
  list(
    input.files
      .filter(
        (f) =>
          f.skipped !== undefined &&
          !named.has(f.path) &&
          (sourceKind(f) !== 'other' || !f.path.split('/').at(-1)!.includes('.')),
      )
      .map((f) => [f.path, `${f.path} was not read: ${SKIPPED[f.skipped!]}.`] as const),
  );
  list(
    input.files
      .filter((f) => leadsOut(f.path))
      .map((f) => [f.path, `${f.path} is a link that leads out of the package; where it leads was not read.`] as const),
  );
  list(
    [...followed.unparsable].map(
      ([path, reason]) =>
        [
          path,
          `${path} cannot be parsed (${reason.replace(/\s+/g, ' ').slice(0, 80)}); it was scanned token by token.`,
        ] as const,
    ),
  );
  list(
    [...followed.cut].map(
      ([path, why]) =>
        [
          path,
          why === 'depth'
            ? `${path} is nested too deeply to be followed to its end; the rest was scanned token by token.`
            : `${path} was not followed to its end, as it takes too much work; it was scanned token by token.`,
        ] as const,
    ),
  );
  list([...cutShell].map((path) => [path, `${path} is longer than what is followed of shell code.`] as const));
  if (followed.apart.size > 0) {
    texts.push(
      `${followed.apart.size} files were followed apart from those that import them, as all together are too large.`,
    );
    hides = true;
  }
  if (followed.full) {
    texts.push('There were more calls to judge than are kept.');
    hides = true;
  }
  return { texts, hides };
}
