/** A file's content and everything about it that is put back. Times in nanoseconds, as decimal text. */
export interface FileVersion {
  readonly sha256: string;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly atimeNs: string;
  readonly mtimeNs: string;
}

/** A write as the journal records it: enough to go forward or back without the plan. */
export interface PlannedWrite {
  readonly kind: 'write';
  /** As configured. */
  readonly path: string;
  /** With every link followed. */
  readonly real: string;
  /** `null`: the file does not exist (only when an undo brings back a deleted one). */
  readonly before: FileVersion | null;
  /** Times only where an undo restores them. */
  readonly after: Omit<FileVersion, 'atimeNs' | 'mtimeNs'> & Partial<Pick<FileVersion, 'atimeNs' | 'mtimeNs'>>;
  /** Name, beside the file, of its new content until it is renamed into place. */
  readonly staged: string;
  /** Name, beside the file, of a hard link to its old content until the transaction has ended. */
  readonly kept: string;
}

/** A change of mode as the journal records it. */
export interface PlannedChmod {
  readonly kind: 'chmod';
  readonly path: string;
  readonly real: string;
  readonly dir: boolean;
  readonly uid: number;
  readonly before: number;
  readonly after: number;
}

export type PlannedOperation = PlannedWrite | PlannedChmod;

/** A write to plan: `FileWrite`, or what an undo asks for. */
export interface WriteRequest {
  readonly kind: 'write';
  readonly path: string;
  readonly realPath?: string;
  /** Absent: whatever is there, even nothing. */
  readonly expect?: { readonly sha256: string; readonly mode?: number; readonly uid?: number };
  readonly bytes: Uint8Array;
  readonly mode?: number;
  /** Owner and times to restore. */
  readonly restore?: Pick<FileVersion, 'uid' | 'gid' | 'atimeNs' | 'mtimeNs'>;
}

/** A change of mode to plan: `ModeChange`, or what an undo asks for. */
export interface ChmodRequest {
  readonly kind: 'chmod';
  readonly path: string;
  readonly realPath?: string;
  /** Absent: whatever it is. */
  readonly from?: number;
  readonly to: number;
  readonly dir: boolean;
}

export type OperationRequest = WriteRequest | ChmodRequest;

/** A file or directory that was left as somebody else made it. */
export interface LeftAlone {
  readonly path: string;
  readonly reason: string;
}
