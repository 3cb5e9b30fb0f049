import { main } from '../../src/cli/main.ts';

/** What a command printed, and its exit code. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, with an environment of its own. */
export async function runCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd = '/',
): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await main(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    columns: 100,
    env,
    cwd,
  });
  return { code, out, err };
}
