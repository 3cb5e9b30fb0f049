import type { Block } from './blocks.ts';
import { isDescribed } from './sentences.ts';

/** Code of a Markdown file, ready to be scanned; as long as its place in the file. */
export interface MarkdownCode {
  /** `sh`, `powershell`, `python`, `js`, or what the fence says. */
  readonly language: string;
  readonly text: string;
  readonly offset: number;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  bash: 'sh',
  sh: 'sh',
  zsh: 'sh',
  shell: 'sh',
  console: 'sh',
  terminal: 'sh',
  'shell-session': 'sh',
  shellsession: 'sh',
  'sh-session': 'sh',
  ksh: 'sh',
  fish: 'sh',
  bat: 'bat',
  cmd: 'bat',
  ps1: 'powershell',
  pwsh: 'powershell',
  powershell: 'powershell',
  ps: 'powershell',
  py: 'python',
  python3: 'python',
  python: 'python',
  py3: 'python',
  js: 'js',
  javascript: 'js',
  mjs: 'js',
  cjs: 'js',
  node: 'js',
  nodejs: 'js',
  jsx: 'jsx',
  ts: 'ts',
  typescript: 'ts',
  mts: 'ts',
  cts: 'ts',
  tsx: 'tsx',
};

const COMMANDS =
  /^(?:\$ |> |# )?(?:sudo |doas )?(?:curl|wget|bash|sh|zsh|echo|cat|npm|npx|pnpm|yarn|pip3?|python3?|node|git|brew|apt(?:-get)?|docker|chmod|export|cd|mkdir|rm|cp|mv|openclaw|clawdbot|go|cargo|uvx?|nc|base64|eval|source|ssh|scp|tar|unzip|open|osascript|crontab|printenv|env|tee|find|grep)\s/;

/** The language of a block, by its fence or by how it looks. */
function languageOf(block: Block): string {
  const named = LANGUAGES[block.language];
  if (named && Object.hasOwn(LANGUAGES, block.language)) return named;
  if (block.language !== '' && block.language !== 'text' && block.language !== 'txt' && block.language !== 'plaintext')
    return block.language;
  const lines = block.text.split('\n', 40).map((l) => l.trim());
  if (lines.some((l) => COMMANDS.test(l))) return 'sh';
  if (lines.some((l) => /^(?:PS [A-Z]:.*>|\$\w+ = |(?:iwr|irm|iex|Invoke-\w+|Set-\w+|New-Object)\b)/.test(l)))
    return 'powershell';
  if (lines.some((l) => /^(?:import \w+$|from [\w.]+ import |def \w+\()/.test(l))) return 'python';
  return '';
}

/** Blanks the prompts of a terminal session, and its output lines, so that places stay. */
function withoutPrompts(text: string): string {
  const lines = text.split('\n');
  const prompt = /^\s*(?:[\w.@:~/-]{0,60})?[$%] /;
  if (!lines.some((l) => prompt.test(l))) return text;
  let goesOn = false;
  return lines
    .map((line) => {
      const match = prompt.exec(line);
      const kept = match
        ? ' '.repeat(match[0].length) + line.slice(match[0].length)
        : goesOn
          ? line
          : ' '.repeat(line.length);
      goesOn = (match !== null || goesOn) && line.trimEnd().endsWith('\\');
      return kept;
    })
    .join('\n');
}

/** True when what stands around a block says that it shows what not to do, or what an attack looks like. */
export function isExample(block: Block, before: Block | undefined): boolean {
  const lead = before?.kind === 'prose' ? before.text.trim().slice(-400) : '';
  if (
    /^(?:diff|patch|text|txt|plaintext|yara|sigma|regex|yaml|yml|toml|ini|csv|log|http|output)$/.test(block.language) &&
    lead === ''
  )
    return true;
  // A sentence that is over does not speak of the code below it.
  const sentence =
    /[.!?]["')`*]*$/.test(lead) && !/\b(?:below|following|this|these|here)\b/i.test(lead.slice(-120))
      ? ''
      : (lead.split(/(?<=[.!?])\s+/).at(-1) ?? '');
  const first = /^\s*(?:#|\/\/|--|rem\b|;)\s*(.{0,120})/i.exec(block.text)?.[1] ?? '';
  if (
    /^(?:bad|wrong|don'?t|do not|never|malicious|vulnerable|unsafe|insecure|attack|dangerous|❌|✗|🚫|⛔)/i.test(first)
  )
    return true;
  const probe = { text: `${sentence} x`, start: 0, lead: '', headings: block.headings, comment: false };
  return (
    isDescribed(probe, probe.text.length - 1) &&
    !/\b(?:run|execute|paste|enter) (?:this|the following|these)\b[^.!?]*[:：]?$/i.test(sentence)
  );
}

/** A block as code. */
export function asCode(block: Block): MarkdownCode {
  const language = languageOf(block);
  return { language, text: language === 'sh' ? withoutPrompts(block.text) : block.text, offset: block.start };
}
