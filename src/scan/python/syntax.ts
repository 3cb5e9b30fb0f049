/** An expression. Offsets count UTF-16 units of the file. */
export type Expression =
  | { readonly type: 'name'; readonly pos: number; readonly name: string }
  | {
      readonly type: 'constant';
      readonly pos: number;
      readonly value: string | number | boolean | null;
      readonly bytes: boolean;
    }
  | { readonly type: 'format'; readonly pos: number; readonly parts: readonly Expression[] }
  | { readonly type: 'attribute'; readonly pos: number; readonly object: Expression; readonly name: string }
  | { readonly type: 'call'; readonly pos: number; readonly callee: Expression; readonly args: readonly Argument[] }
  | { readonly type: 'index'; readonly pos: number; readonly object: Expression; readonly index: Expression }
  | { readonly type: 'slice'; readonly pos: number; readonly parts: readonly (Expression | undefined)[] }
  | { readonly type: 'list'; readonly pos: number; readonly items: readonly Expression[] }
  | {
      readonly type: 'dict';
      readonly pos: number;
      readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[];
    }
  | {
      readonly type: 'operation';
      readonly pos: number;
      readonly operators: readonly string[];
      readonly operands: readonly Expression[];
    }
  | {
      readonly type: 'lambda';
      readonly pos: number;
      readonly parameters: readonly Parameter[];
      readonly body: Expression;
    }
  | {
      readonly type: 'comprehension';
      readonly pos: number;
      readonly element: Expression;
      readonly key: Expression | undefined;
      readonly loops: readonly { readonly target: Expression; readonly iterable: Expression }[];
      readonly tests: readonly Expression[];
    }
  /** Any of these: `a if b else c`, `a or b`. */
  | {
      readonly type: 'either';
      readonly pos: number;
      readonly options: readonly Expression[];
      readonly tests: readonly Expression[];
    }
  | { readonly type: 'assign'; readonly pos: number; readonly target: Expression; readonly value: Expression }
  /** Evaluated for what happens in it. */
  | { readonly type: 'other'; readonly pos: number; readonly inner: readonly Expression[] };

export interface Argument {
  /** `name=`; `*` and `**` for what is spread. */
  readonly name: string | undefined;
  readonly value: Expression;
}

export interface Parameter {
  readonly name: string;
  readonly initial: Expression | undefined;
  /** `*` or `**`, or ''. */
  readonly star: string;
}

export type Statement =
  | { readonly type: 'expression'; readonly pos: number; readonly value: Expression }
  | {
      readonly type: 'assign';
      readonly pos: number;
      readonly targets: readonly Expression[];
      readonly value: Expression;
      readonly operator: string;
    }
  | {
      readonly type: 'import';
      readonly pos: number;
      readonly module: string;
      readonly name: string | undefined;
      readonly alias: string;
    }
  | {
      readonly type: 'function';
      readonly pos: number;
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly body: readonly Statement[];
      readonly decorators: readonly Expression[];
    }
  | {
      readonly type: 'class';
      readonly pos: number;
      readonly name: string;
      readonly bases: readonly Argument[];
      readonly body: readonly Statement[];
      readonly decorators: readonly Expression[];
    }
  | {
      readonly type: 'loop';
      readonly pos: number;
      readonly target: Expression;
      readonly iterable: Expression;
      readonly body: readonly Statement[];
    }
  | {
      readonly type: 'branches';
      readonly pos: number;
      readonly tests: readonly Expression[];
      readonly bodies: readonly (readonly Statement[])[];
    }
  | {
      readonly type: 'with';
      readonly pos: number;
      readonly items: readonly { readonly value: Expression; readonly target: Expression | undefined }[];
      readonly body: readonly Statement[];
    }
  | { readonly type: 'return'; readonly pos: number; readonly value: Expression | undefined };
