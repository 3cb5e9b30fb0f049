/** Options that take a value, of all commands: needed to find the command word among options. */
const VALUE_OPTIONS = new Set([
  '--fail-on',
  '--only',
  '--skip',
  '--config',
  '--state-dir',
  '--profile',
  '--openclaw-version',
  '--from',
  '--suppressions',
  '--suppress',
  '--baseline',
  '--write-baseline',
  '--out',
  '--docker-command',
  '--format',
  '--output',
  '--auth',
  '--token',
  '--password',
  '--gateway-url',
  '--timeout',
  '--to',
  '--snapshot',
  '--edit',
]);

/** Commands whose next word is a command of their own. */
const GROUPS = new Set(['fix']);

/**
 * Brings the command word to the front, so that options count wherever they stand, and drops the optional leading word
 * `security` (`openclaw security audit` is the documented spelling). `--` ends the search.
 */
export function arrangeArgv(argv: readonly string[]): string[] {
  const rest = [...argv];
  const first = commandIndex(rest);
  if (first === -1) return rest;
  if (rest[first] === 'security') rest.splice(first, 1);
  const words: string[] = [];
  do {
    const command = commandIndex(rest);
    if (command === -1) break;
    words.push(...rest.splice(command, 1));
  } while (words.length === 1 && GROUPS.has(words[0]!));
  return [...words, ...rest];
}

function commandIndex(argv: readonly string[]): number {
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i]!;
    if (arg === '--') return -1;
    if (!arg.startsWith('-') || arg === '-') return i;
    if (VALUE_OPTIONS.has(arg)) i++;
  }
  return -1;
}
