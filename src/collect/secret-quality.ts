import type { SecretFact } from '../core/secret.ts';

// Published by OpenClaw in `.env.example`, install guides and redacted output; newer gateways refuse to start with them
// (OpenClaw pull requests 64586 and 68404). The last one is the sample of Telegram's documentation.
const PUBLISHED = new Set([
  'change-me-to-a-long-random-token',
  'change-me-now',
  'change-me-to-a-strong-password',
  '__openclaw_redacted__',
  '123456:abc-def1234ghikl-zyx57w2v1u123ew11',
]);

// What guides write where the reader's own secret belongs, in lower case with `-` between words. Each is made of words
// alone, so that a random secret with such a beginning does not match.
const INSTRUCTIONS = [
  /^(?:please-)?(?:change|replace)-?(?:me|this|it)(?:-[a-z]{1,12}){0,8}$/,
  /^replace-with(?:-[a-z]{1,12}){1,8}$/,
  /^(?:put|insert|enter|paste|set|add|fill-in)-(?:[a-z]{1,12}-){0,6}here$/,
  /^(?:put|insert|enter|paste|set|add|fill-in)-your(?:-[a-z]{1,12}){1,5}$/,
  /^your(?:-[a-z]{1,12}){0,4}-(?:token|password|secret|key)(?:-goes)?(?:-here)?$/,
  /^your(?:-[a-z]{1,12}){1,4}-here$/,
  /^your(?:api|bot|gateway|secret)?(?:token|password|secret|key)(?:here)?$/,
  /^(?:token|password|secret|key)-(?:goes-)?here$/,
];

/** How each of them begins: one look instead of eight at what is none. */
const INSTRUCTION_START =
  /^(?:please|change|replace|put|insert|enter|paste|set|add|fill|your|token|password|secret|key)/;

/** `<token>`, `<your bot token>`, `{{TOKEN}}`, `[your token]`: a slot of a template that was not filled in. */
const EMPTY_SLOT =
  /^(?:<[A-Za-z][\w .:-]{0,60}>|\{\{\s?[A-Za-z][\w .:-]{0,60}\}\}|\[your [A-Za-z ]{1,40}\]|\[redacted\])$/i;

/** `xoxb-...`, `sk-…`: the start of a token whose rest was left out. */
const CUT_SAMPLE = /^[A-Za-z0-9:_-]{1,16}(?:\.\.\.|…)$/;

/** Why a trimmed value is no secret at all; undefined when it may be one. */
export function placeholderOf(secret: string): SecretFact['placeholder'] {
  if (secret === '') return 'empty';
  if (secret === 'undefined' || secret === 'null') return secret;
  if (secret.length > 100) return undefined;
  const folded = secret.toLowerCase();
  const words = folded.replace(/[\s_.-]+/g, '-');
  const isExample =
    PUBLISHED.has(folded) ||
    EMPTY_SLOT.test(secret) ||
    CUT_SAMPLE.test(secret) ||
    (INSTRUCTION_START.test(words) && INSTRUCTIONS.some((pattern) => pattern.test(words)));
  return isExample ? 'example' : undefined;
}

// The words that lists of stolen passwords start with, and those that suggest themselves for an OpenClaw gateway.
const COMMON_WORDS = new Set(
  `0000 1111 1234 12345 123456 1234567 12345678 123456789 1234567890 123123 123321 112233 121212 654321 666666 696969
  1q2w3e4r 1qaz2wsx 1q2w3e a1b2c3 abc abc123 abcd1234 access admin administrator agent api asdf asdfgh asdfghjkl assistant
  auth azerty bailey baseball batman bot changeit changeme charlie claw clawd clawdbot computer cookie correct default demo
  dev discord dragon dummy example football freedom gateway gemini guest hallo hello hello123 hook hooks hunter iloveyou
  jordan key killer letmein lobster local localhost login lovely master michael moltbot monkey mustang mypass ninja nothing
  openai openclaw opensesame p@ssw0rd p@ssword pa55word pass pass1234 passphrase passw0rd passwd password passwort
  placeholder princess private prod qazwsx qwer1234 qwert qwerty qwerty123 qwertyuiop qwertz root sample secret secure
  senha server shadow slack sunshine super superman supersecret superuser swordfish sysadmin system telegram temp test
  test123 test1234 tester testing testtest token topsecret trustno trustno1 user webhook welcome whatever zaq12wsx
  zxcvbn zxcvbnm`.split(/\s+/),
);

// Words that join others in a secret made up on the spot: "my-secret-token".
const FILLER_WORDS = new Set(['a', 'an', 'my', 'our', 'the', 'is', 'very', 'new', 'for', 'of']);

/** A longer text is not looked at for repetitions and sequences. */
const QUALITY_MAX = 256;

/** Why a trimmed value is easy to guess; undefined when it does not look so. */
export function weaknessOf(secret: string): SecretFact['weakness'] {
  const length = secret.length;
  if (length === 0) return undefined;
  const distinct = new Set(secret).size;
  if (distinct === 1 && length >= 4) return 'one-character';
  const unit = repeatedUnit(secret.toLowerCase());
  if (isCommon(unit)) return 'common-word';
  if (isSequence(unit)) return 'sequence';
  if (length >= 16 && distinct < 5) return 'few-characters';
  return undefined;
}

/** The shortest part whose repetition is the whole text. */
function repeatedUnit(text: string): string {
  if (text.length > QUALITY_MAX) return text;
  const period = (text + text).indexOf(text, 1);
  return text.slice(0, period);
}

function isCommon(text: string): boolean {
  if (text.length > 64) return false;
  if (COMMON_WORDS.has(text)) return true;
  // "hunter2", "Password123!"
  const stem = text.replace(isAscii(text) ? /[^a-z]{1,6}$/ : /[^\p{L}]{1,6}$/u, '');
  const words = stem.split(/[\s_.-]+/);
  return words.some((word) => COMMON_WORDS.has(word)) && words.every((w) => COMMON_WORDS.has(w) || FILLER_WORDS.has(w));
}

/** Lower-case ASCII needs no tables of letters, which take long to set up. */
function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

const SEQUENCE_MIN = 6;
/** How much of a text must go up, or down, by one step at a time: the rest are the joints between sequences. */
const SEQUENCE_SHARE = 0.8;

function isSequence(text: string): boolean {
  if (text.length < SEQUENCE_MIN || text.length > QUALITY_MAX) return false;
  let up = 0;
  let down = 0;
  for (let i = 1; i < text.length; i++) {
    const step = follows(text[i - 1]!, text[i]!);
    if (step === 1) up++;
    if (step === -1) down++;
  }
  return Math.max(up, down) >= (text.length - 1) * SEQUENCE_SHARE;
}

/** 1 for neighbours like `ab`, `90` and `9a`, -1 for the reverse. */
function follows(a: string, b: string): number {
  const wraps = ['90', 'za', '9a'];
  if (wraps.includes(a + b)) return 1;
  if (wraps.includes(b + a)) return -1;
  const difference = b.charCodeAt(0) - a.charCodeAt(0);
  return Math.abs(difference) === 1 ? difference : 0;
}
