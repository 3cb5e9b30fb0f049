/** A value that a message template may hold. A list is shown as `a, b, c and 4 more`. */
export type MessageArg = string | number | boolean | readonly string[];

/** How many entries of a list a message shows. */
const LIST_SHOWN = 5;

/** `a`, `a and b`, `a, b and c`, `a, b, c, d, e and 4 more`. */
export function joinList(items: readonly string[], shown = LIST_SHOWN): string {
  if (items.length === 0) return 'none';
  if (items.length === 1) return items[0]!;
  if (items.length <= shown) return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
  return `${items.slice(0, shown).join(', ')} and ${items.length - shown} more`;
}

/** `1 file`, `2 files`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** An octal mode as people write it: `0644`. */
export function formatMode(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}

/**
 * Fills `{name}` placeholders. A template with a placeholder that has no argument is a programming error and throws,
 * so that the contract test finds it.
 */
export function fillTemplate(template: string, args: Readonly<Record<string, MessageArg>>): string {
  return template.replace(/\{([a-zA-Z]\w*)\}/g, (_, name: string) => {
    if (!Object.hasOwn(args, name)) throw new Error(`message has no argument for {${name}}: ${template}`);
    const value = args[name]!;
    return typeof value === 'object' ? joinList(value) : String(value);
  });
}

// Control characters, line breaks, and the marks that reorder or hide text.
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udc7f]/g;

/**
 * Makes text that an attacker may have chosen harmless to show on one line: control, bidi, invisible and unpaired
 * surrogate characters become `\u{…}` and a long text is cut in the middle of nothing but characters.
 */
export function visible(text: string, max = 200): string {
  const safe = text.replace(UNSAFE, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
  const chars = Array.from(safe);
  return chars.length <= max ? safe : `${chars.slice(0, max - 1).join('')}…`;
}

/** The same for several lines: the line breaks stay. For messages that may name what an attacker chose. */
export function visibleLines(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line, 2000))
    .join('\n');
}

// Of the above what JSON itself lets through raw.
const UNSAFE_IN_JSON =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

// What nearly every report is made of: this answers sooner than a search for what the other expression names.
const PLAIN_JSON = /^[\n -~•…–—→‘’“”]*$/;

/** JSON whose strings hold nothing that a terminal acts on: what JSON itself lets through raw is written as `\uXXXX`. */
export function jsonText(value: unknown, indent: number): string {
  const text = JSON.stringify(value, null, indent);
  return PLAIN_JSON.test(text)
    ? text
    : text.replace(UNSAFE_IN_JSON, (c) =>
        Array.from({ length: c.length }, (_, i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
      );
}
