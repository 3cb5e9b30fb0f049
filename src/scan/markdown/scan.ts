import { embeddedContext } from '../embedded.ts';
import { maskSecrets, type RawFinding } from '../findings.ts';
import type { JudgeContext } from '../judge/context.ts';
import { readFrontMatter } from '../package/placed-yaml.ts';
import { fileName } from '../paths.ts';
import { followPowershell } from '../powershell/follow.ts';
import { hiddenCommands } from './blobs.ts';
import { type Block, splitBlocks } from './blocks.ts';
import { asCode, isExample, type MarkdownCode } from './code.ts';
import { judgeInstallers } from './installers.ts';
import { hiddenTexts, sendingImages } from './invisible.ts';
import { judgeSentences } from './rules.ts';
import { isDescribed, isNarrated, type Sentence, sentencesOf } from './sentences.ts';
import { hiddenUnicode } from './unicode.ts';

/** Findings of a Markdown file, and the code in it that is meant to be run, for the scanners of its languages. */
export interface MarkdownScan {
  readonly findings: readonly RawFinding[];
  readonly code: readonly MarkdownCode[];
}

/** Longer texts are scanned up to here. */
const MAX_TEXT = 2_000_000;

/**
 * Scans Markdown as a text that an agent obeys. What warns of an attack, describes or quotes one is not reported: its
 * sentences are turned around by a negation, stand in quotation marks, or below a heading that says so.
 */
export function scanMarkdown(
  path: string,
  text: string,
  kind: 'plugin' | 'skill' | 'package',
  judge: JudgeContext = embeddedContext(path),
): MarkdownScan {
  const source = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  const front = readFrontMatter(source);
  const blocks = splitBlocks(source, front.end);
  const sentences = sentencesOf(blocks);
  const findings: RawFinding[] = [...hiddenUnicode(path, source)];
  const told = [
    ...judgeSentences(path, sentences),
    ...judgeInstallers(path, blocks, sentences),
    ...sendingImages(path, blocks),
    ...judgeInvisible(path, blocks),
  ];
  findings.push(
    ...told,
    ...judgeComments(path, sentences, told),
    ...judgeSpans(path, sentences, judge),
    ...judgeInline(path, sentences, judge),
  );
  const code: MarkdownCode[] = [];
  blocks.forEach((block, i) => {
    if (block.kind === 'code') {
      const found = asCode(block);
      if (isExample(block, blocks[i - 1])) findings.push(...quotedExample(path, block, found, judge));
      else {
        if (found.language === '') findings.push(...hiddenCommands(path, block.text, block.start, judge));
        code.push(found);
      }
    } else if (!block.headings.some((h) => /decod|encod|example/i.test(h)))
      findings.push(...hiddenCommands(path, block.text, block.start, judge));
  });
  const obeyed = isObeyed(path, kind);
  return { findings: unique(obeyed ? findings : findings.map(forPeople)), code };
}

/** True for texts that an agent reads as its instructions; others are pages for people. */
export function isObeyed(path: string, kind: 'plugin' | 'skill' | 'package'): boolean {
  return (
    kind === 'skill' ||
    /^(?:SKILL|AGENTS?|SOUL|TOOLS|HEARTBEAT|BOOTSTRAP|MEMORY|USER|IDENTITY|CLAUDE|GEMINI|HOOK)\.md$/i.test(
      fileName(path),
    )
  );
}

/** A page for people: what it tells is done by somebody who can think about it. What is hidden stays as it is. */
export function forPeople(finding: RawFinding): RawFinding {
  if (
    /^(?:hidden-unicode|fake-prerequisite|obfuscated-code|fetch-and-run|download-and-execute|reverse-shell|hidden-text)$/.test(
      finding.rule,
    )
  )
    return finding;
  return { ...finding, severity: finding.severity === 'critical' ? 'warn' : 'info' };
}

function unique(findings: readonly RawFinding[]): readonly RawFinding[] {
  const seen = new Set<string>();
  return findings.filter((f) => {
    const key = `${f.rule}\0${f.steps.at(-1)!.pos}\0${f.severity}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Commands in back quotes that the text tells to run. */
function judgeSpans(path: string, sentences: readonly Sentence[], judge: JudgeContext): readonly RawFinding[] {
  const out: RawFinding[] = [];
  for (const [i, sentence] of sentences.entries()) {
    for (const match of sentence.text.matchAll(/(`{1,3})([^`\n]{12,600})\1/g)) {
      const command = match[2]!;
      if (
        !/\s/.test(command) ||
        !/[|;&$<>]|https?:|\b(?:curl|wget|nc|scp|bash|sh|python3?|node|powershell|rm|chmod|crontab|openclaw|clawdbot|xattr|spctl)\b/.test(
          command,
        )
      )
        continue;
      const before = sentence.text.slice(0, match.index);
      const told = /\b(?:run|execute|use|paste|enter|type|install|call|start|with|via|issue|launch|invoke)\b|:\s*$/i;
      const introduced = before.trim() === '' && sentence.lead.endsWith(':');
      if (!introduced && !told.test(before)) continue;
      if (isDescribed({ ...sentence, text: sentence.text.replaceAll('`', ' ') }, match.index)) continue;
      if (isNarrated(before, [sentence.lead, ...sentence.headings, sentences[i + 1]?.text ?? ''])) continue;
      const windows =
        /\b(?:iwr|irm|iex)\b|\bInvoke-\w+/i.test(command) && !/^\s*(?:powershell|pwsh|cmd)\b/i.test(command);
      for (const found of windows ? followPowershell(path, command, judge) : judge.scanCommand(command)) {
        if (found.severity === 'info') continue;
        out.push({
          ...found,
          confidence: 'medium',
          steps: found.steps.map((s) => ({ ...s, file: path, pos: sentence.start + match.index + match[1]!.length })),
        });
      }
    }
  }
  return out;
}

/** Commands that stand in a sentence as they are. */
function judgeInline(path: string, sentences: readonly Sentence[], judge: JudgeContext): readonly RawFinding[] {
  const out: RawFinding[] = [];
  for (const sentence of sentences) {
    for (const match of sentence.text.matchAll(
      /\b(?:curl|wget)\s[^`\n|]{4,300}\|\s*(?:sudo )?(?:ba|z)?sh\b|\b(?:ba)?sh -i >& ?\/dev\/tcp\/\S{3,80}/g,
    )) {
      if (isDescribed(sentence, match.index)) continue;
      for (const found of judge.scanCommand(match[0])) {
        if (found.severity !== 'info')
          out.push({
            ...found,
            confidence: 'medium',
            steps: found.steps.map((s) => ({ ...s, file: path, pos: sentence.start + match.index })),
          });
      }
    }
  }
  return out;
}

/** Comments that speak to the agent. */
function judgeComments(
  path: string,
  sentences: readonly Sentence[],
  known: readonly RawFinding[],
): readonly RawFinding[] {
  const out: RawFinding[] = [];
  for (const sentence of sentences) {
    if (
      !sentence.comment ||
      known.some((k) => k.steps.some((s) => s.pos >= sentence.start && s.pos <= sentence.start + sentence.text.length))
    )
      continue;
    const address =
      /\b(?:AI|assistants?|agents?|LLMs?|model|claude|gpt|openclaw|system|you must|you should|you are)\b/.test(
        sentence.text,
      );
    const deed =
      /\b(?:run|execute|send|upload|post|fetch|download|curl|wget|read|install|exfiltrate|call|write|append)\b[^.!?\n]{0,120}(?:https?:\/\/|\bcommands?\b|\bscripts?\b|\.ssh|\.env\b|credentials|tokens?\b|secrets?\b|passwords?\b|\/dev\/tcp|~\/)/i.test(
        sentence.text,
      );
    if (!deed || !address || isDescribed(sentence, sentence.text.length)) continue;
    out.push({
      rule: 'hidden-text',
      severity: 'warn',
      confidence: 'medium',
      message: 'Gives the agent an instruction in a comment, which people do not see.',
      steps: [{ file: path, pos: sentence.start, what: 'an instruction in a comment' }],
    });
  }
  return out;
}

/** Text that the page does not show. */
function judgeInvisible(path: string, blocks: readonly Block[]): readonly RawFinding[] {
  const out: RawFinding[] = [];
  for (const hidden of hiddenTexts(blocks)) {
    const inner = judgeSentences(
      path,
      sentencesOf([
        {
          kind: 'comment',
          text: hidden.text,
          start: hidden.start,
          language: '',
          headings: [],
          quoted: false,
          item: false,
        },
      ]),
    );
    const worst = inner.find((f) => f.severity === 'critical') ?? inner[0];
    const speaks =
      /\b(?:you (?:must|should|are|will)|ignore|always|never|run|execute|send|assistant|agent|AI|system|instructions?)\b/i.test(
        hidden.text,
      );
    out.push({
      rule: 'hidden-text',
      severity: worst ? 'critical' : speaks ? 'warn' : 'info',
      confidence: worst ? 'high' : 'medium',
      message: `Holds text that ${hidden.how}, while a model reads it.${worst ? ` ${worst.message}` : ''}`,
      steps: [{ file: path, pos: hidden.start, what: 'text that is not shown' }],
    });
  }
  return out;
}

/** An attack that is shown as an example is mentioned once, so that a reader can see that it was understood as one. */
function quotedExample(path: string, block: Block, code: MarkdownCode, judge: JudgeContext): readonly RawFinding[] {
  if (code.language !== 'sh') return [];
  const worst = judge.scanCommand(code.text.slice(0, 20_000)).find((f) => f.severity !== 'info');
  if (!worst) return [];
  return [
    {
      ...worst,
      severity: 'info',
      confidence: 'low',
      message: `Shows as an example, by the text around it: ${maskSecrets(worst.message)}`,
      steps: [{ file: path, pos: block.start, what: 'an example in the text' }],
    },
  ];
}
