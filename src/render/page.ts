import { visible } from '../core/text.ts';
import { type Style, styler, type TerminalOptions, wrapText } from './terminal.ts';

export interface PageOptions extends TerminalOptions {
  /** Shortened to `~` in paths. */
  readonly homeDir?: string;
}

const MAX_WIDTH = 100;

/** Lines for a terminal, wrapped to its width, at most 100 columns. */
export class Page<Options extends PageOptions> {
  protected readonly options: Options;
  protected readonly style: ReturnType<typeof styler>;
  protected readonly width: number;
  private readonly out: string[] = [];

  constructor(options: Options) {
    this.options = options;
    this.style = styler(options.color);
    this.width = Math.max(40, Math.min(options.columns, MAX_WIDTH));
  }

  line(text: string): this {
    this.out.push(text);
    return this;
  }

  blank(): this {
    return this.line('');
  }

  heading(text: string, ...styles: Style[]): void {
    this.line(this.style(text, 'bold', ...styles)).blank();
  }

  wrapped(text: string, indent = '', ...styles: Style[]): void {
    for (const l of wrapText(text, this.width - indent.length)) this.line(indent + this.style(l, ...styles));
  }

  /** A path, below the home directory as `~/…`, which a shell understands too. */
  path(path: string): string {
    const home = this.options.homeDir;
    const short =
      home && home.length > 1 && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
    return visible(short, 300);
  }

  toString(): string {
    return `${this.out.join('\n')}\n`;
  }
}
