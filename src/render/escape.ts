import { visible } from '../core/text.ts';

// One escaper for each sink. Names of channels, files, skills and accounts are chosen by whoever writes to the bot; each
// escaper first shows control, bidi and invisible characters and lone surrogates as `\u{…}`, on one line.

/** Longest text that is put anywhere; longer ones end in `…`. */
const LONGEST = 4000;

/** A name or sentence on one line, harmless to show, for sinks without markup such as JSON values. */
export function plain(text: string, max = LONGEST): string {
  // The two that are no characters are also forbidden in XML.
  return visible(text.replace(/[\ufffe\uffff]/g, '\ufffd'), max);
}

/** Text for XML content and for attributes in double quotes. `]]>` cannot be formed, as every `>` is written out. */
export function xml(text: string, max = LONGEST): string {
  return plain(text, max).replace(/[&<>"']/g, (c) => XML[c]!);
}

const XML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for HTML content and for attributes in double quotes. */
export function html(text: string, max = LONGEST): string {
  return plain(text, max).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/**
 * Text for Markdown prose and table cells. Everything that GitHub acts on is written so that it does not: markup, HTML,
 * links that are found in plain text, and `@name` and `#1`, which would notify people or link to issues.
 */
export function markdown(text: string, max = LONGEST): string {
  return quiet(plain(text, max))
    .replace(/[\\`*_{}[\]<>()#+!|~&$]/g, (c) => (HTML_IN_MARKDOWN.has(c) ? `&#${c.charCodeAt(0)};` : `\\${c}`))
    .replace(/^[-=]/, '\\$&');
}

/** Text for HTML in Markdown, such as a `<summary>`; harmless too where it is read as Markdown after all. */
export function markdownHtml(text: string, max = LONGEST): string {
  return quiet(plain(text, max)).replace(/[&<>"'\\`*_[\]()!~|#$]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Breaks what is found in plain text, with a space of no width: mentions, references, addresses. */
function quiet(text: string): string {
  return text.replace(/@|#(?=\d)|:(?=\/\/)|\b(?:www|gh-)(?=[.\d])/gi, '$&\u200b');
}

const HTML_IN_MARKDOWN = new Set(['<', '>', '&', '|', '$']);

/** A code span for Markdown. Not for a table cell, which is split at `|` before code spans are read. */
export function markdownCode(text: string, max = 300): string {
  const shown = plain(text, max);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return shown === '' ? '' : `${fence}${pad}${shown}${pad}${fence}`;
}

/** Lines for a fenced code block with a fence that none of them can end. */
export function markdownBlock(lines: readonly string[], language = ''): string {
  const shown = lines.map((line) => plain(line.replaceAll('\t', '  '), 400));
  const longest = Math.max(2, ...shown.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${shown.join('\n')}\n${fence}`;
}

/** The message of a GitHub workflow command. */
export function githubData(text: string, max = LONGEST): string {
  return plain(text, max).replaceAll('%', '%25');
}

/** A parameter of a GitHub workflow command. */
export function githubProperty(text: string): string {
  return githubData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** The value of a Prometheus label, without its quotes. */
export function prometheusLabel(text: string): string {
  return plain(text, 300).replace(/[\\"]/g, (c) => `\\${c}`);
}

/** A message of SARIF, in which `[text](link)` and `{0}` have a meaning. */
export function sarifMessage(text: string, max = LONGEST): string {
  return plain(text, max)
    .replace(/[[\]](?=[^[]*\]?\()/g, (c) => `\\${c}`)
    .replace(/\{(\d+)\}/g, '{{$1}}');
}

/** A path as the path of a URI, with each character that has a meaning there written out. */
export function uriPath(path: string): string {
  return encodeURI(path.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'))
    .replace(/[?#]/g, encodeURIComponent)
    .replace(/[[\]]/g, encodeURIComponent);
}
