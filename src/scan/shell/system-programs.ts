import type { Severity } from '../../core/severity.ts';
import { downloadTrust } from '../data/downloads.ts';
import { startsOnlyPlain } from '../data/plain-commands.ts';
import { snippet } from '../findings.ts';
import { NEVER, OPEN, stringsOf, tainted, type Value } from '../flow/value.ts';
import type { Shell } from './shell.ts';

type Program = (shell: Shell, args: readonly Value[], input: Value, pos: number, name: string) => Value;

function texts(args: readonly Value[]): readonly string[] {
  return args.map((a) => stringsOf(a)[0] ?? '');
}

function rule(
  id: string,
  severity: Severity,
  message: (line: string) => string,
  when: (line: string, words: readonly string[], input: Value) => boolean,
): Program {
  return (shell, args, input, pos, name) => {
    const words = texts(args);
    const line = `${name} ${words.join(' ')}`.trim();
    if (when(line, words, input))
      shell.report({ rule: id, severity, confidence: 'high', message: message(snippet(line)) }, [
        shell.step(pos, `run as ${name}`),
      ]);
    return OPEN;
  };
}

/** What `crontab -l` prints; putting only that back adds nothing. */
export const CRON_JOBS = 'the cron jobs';

const crontab: Program = (shell, args, input, pos, name) => {
  const words = texts(args);
  if (words.includes('-l')) return tainted([shell.taint('file', CRON_JOBS, pos, 'lists the cron jobs')]);
  if (words.includes('-r') || words.includes('-e')) return NEVER;
  const fromInput = words.every((w) => w.startsWith('-') || w === '');
  const same =
    input.consts.length === 0 && input.taints.length > 0 && input.taints.every((t) => t.detail === CRON_JOBS);
  if ((fromInput && (input === NEVER || same)) || (words.length === 0 && input === NEVER)) return OPEN;
  // A new job is put after the old ones, which are not known.
  const jobs = input.consts.map((c) => String(c).replace(/^\uE000+(?=.)/s, '\n'));
  const plain = jobs.length > 0 && fromInput && jobs.every(startsOnlyPlain);
  const message = "Replaces the user's cron jobs, so that it runs again later.";
  shell.report({ rule: 'persistence', severity: plain ? 'info' : 'critical', confidence: 'high', message }, [
    shell.step(pos, `run as ${name}`),
  ]);
  return OPEN;
};

const protectionOff = (pattern: RegExp): Program =>
  rule(
    'protection-off',
    'warn',
    (line) => `Switches a protection of the system off: ${line}.`,
    (line) => pattern.test(line),
  );

/** Keys of OpenClaw's config that hold the agent back (2026.3.7 and 2026.9.6). */
const GUARDS =
  /tools\.exec\.(?:security|ask|host)|exec\.(?:security|ask)|sandbox\.mode|approvals|elevated|gateway\.(?:auth|bind)|dmPolicy|groupPolicy|tools\.(?:deny|profile|allow)|allowFrom|safeBins|dangerously/;

/** True when a setting loosens a guard; the same key can tighten one. */
function loosens(words: readonly string[]): boolean {
  const [, verb, key = '', ...rest] = words;
  const value = rest.join(' ').replace(/^["']|["']$/g, '');
  if (!GUARDS.test(key)) return false;
  if (verb === 'unset')
    return /gateway\.auth|tools\.deny|sandbox|exec\.(?:ask|security)/.test(key) && !/password$|token$/.test(key);
  if (/allowFrom$/.test(key)) return /\*/.test(value);
  if (/(?:dm|group)Policy$/.test(key)) return /open/.test(value);
  if (/sandbox\.mode$/.test(key)) return /off/.test(value);
  if (/gateway\.auth/.test(key)) return /none|off|false/.test(value);
  if (/gateway\.bind/.test(key)) return !/loopback|tailnet|127\.|localhost/.test(value);
  if (/exec\.ask$/.test(key)) return !/always|on-miss/.test(value);
  if (/exec\.security$/.test(key)) return !/deny|allowlist/.test(value);
  if (/tools\.deny$/.test(key)) return /^\[\s*\]$/.test(value);
  return !/^(?:false|off|deny|no|minimal|messaging|coding|\[\s*\])$/.test(value);
}

const openclaw: Program = (shell, args, _input, pos, name) => {
  const words = texts(args);
  const line = words.join(' ');
  const weakens =
    (words[0] === 'config' && (words[1] === 'set' || words[1] === 'unset') && loosens(words)) ||
    (words[0] === 'approvals' &&
      /allowlist\s+add|\ballow\b|\bset\b.*\b(?:full|on|true|off-all)\b/.test(line) &&
      !/\boff\b|\bdeny\b/.test(line)) ||
    /--(?:dangerously|yolo|no-sandbox|skip-approvals)/.test(line);
  const from =
    /^(?:plugins?|skills?|hooks)$/.test(words[0] ?? '') && words[1] === 'install'
      ? words.find((w) => /^(?:git\+)?https?:/.test(w))
      : undefined;
  if (from !== undefined) {
    const trust = downloadTrust(from);
    const severity =
      trust.level === 'bad'
        ? 'critical'
        : trust.level === 'release' || trust.level === 'official' || trust.level === 'local'
          ? 'info'
          : 'warn';
    shell.report(
      {
        rule: 'remote-code',
        severity,
        confidence: 'high',
        message: `Installs code for the agent from ${snippet(from)}: ${trust.why}.`,
      },
      [shell.step(pos, `run as ${name}`)],
    );
  }
  if (weakens)
    shell.report(
      {
        rule: 'agent-tampering',
        severity: 'warn',
        confidence: 'high',
        message: `Loosens what holds the agent back: ${snippet(`${name} ${line}`)}.`,
      },
      [shell.step(pos, `run as ${name}`)],
    );
  return OPEN;
};

const osascript: Program = (shell, args, input, pos, name) => {
  const script = [...texts(args), ...stringsOf(input)].join('\n');
  if (/hidden answer/i.test(script) && /password|passphrase/i.test(script)) {
    shell.report(
      {
        rule: 'credential-phishing',
        severity: 'critical',
        confidence: 'high',
        message: 'Shows a dialog that asks the user for a password.',
      },
      [shell.step(pos, `run as ${name}`)],
    );
  }
  for (const match of script.matchAll(/do shell script\s+"((?:[^"\\]|\\.)*)"/g))
    shell.runText(match[1]!.replaceAll('\\"', '"'), pos);
  return OPEN;
};

const docker = rule(
  'container-escape',
  'warn',
  (line) => `Starts a container that can change the whole machine: ${line}.`,
  (line) =>
    /\brun\b/.test(line) &&
    (/--privileged/.test(line) || /(?:-v|--volume|--mount)[ =](?:\/|type=bind,source=\/,)(?::| )/.test(line)),
);

const install: Program = (shell, args, _input, pos, name) => {
  const words = texts(args);
  const installs =
    words.some((w) => /^(?:i|install|add|exec|dlx)$/.test(w)) ||
    name === 'npx' ||
    name === 'bunx' ||
    name === 'pipx' ||
    name === 'uvx';
  const address = words.find(
    (w) => /^(?:git\+)?https?:\/\//.test(w) && !/^(?:git\+)?https:\/\/(?:github|gitlab)\.com\//.test(w),
  );
  const index =
    words.find(
      (w, i) => /^(?:--index-url|--extra-index-url|-i|--registry)$/.test(words[i - 1] ?? '') && /^https?:\/\//.test(w),
    ) ?? words.map((w) => /^--(?:index-url|extra-index-url|registry)=(.*)$/.exec(w)?.[1]).find((w) => w);
  const known =
    /^https:\/\/(?:pypi\.org|registry\.npmjs\.org|download\.pytorch\.org|test\.pypi\.org|registry\.yarnpkg\.com|npm\.pkg\.github\.com|files\.pythonhosted\.org)/;
  const from = index ?? address;
  if (installs && from && !known.test(from)) {
    shell.report(
      {
        rule: 'remote-code',
        severity: 'warn',
        confidence: 'medium',
        message: `Installs packages from ${snippet(from)} instead of the public registry.`,
      },
      [shell.step(pos, `installed with ${name}`)],
    );
  }
  return OPEN;
};

/** Programs that change how the system or the agent behaves. */
export const SYSTEM_PROGRAMS: Readonly<Record<string, Program>> = {
  crontab,
  at: rule(
    'persistence',
    'warn',
    () => 'Schedules a command for later.',
    (_l, words, input) => words.length > 0 && input !== NEVER,
  ),
  systemctl: rule(
    'persistence',
    'info',
    (line) => `Makes a service start by itself: ${line}.`,
    (_l, words) => words.includes('enable'),
  ),
  launchctl: rule(
    'persistence',
    'info',
    (line) => `Makes a program start by itself: ${line}.`,
    (_l, words) => /^(?:load|bootstrap|submit|enable)$/.test(words[0] ?? ''),
  ),
  schtasks: rule(
    'persistence',
    'warn',
    () => 'Schedules a task.',
    (line) => /\/create/i.test(line),
  ),
  reg: rule(
    'persistence',
    'critical',
    () => 'Adds a program to what Windows starts at login.',
    // A POSIX reading of the line drops the backslashes.
    (line) => /\badd\b.*CurrentVersion\\?Run/i.test(line),
  ),
  useradd: rule(
    'persistence',
    'warn',
    () => 'Adds a user to the system.',
    () => true,
  ),
  usermod: rule(
    'persistence',
    'warn',
    () => 'Gives a user more rights.',
    (line) => /-\w*G\s*(?:sudo|wheel|admin)/.test(line),
  ),
  xattr: protectionOff(/com\.apple\.quarantine|^xattr -\w*c/),
  spctl: protectionOff(/--(?:master-disable|global-disable|add)/),
  csrutil: protectionOff(/disable/),
  setenforce: protectionOff(/ 0$| Permissive/i),
  ufw: protectionOff(/disable/),
  iptables: protectionOff(/ -F| -P \w+ ACCEPT/),
  auditctl: protectionOff(/ -e 0| -D/),
  sysctl: protectionOff(/randomize_va_space=0|ptrace_scope=0/),
  history: rule(
    'trace-removal',
    'warn',
    () => 'Deletes the shell history.',
    (_l, words) => words.some((w) => /^-\w*c/.test(w)),
  ),
  openclaw,
  clawdbot: openclaw,
  moltbot: openclaw,
  osascript,
  docker,
  podman: docker,
  npm: install,
  npx: install,
  pnpm: install,
  yarn: install,
  bunx: install,
  pip: install,
  pip3: install,
  pipx: install,
  uvx: install,
};
