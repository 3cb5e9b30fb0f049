/** New content for one existing file. */
export interface FileWrite {
  readonly kind: 'write';
  /** Absolute path, as configured. */
  readonly path: string;
  /**
   * Where `path` led when the change was planned, with every symbolic link followed. The write goes there and the link
   * stays. Absent: `path` itself was not a link.
   */
  readonly realPath?: string;
  /** What the file must still be when the change is applied. `sha256` in lower-case hex, `mode` as permission bits. */
  readonly expect: { readonly sha256: string; readonly mode?: number; readonly uid?: number };
  readonly bytes: Uint8Array;
  /** Permission bits afterwards; absent: as they are. */
  readonly mode?: number;
}

/** New permission bits for one file or directory. */
export interface ModeChange {
  readonly kind: 'chmod';
  /** Absolute path, as configured. */
  readonly path: string;
  /** As in `FileWrite`. */
  readonly realPath?: string;
  /** Permission bits that it must still have. */
  readonly from: number;
  readonly to: number;
  /** A directory, or else a regular file. */
  readonly dir: boolean;
}

/** Changes that happen together or not at all. */
export interface Transaction {
  /** Letters, digits, `-` and `_`, at most 64; absent: one is made from the time. */
  readonly id?: string;
  /** OpenClaw's state directory: its owner is the only one whose files are touched. */
  readonly stateDir: string;
  /** Where `stateDir` led when the change was planned; absent: not compared. */
  readonly realStateDir?: string;
  /** One line for people who list the journal. */
  readonly description: string;
  readonly operations: readonly (FileWrite | ModeChange)[];
}
