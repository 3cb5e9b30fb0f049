import type { Expression } from './syntax.ts';
import type { Token } from './tokens.ts';

/** A place in a list of tokens. */
export class TokenReader {
  protected at = 0;

  protected readonly tokens: readonly Token[];

  protected depth = 0;

  constructor(tokens: readonly Token[], depth = 0) {
    this.tokens = tokens;
    this.depth = depth;
  }

  protected peek(ahead = 0): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)]!;
  }

  protected next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  /** Takes an operator or a word when it is next. */
  protected accept(text: string): boolean {
    const token = this.peek();
    if (token.text !== text || (token.kind !== 'operator' && token.kind !== 'name')) return false;
    this.at++;
    return true;
  }

  protected skipLine(): void {
    while (this.peek().kind !== 'newline' && this.peek().kind !== 'end' && this.peek().kind !== 'dedent') this.at++;
  }

  protected skipLineUpTo(mark: string): void {
    while (this.peek().kind !== 'newline' && this.peek().kind !== 'end' && this.peek().text !== mark) this.at++;
  }

  protected skipBrackets(): void {
    let depth = 0;
    while (this.peek().kind !== 'end') {
      const token = this.next();
      if (token.kind !== 'operator') continue;
      if (/^[([{]$/.test(token.text)) depth++;
      else if (/^[)\]}]$/.test(token.text) && --depth <= 0) return;
    }
  }

  protected unknown(): Expression {
    return { type: 'other', pos: this.peek().pos, inner: [] };
  }
}
