import type { Capabilities } from '../package/capabilities.ts';
import type { RawFinding } from '../findings.ts';

/** What the judges know beside the events. */
export interface JudgeContext {
  readonly capabilities: Capabilities;
  /** Reads a command line with the shell rules; places are offsets into the text. */
  readonly scanCommand: (command: string) => readonly RawFinding[];
  /** Files that verify a checksum somewhere. */
  readonly checksums: ReadonlySet<string>;
  /** Files that run when a package is installed. */
  readonly installScripts: ReadonlySet<string>;
}
