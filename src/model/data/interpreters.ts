/** Programs that run whatever they are given. Facts of OpenClaw 2026.3.7. */
const FIRST_ERA = new Set([
  ...[
    'ash',
    'bash',
    'busybox',
    'bun',
    'cmd',
    'cmd.exe',
    'cscript',
    'dash',
    'deno',
    'fish',
    'ksh',
    'lua',
    'node',
    'nodejs',
  ],
  ...[
    'perl',
    'php',
    'powershell',
    'powershell.exe',
    'pypy',
    'pwsh',
    'pwsh.exe',
    'python',
    'python2',
    'python3',
    'ruby',
  ],
  ...['sh', 'toybox', 'wscript', 'zsh'],
]);

/** Added by 2026.9.6. */
const SECOND_ERA = new Set(['awk', 'gawk', 'mawk', 'nawk', 'sed', 'gsed']);

/** Families that carry a version in their name: `python3.12`. */
const VERSIONED = /^(?:python|ruby|perl|php|node)\d+(?:\.\d+)?$/;

/** Programs that start others or evaluate text, which neither version lists. */
const UNLISTED = new Set([
  ...['awk', 'gawk', 'mawk', 'nawk', 'sed', 'gsed', 'env', 'find', 'xargs', 'npx', 'osascript', 'tclsh', 'git', 'ssh'],
  ...['vim', 'vi', 'less', 'tar', 'make', 'gdb', 'expect', 'sqlite3', 'pypy3', 'julia', 'rscript', 'groovy', 'nohup'],
]);

/** The last part of a program path, as OpenClaw compares it. */
export function binName(entry: string): string {
  return entry.trim().toLowerCase().split(/[\\/]/).pop() ?? '';
}

/** True for what OpenClaw itself calls interpreter-like. */
export function isInterpreter(bin: string, secondEra: boolean): boolean {
  return FIRST_ERA.has(bin) || VERSIONED.test(bin) || (secondEra && SECOND_ERA.has(bin));
}

/** True for programs with the same power that its list leaves out. */
export function isUnlistedInterpreter(bin: string, secondEra: boolean): boolean {
  return !isInterpreter(bin, secondEra) && (UNLISTED.has(bin) || /^(?:pypy|node|python)\d+(?:\.\d+)+$/.test(bin));
}

/** `safeBins` with so much behaviour of their own that a list of arguments says little (OpenClaw 2026.9.6). */
export const BROAD_SAFE_BINS: readonly string[] = ['jq', 'sed', 'gsed', 'awk', 'gawk', 'mawk', 'nawk'];

/** Interpreters in exec approval patterns (OpenClaw 2026.9.6). */
const APPROVAL_INTERPRETERS = new Set([
  ...['awk', 'gawk', 'mawk', 'nawk', 'sed', 'gsed', 'bun', 'clj', 'clojure', 'deno', 'elixir', 'erl', 'expect', 'find'],
  ...['gdb', 'ghc', 'ghci', 'gmake', 'make', 'groovy', 'guile', 'iex', 'julia', 'lua', 'node', 'nodejs', 'osascript'],
  ...['perl', 'perl6', 'php', 'pypy', 'pypy3', 'python', 'python2', 'python3', 'r', 'raku', 'rscript', 'ruby', 'scala'],
  ...['scala-cli', 'werl', 'xargs'],
]);

/** The base name of an approval pattern without `.exe`, glob characters and a trailing version. */
export function approvalInterpreter(pattern: string): string | undefined {
  const base = binName(pattern)
    .replace(/\.exe$/, '')
    .replace(/[*?[\]{}]/g, '');
  const bare = base.replace(/[\d.]+$/, '');
  return [base, bare].find((b) => APPROVAL_INTERPRETERS.has(b));
}
