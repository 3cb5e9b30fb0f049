import { fstatSync, writeSync } from 'node:fs';

/** Where the command line writes; tests hand in their own. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  readonly columns: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** Exit codes of every command. */
export const EXIT = {
  ok: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  usage: 2,
  /** The audit was incomplete and `--strict` was given. */
  incomplete: 3,
  fixFailed: 4,
} as const;

/** A mistake of the caller: one sentence on stderr, exit code 2. */
export class UsageError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}

/** The streams of this process. A reader that goes away (`| head`) ends the program quietly. */
export function processIo(): Io {
  return {
    out: (text) => write(1, text, () => process.stdout),
    err: (text) => write(2, text, () => process.stderr),
    get stdoutIsTerminal() {
      return isTerminal(1, () => process.stdout);
    },
    get stderrIsTerminal() {
      return isTerminal(2, () => process.stderr);
    },
    get columns() {
      return isTerminal(1, () => process.stdout) ? process.stdout.columns : undefined;
    },
    env: process.env,
    cwd: process.cwd(),
  };
}

type Stream = () => NodeJS.WriteStream;

/** Writes all of it at once; only where the other side cannot take more for now does Node's stream have to wait for it. */
function write(fd: number, text: string, stream: Stream): void {
  const bytes = Buffer.from(text, 'utf8');
  let at = 0;
  try {
    // Node's own streams bring its network and stream modules along, a tenth of the start-up.
    while (at < bytes.length && !streaming.has(fd)) at += writeSync(fd, bytes, at);
  } catch (error) {
    quietIfGone(error as NodeJS.ErrnoException);
  }
  if (at === bytes.length) return;
  if (!streaming.has(fd)) {
    streaming.add(fd);
    stream().on('error', quietIfGone);
  }
  stream().write(bytes.subarray(at));
}

/** Descriptors that once were full: what is written to them later must not overtake what waits. */
const streaming = new Set<number>();

/** True when nothing of what this process said is still on its way. */
export function isFlushed(): boolean {
  return streaming.size === 0;
}

function quietIfGone(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  if (error.code !== 'EAGAIN') throw error;
}

function isTerminal(fd: number, stream: Stream): boolean {
  try {
    return fstatSync(fd).isCharacterDevice() && stream().isTTY === true;
  } catch {
    // The descriptor is closed.
    return false;
  }
}

/** Colour: only on a terminal, never with NO_COLOR or `--no-color`; FORCE_COLOR overrules the terminal, not the wish. */
export function wantsColor(io: Io, noColorOption: boolean): boolean {
  if (noColorOption || (io.env.NO_COLOR ?? '') !== '' || io.env.TERM === 'dumb') return false;
  const force = io.env.FORCE_COLOR;
  if (force !== undefined && force !== '' && force !== '0') return true;
  return io.stdoutIsTerminal;
}
