/** An element of a parsed document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const NAME = /^[A-Za-z_][\w.-]*/;
const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };
// Everything that is no character of XML 1.0, and the controls that are allowed but show as nothing.
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Parses the XML that is used here: elements, attributes in double quotes, text and the five entities. Anything else that
 * XML allows (comments, CDATA, processing instructions, a DTD, other entities) is refused as well as what it forbids.
 */
export function parseXml(text: string): XmlElement {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(declaration)) throw new Error('no XML declaration');
  const bad = FORBIDDEN.exec(text);
  if (bad) throw new Error(`forbidden character at ${bad.index}`);
  const parser = new Parser(text, declaration.length);
  const root = parser.element();
  if (text.slice(parser.at).trim() !== '') throw new Error('text after the root');
  return root;
}

class Parser {
  at: number;
  private readonly text: string;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  element(): XmlElement {
    this.take('<');
    const name = this.match(NAME, 'a name');
    const attributes: Record<string, string> = {};
    for (;;) {
      const space = /^\s*/.exec(this.text.slice(this.at, this.at + 100))![0];
      this.at += space.length;
      if (this.peek('/>')) {
        this.take('/>');
        return { name, attributes, children: [], text: '' };
      }
      if (this.peek('>')) break;
      if (space === '') throw this.error('a space before an attribute');
      const key = this.match(NAME, 'an attribute');
      this.take('="');
      if (Object.hasOwn(attributes, key)) throw this.error(`one attribute ${key}`);
      attributes[key] = unescapeXml(this.until('"', /[<\n\t\r]/));
      this.take('"');
    }
    this.take('>');
    const children: XmlElement[] = [];
    let content = '';
    for (;;) {
      content += unescapeXml(this.until('<', />/));
      if (this.peek('</')) break;
      children.push(this.element());
    }
    this.take(`</${name}>`);
    return { name, attributes, children, text: content };
  }

  private until(end: string, never: RegExp): string {
    const stop = this.text.indexOf(end, this.at);
    if (stop === -1) throw this.error(end);
    const part = this.text.slice(this.at, stop);
    if (never.test(part)) throw this.error(`no ${never} in ${part.slice(0, 80)}`);
    this.at = stop;
    return part;
  }

  private peek(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  private take(text: string): void {
    if (!this.peek(text)) throw this.error(text);
    this.at += text.length;
  }

  private match(pattern: RegExp, what: string): string {
    const found = pattern.exec(this.text.slice(this.at, this.at + 200))?.[0];
    if (found === undefined) throw this.error(what);
    this.at += found.length;
    return found;
  }

  private error(expected: string): Error {
    return new Error(`expected ${expected} at ${this.at}: ${this.text.slice(this.at, this.at + 60)}`);
  }
}

function unescapeXml(text: string): string {
  return text.replace(/&[^;]*;?/g, (entity) => {
    const char = ENTITIES[entity];
    if (char === undefined) throw new Error(`unknown entity ${entity}`);
    return char;
  });
}
