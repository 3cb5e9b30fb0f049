/** What one package may cost. Beyond it the rest is not read, and that is reported. */
export interface PackageLimits {
  /** Directory entries that are listed. */
  readonly entries: number;
  /** Files whose content is read. */
  readonly files: number;
  /** Bytes of one file, and of all files of a package together. */
  readonly fileBytes: number;
  readonly totalBytes: number;
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
  files: 20_000,
  fileBytes: 4 * MIB,
  totalBytes: 128 * MIB,
  depth: 64,
  ms: 20_000,
};
