/** What one package may cost. Beyond it the rest is not read, and that is reported. */
export interface PackageLimits {
  /** Directory entries that are listed. */
  readonly entries: number;
  /** Files whose content is read. */
  readonly files: number;
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Bytes that are read of all files together; in an archive, those that come out of it. */
  readonly readBytes: number;
  /** Bytes of text that are kept for the scan. From half of it on, code that nothing telling stands in is let go. */
  readonly keptBytes: number;
  /** Directories below one another. */
  readonly depth: number;
  /** Milliseconds for listing and reading. */
  readonly ms: number;
}

const MIB = 1024 * 1024;

/**
 * Far above real plugins with their dependencies, and low
 * enough that a hostile one costs seconds and not the machine.
 */
export const PACKAGE_LIMITS: PackageLimits = {
  entries: 200_000,
  files: 50_000,
  fileBytes: 4 * MIB,
  readBytes: 1024 * MIB,
  keptBytes: 32 * MIB,
  depth: 64,
  ms: 20_000,
};
