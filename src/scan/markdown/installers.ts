import { downloadTrust } from '../data/downloads.ts';
import { destination } from '../data/hosts.ts';
import { type RawFinding, snippet } from '../findings.ts';
import type { Block } from './blocks.ts';
import { addressesIn } from './rules.ts';
import { isDescribed, type Sentence } from './sentences.ts';

/** Files that install or run something. */
const PROGRAM_FILE =
  /\.(?:zip|rar|7z|exe|msi|dmg|pkg|scr|bat|cmd|ps1|app|iso|jar|apk|deb|rpm|tar\.gz|tgz|sh)(?:[?#]|$)/i;
const PASSWORD =
  /\b(?:pass(?:word|code|wd)?|pw|extract(?:ion)? key)\b[\s)]{0,3}(?:[:=]|is|to extract is)?[\s:=]{0,3}[`"'(*]{0,3}([A-Za-z0-9!@#$%^&_-]{3,30})/i;
const UNPACK = /\b(?:extract|unzip|unpack|unrar|archive|zip|rar|7z|decompress)\b/i;
const PASTE =
  /\b(?:paste|run|execute|enter)\b[^.!?\n]{0,80}\b(?:terminal|shell|command (?:line|prompt)|powershell|console|iterm)\b/i;

/**
 * Installers that a page asks for before anything else: an archive with a password beside it, which scanners cannot open,
 * or a command to be copied from a page where anybody can put one.
 */
export function judgeInstallers(
  file: string,
  blocks: readonly Block[],
  sentences: readonly Sentence[],
): readonly RawFinding[] {
  const out: RawFinding[] = [];
  for (let i = 0; i < sentences.length; i++) {
    const sentence = sentences[i]!;
    const near = sentences
      .slice(Math.max(0, i - 2), i + 3)
      .map((s) => s.text)
      .join('\n');
    const links = addressesIn(sentence.text);
    if (links.length === 0) continue;
    const at = Math.max(0, sentence.text.search(/https?:\/\//));
    if (isDescribed({ ...sentence, text: sentence.text.replaceAll('`', ' ') }, at)) continue;
    const program = links.find((l) => PROGRAM_FILE.test(l));
    const password = PASSWORD.exec(near);
    const step = (what: string) => [{ file, pos: sentence.start + at, what }];
    if (
      program &&
      password &&
      UNPACK.test(near) &&
      !/^(?:for|in|of|and|the|to|or|manager|protected|from|if|when|with|is)$/i.test(password[1]!)
    ) {
      out.push({
        rule: 'fake-prerequisite',
        severity: 'critical',
        confidence: 'high',
        message: `Has an archive from ${snippet(destination(program).host)} unpacked with a password that stands beside it, which only keeps scanners from looking inside.`,
        steps: step('asks for an archive with a password'),
      });
      continue;
    }
    const bad = links.find((l) => downloadTrust(l).level === 'bad' && destination(l).kind !== 'local');
    if (!bad) continue;
    const trust = downloadTrust(bad);
    if (program === bad && /\b(?:download|install|run|execute|open|launch)\b/i.test(sentence.text)) {
      const plain = bad.startsWith('http://') && destination(bad).kind === 'named';
      out.push({
        rule: 'fake-prerequisite',
        severity: plain ? 'warn' : 'critical',
        confidence: 'medium',
        message: `Has a program installed from ${snippet(destination(bad).host)}: ${trust.why}.`,
        steps: step('asks for a program'),
      });
    } else if (PASTE.test(near) && !bad.startsWith('http://')) {
      out.push({
        rule: 'fake-prerequisite',
        severity: 'critical',
        confidence: 'high',
        message: `Has a command copied from ${snippet(destination(bad).host)} and run: ${trust.why}.`,
        steps: step('asks to run a command from a page'),
      });
    }
  }
  return [...out, ...hiddenLinks(file, blocks)];
}

/** Links whose shown address is another one than where they lead, when that is a bad place. */
function hiddenLinks(file: string, blocks: readonly Block[]): readonly RawFinding[] {
  const out: RawFinding[] = [];
  for (const block of blocks) {
    if (block.kind !== 'prose') continue;
    for (const match of block.text.matchAll(/\[(https?:\/\/[^\]\s]{3,200})\]\((https?:\/\/[^)\s]{3,200})\)/g)) {
      const shown = destination(match[1]!).host.replace(/^www\./, '');
      const real = destination(match[2]!).host.replace(/^www\./, '');
      const trust = downloadTrust(match[2]!);
      if (shown === real || trust.level !== 'bad') continue;
      out.push({
        rule: 'fake-prerequisite',
        severity: 'warn',
        confidence: 'medium',
        message: `Shows the address ${snippet(shown)} and leads to ${snippet(real)}: ${trust.why}.`,
        steps: [{ file, pos: block.start + match.index, what: 'leads elsewhere than it says' }],
      });
    }
  }
  return out;
}
