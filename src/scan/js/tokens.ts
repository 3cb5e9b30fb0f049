import { isCredentialName } from '../data/credential-names.ts';
import { classifyPath } from '../data/sensitive-paths.ts';
import type { RawFinding } from '../findings.ts';
import { HOLE } from '../flow/value.ts';

/** A string of the source. */
interface Text {
  readonly pos: number;
  readonly text: string;
}

/** A source without its comments, and with its strings emptied; offsets stay. */
interface Blanked {
  readonly code: string;
  readonly texts: readonly Text[];
}

const REGEX_BEFORE = /(?:^|[=(,:;!&|?{}[\n>+\-*%~^]|\breturn|\btypeof|\bcase)\s*$/;

/** Takes comments and the content of strings out, by reading tokens; it never fails. Linear in the length of the text. */
function blank(source: string): Blanked {
  const out: string[] = [];
  const texts: Text[] = [];
  let kept = 0;
  let at = 0;
  const cut = (from: number, to: number): void => {
    out.push(source.slice(kept, from), ' '.repeat(to - from));
    kept = to;
  };
  while (at < source.length) {
    const c = source[at]!;
    if (c === '/' && source[at + 1] === '/') {
      const end = source.indexOf('\n', at);
      const stop = end < 0 ? source.length : end;
      cut(at, stop);
      at = stop;
    } else if (c === '/' && source[at + 1] === '*') {
      const end = source.indexOf('*/', at + 2);
      const stop = end < 0 ? source.length : end + 2;
      cut(at, stop);
      at = stop;
    } else if (c === '"' || c === "'" || c === '`') {
      const end = endOfString(source, at, c);
      texts.push({ pos: at, text: source.slice(at + 1, end) });
      cut(at + 1, end);
      at = end + 1;
    } else if (c === '/' && REGEX_BEFORE.test(source.slice(Math.max(0, at - 12), at))) {
      const match = /^\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//.exec(source.slice(at, at + 2000));
      if (match) cut(at + 1, at + match[0].length - 1);
      at += match ? match[0].length : 1;
    } else at++;
  }
  out.push(source.slice(kept));
  return { code: out.join(''), texts };
}

function endOfString(source: string, start: number, quote: string): number {
  for (let at = start + 1; at < source.length; at++) {
    const c = source[at];
    if (c === '\\') at++;
    else if (c === quote || (c === '\n' && quote !== '`')) return at;
  }
  return source.length;
}

interface Rule {
  readonly rule: string;
  readonly severity: RawFinding['severity'];
  readonly pattern: RegExp;
  readonly message: string;
}

/** What stands out in code that could not be followed. All are what an interpreter would do, not words. */
const RULES: readonly Rule[] = [
  {
    rule: 'obfuscated-code',
    severity: 'critical',
    pattern:
      /\b(?:eval|Function|runInThisContext|runInNewContext|execSync|exec)\s*\(\s*(?:atob|unescape|decodeURIComponent|Buffer\s*\.\s*from|String\s*\.\s*fromCharCode|require\s*\(\s*["'`]\s*["'`]\s*\)\s*\.\s*(?:inflate|gunzip)\w*)\s*\(/g,
    message: 'Runs what it decodes, in a file that could not be followed.',
  },
  {
    rule: 'dynamic-code-execution',
    severity: 'warn',
    pattern: /(?<![.\w$])eval\s*\(|\bnew\s+Function\s*\(/g,
    message: 'Runs text as code, in a file that could not be followed.',
  },
  {
    rule: 'dangerous-exec',
    severity: 'warn',
    pattern:
      /\b(?:child_process|cp)\s*\.\s*(?:exec|execSync|spawn|spawnSync|execFile|execFileSync)\s*\(|(?<![.\w$])(?:execSync|spawnSync|execFileSync)\s*\(/g,
    message: 'Starts a program, in a file that could not be followed.',
  },
  {
    rule: 'env-harvesting',
    severity: 'critical',
    pattern:
      /\b(?:fetch|post|request|write|send|end)\s*\((?:(?!\bfunction\b|=>)[^;]){0,400}?(?:JSON\s*\.\s*stringify\s*\(\s*|\.\.\.\s*|body\s*:\s*)process\s*\.\s*env(?!\s*[.[\w])/g,
    message: 'Sends the whole environment, in a file that could not be followed.',
  },
];

const SENDS = /\b(?:fetch|axios|sendBeacon|XMLHttpRequest|WebSocket)\b|\.\s*(?:post|put|request)\s*\(/;
const NEAR = 3000;
const MAX_HITS = 5;

/**
 * Looks for what is dangerous token by token. It is for scripts that cannot be parsed or were not followed to their end, so
 * that a syntax error or a great length hides nothing; comments and the words in strings are not code here either.
 */
export function scanTokens(path: string, source: string): readonly RawFinding[] {
  const { code, texts } = blank(source);
  const out: RawFinding[] = [];
  const add = (rule: string, severity: RawFinding['severity'], message: string, pos: number): void => {
    out.push({ rule, severity, confidence: 'low', message, steps: [{ file: path, pos, what: 'stands here' }] });
  };
  for (const rule of RULES) {
    let hits = 0;
    for (const match of code.matchAll(rule.pattern)) {
      if (++hits > MAX_HITS) break;
      add(rule.rule, rule.severity, rule.message, match.index);
    }
  }
  for (const { pos, text } of texts) {
    if (/^stratum\+(?:tcp|ssl):\/\//.test(text)) add('crypto-mining', 'critical', 'Names a mining pool.', pos);
    const found =
      text.length < 300 && /[/\\.]/.test(text)
        ? classifyPath(/^[~/.]/.test(text) ? text : `${HOLE}/${text}`)
        : undefined;
    if (found?.kind !== 'credential') continue;
    const near = code.slice(Math.max(0, pos - NEAR), pos + NEAR);
    if (SENDS.test(near) && /\bread(?:File|FileSync|TextFile)\b|\bcreateReadStream\b|\bcopyFile/.test(near)) {
      add(
        'credential-exfiltration',
        'warn',
        `Names ${found.what} beside code that reads files and sends data, in a file that could not be followed.`,
        pos,
      );
    }
  }
  return [...out, ...secretsNear(path, code)];
}

/** Several credentials of the environment close to a call that sends. */
function secretsNear(path: string, code: string): readonly RawFinding[] {
  const seen: { readonly name: string; readonly pos: number }[] = [];
  for (const match of code.matchAll(/\bprocess\s*\.\s*env\s*\.\s*([A-Za-z_]\w*)/g)) {
    if (isCredentialName(match[1]!)) seen.push({ name: match[1]!, pos: match.index });
  }
  for (const [i, first] of seen.entries()) {
    const group = seen.slice(i).filter((s) => s.pos - first.pos < 600);
    if (new Set(group.map((s) => s.name)).size < 3) continue;
    if (!SENDS.test(code.slice(Math.max(0, first.pos - 600), first.pos + 1200))) continue;
    const message =
      'Gathers several credentials of the environment beside a call that sends, in a file that could not be followed.';
    return [
      {
        rule: 'env-harvesting',
        severity: 'warn',
        confidence: 'low',
        message,
        steps: [{ file: path, pos: first.pos, what: 'stands here' }],
      },
    ];
  }
  return [];
}
