import path from 'node:path';
import { expect, test } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { plainAudit } from '../../src/cli/plain-audit.ts';
import { main } from '../../src/cli/main.ts';
import { runProgram } from '../../src/cli/program.ts';

const home = path.join(import.meta.dirname, '..', '..', 'examples', 'unsafe-home', '.openclaw');

/** What a command line says, with its exit code; the time of the collection aside. */
async function said(run: (io: Io) => Promise<number>): Promise<string> {
  let text = '';
  const code = await run({
    out: (t) => {
      text += t;
    },
    err: (t) => {
      text += `stderr: ${t}`;
    },
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    columns: 80,
    env: {
      HOME: path.dirname(home),
      OPENCLAW_STATE_DIR: home,
      OPENCLAW_CONFIG_PATH: path.join(home, 'openclaw.json'),
      FORCE_COLOR: '1',
    },
    cwd: home,
  });
  return `${text}\nexit ${code}`.replace(/"ts": \d+/, '"ts": 0');
}

const SWITCHES = ['--json', '--strict', '--no-color', '--verbose'];

test.each(
  Array.from({ length: 2 ** SWITCHES.length }, (_, bits) => SWITCHES.filter((_, i) => bits & (1 << i)).join(' ')),
)('audit %s says the same with and without the library for command lines', async (switches) => {
  const words = ['audit', ...switches.split(' ').filter(Boolean)];
  expect(plainAudit(words)).toBeDefined();
  expect(await said((io) => main(words, io))).toBe(await said((io) => runProgram(words, io)));
});

test.each([
  'audit --json --json',
  'audit --json x',
  'audit --jsn',
  'audit --help',
  'audit --fail-on critical',
  'audit constructor',
  'audit --verbose --quiet',
  'checks --json',
  '',
])('%j is left to it', (line) => {
  expect(plainAudit(line.split(' ').filter(Boolean))).toBeUndefined();
});
