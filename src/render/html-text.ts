import type { Location } from '../core/finding.ts';
import { html } from './escape.ts';
import { type PlaceOptions, placeText } from './place.ts';

/** A stretch of code in a sentence. */
export const CODE = /(`[^`\n]+`)/;

/** Text in which commands stand in backticks. */
export function prose(text: string): string {
  return text
    .split(CODE)
    .map((part) => (CODE.test(part) ? `<code>${html(part.slice(1, -1), 500)}</code>` : html(part)))
    .join('');
}

/** A place with its config key. */
export function placeHtml(l: Location, places: PlaceOptions): string {
  const key = l.keyPath ? ` ${html(l.keyPath, 300)}${l.exact ? '' : ' (not set)'}` : '';
  return `${html(placeText(l, places), 300)}${key}`;
}

/** The button that copies what stands before it. */
export const COPY_BUTTON = '<button type="button" class="copy needs-script">Copy</button>';

/**
 * A command with a button that copies it, which it has only when nothing in it means anything to a shell: who chose the
 * name of an account must not choose what is pasted into a terminal.
 */
export function commandHtml(command: string): string {
  return `<code>${html(command, 1000)}</code>${isPlainCommand(command) ? COPY_BUTTON : ''}`;
}

// Words, and words in quotes that hold nothing that any shell acts on, also one that does not know single quotes.
const PLAIN_WORD = /^(?:[\w.:@+=,/-]+|'[\w.:@+=,/[\]{}"* -]*')+$/;

// Our own words for a value that is drawn where the command is run.
const NEW_SECRET = /"\$\(openssl rand -hex \d+\)"$/;

/** True when a shell reads the command as the words that it shows. */
export function isPlainCommand(text: string): boolean {
  const command = text.replace(NEW_SECRET, 'new-secret');
  const words = command.match(/(?:'[^']*'|[^\s'])+/g) ?? [];
  return words.join(' ') === command && words.every((word) => PLAIN_WORD.test(word));
}
