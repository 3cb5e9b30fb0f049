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
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    stdoutIsTerminal: process.stdout.isTTY === true,
    stderrIsTerminal: process.stderr.isTTY === true,
    columns: process.stdout.columns,
    env: process.env,
    cwd: process.cwd(),
  };
}

/** Colour: only on a terminal, never with NO_COLOR or `--no-color`; FORCE_COLOR overrules the terminal, not the wish. */
export function wantsColor(io: Io, noColorOption: boolean): boolean {
  if (noColorOption || (io.env.NO_COLOR ?? '') !== '' || io.env.TERM === 'dumb') return false;
  const force = io.env.FORCE_COLOR;
  if (force !== undefined && force !== '' && force !== '0') return true;
  return io.stdoutIsTerminal;
}
