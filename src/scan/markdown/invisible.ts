import { destination } from '../data/hosts.ts';
import { type RawFinding, snippet } from '../findings.ts';
import type { Block } from './blocks.ts';
import { isQuoted } from './sentences.ts';

/** Text that is in the file and not on the screen. */
export interface HiddenText {
  readonly text: string;
  readonly start: number;
  readonly how: string;
}

const STYLES: readonly { readonly pattern: RegExp; readonly how: string }[] = [
  { pattern: /display\s*:\s*none/i, how: 'is not displayed' },
  { pattern: /visibility\s*:\s*hidden/i, how: 'is made invisible' },
  { pattern: /font-size\s*:\s*(?:0(?:\.\d+)?|1)(?:px|pt|em|rem|%)?\s*(?:;|$|["'])/i, how: 'is too small to be seen' },
  { pattern: /opacity\s*:\s*0(?:\.0\d*)?\s*(?:;|$|["'])/i, how: 'is transparent' },
  {
    pattern: /(?:^|[;"'\s])color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)/i,
    how: 'is white',
  },
  { pattern: /(?:left|top|text-indent)\s*:\s*-\d{4,}px/i, how: 'stands outside of the page' },
];

/** Inline HTML that hides its content. */
export function hiddenTexts(blocks: readonly Block[]): readonly HiddenText[] {
  const out: HiddenText[] = [];
  for (const block of blocks) {
    if (block.kind !== 'prose') continue;
    for (const match of block.text.matchAll(/<(\w{1,12})\b([^<>]{1,600})>([^<]{1,4000})/g)) {
      if (isQuoted(block.text.slice(Math.max(0, match.index - 200), match.index + 200), Math.min(200, match.index)))
        continue;
      const attributes = match[2]!;
      const white = attributes.replace(/background(?:-color)?\s*:[^;"']*/gi, '');
      const style =
        STYLES.find((s) => s.pattern.test(s.how === 'is white' ? white : attributes)) ??
        (/\s(?:hidden)(?:\s|=|$)/i.test(attributes) ? { how: 'is not displayed' } : undefined);
      // On a dark ground of its own, white is meant to be read.
      if (
        !style ||
        (style.how === 'is white' && /background(?:-color)?\s*:\s*(?!#fff|white|transparent|none)/i.test(attributes))
      )
        continue;
      const inner = match[3]!;
      if (inner.trim().length < 12) continue;
      out.push({ text: inner, start: block.start + match.index + match[0].length - inner.length, how: style.how });
    }
  }
  return out;
}

const PLACEHOLDER =
  /\{\{?[^{}]{2,60}\}\}?|\$\{?[A-Z_][A-Z0-9_]{2,40}\}?|<[A-Za-z][\w -]{2,40}>|\[[A-Z][\w -]{2,40}\]|%[A-Z_]{3,40}%/;
const PRIVATE =
  /secret|token|key|pass|cred|env|data|conversation|history|message|memory|user|content|summary|info|email|context|session|output|file|chat/i;

/** Images whose address is to be filled with data: who shows the image sends it. */
export function sendingImages(file: string, blocks: readonly Block[]): readonly RawFinding[] {
  const out: RawFinding[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') continue;
    if (block.kind === 'code' && block.language !== '' && !/^(?:md|markdown|html|text)$/.test(block.language)) continue;
    const places = [
      ...block.text.matchAll(/!\[[^\]\n]{0,200}\]\(\s*(https?:\/\/[^)\n]{4,500})\)/g),
      ...block.text.matchAll(/<img\b[^>]{0,300}?\bsrc\s*=\s*["'](https?:\/\/[^"'\n]{4,500})["'][^>]{0,300}>/gi),
    ];
    for (const match of places) {
      const url = match[1]!;
      const query = /[?#](.*)$/s.exec(url)?.[1] ?? '';
      const filled = PLACEHOLDER.exec(query)?.[0];
      const to = destination(url);
      if (
        !filled ||
        !PRIVATE.test(query) ||
        to.kind === 'local' ||
        /(?:^|\.)(?:shields\.io|badgen\.net|badge\.fury\.io|github\.com|githubusercontent\.com|example\.(?:com|org))$/.test(
          to.host,
        )
      )
        continue;
      const bad = to.kind === 'drop' || to.kind === 'raw-address' || to.kind === 'onion';
      out.push({
        rule: 'image-exfiltration',
        severity: bad ? 'critical' : 'warn',
        confidence: 'medium',
        message: `Has data put into the address of an image (${snippet(filled)}): whoever shows it sends the data to ${snippet(to.host)}.`,
        steps: [{ file, pos: block.start + match.index, what: 'an image that carries data' }],
      });
    }
  }
  return out;
}
