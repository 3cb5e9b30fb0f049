/** Text that takes the place of a stretch of a file. Lines and columns are 1-based, the end exclusive; columns count UTF-16 units. */
export interface Replacement {
  readonly file: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

/** A fix of a finding as edits of the config, ready to be offered by an editor. */
export interface PlannedEdit {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  /** What stops working or changes, in plain words. */
  readonly sideEffect?: string;
  readonly replacements: readonly Replacement[];
}

/** The edits of each finding, by its fingerprint. */
export type PlannedEdits = ReadonlyMap<string, readonly PlannedEdit[]>;
