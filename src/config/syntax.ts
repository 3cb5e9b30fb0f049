/** A span of a text in UTF-16 units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface ObjectNode extends Span {
  readonly kind: 'object';
  /** Every member as written, duplicates included; the last one of a name wins. */
  readonly members: readonly Member[];
}

export interface Member {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: SyntaxNode;
}

export interface ArrayNode extends Span {
  readonly kind: 'array';
  readonly items: readonly SyntaxNode[];
}

export interface StringNode extends Span {
  readonly kind: 'string';
  readonly value: string;
}

export interface NumberNode extends Span {
  readonly kind: 'number';
  readonly value: number;
}

export interface BooleanNode extends Span {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NullNode extends Span {
  readonly kind: 'null';
  readonly value: null;
}

/** A parsed JSON5 value with its place in the text. */
export type SyntaxNode = ObjectNode | ArrayNode | StringNode | NumberNode | BooleanNode | NullNode;

/** Why a text is not JSON5, and where. */
export interface SyntaxProblem {
  readonly offset: number;
  /** One clause without a quotation of the text beyond the offending character. */
  readonly message: string;
}

export interface ParseResult {
  /**
   * The whole value; after an error the part that was complete or still open at the error (an open object keeps the
   * members read so far), or nothing.
   */
  readonly root: SyntaxNode | undefined;
  /** Comments in order, delimiters included. */
  readonly comments: readonly Span[];
  /** Absent when the text is JSON5 to the letter of json5 2.2.3, the parser OpenClaw uses. */
  readonly problem?: SyntaxProblem;
}
