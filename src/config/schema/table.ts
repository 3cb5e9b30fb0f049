/** The type words of JSON Schema. `integer` is a number without a fraction. */
export type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'object' | 'array';

/** A value that a key may have to equal. */
export type SchemaConst = string | number | boolean | null;

/** Index of a node in its table. */
export type NodeIndex = number;

/**
 * What one place of the config accepts: JSON Schema with short words, equal subschemas stored once. Every constraint
 * that is present has to hold; one for another type than the value's does not apply.
 */
export interface SchemaNode {
  readonly type?: SchemaType | readonly SchemaType[];
  /** The values allowed; `const` is a list of one. */
  readonly enum?: readonly SchemaConst[];
  /** At least one must hold. */
  readonly any?: readonly NodeIndex[];
  /** Each must hold. */
  readonly all?: readonly NodeIndex[];
  readonly not?: NodeIndex;
  /** When this holds, `then` must hold too. */
  readonly if?: NodeIndex;
  readonly then?: NodeIndex;

  /** Known keys of an object. */
  readonly keys?: { readonly [key: string]: NodeIndex };
  /** Other keys: `false` refuses them, an index says what they hold, absent means anything. */
  readonly rest?: false | NodeIndex;
  /** Keys that must be there. A key that OpenClaw fills with a default is not among them. */
  readonly need?: readonly string[];
  /** What every key must look like. */
  readonly names?: NodeIndex;
  /** Lists of which at most one may hold anything. */
  readonly apart?: readonly string[];
  readonly minKeys?: number;
  readonly maxKeys?: number;

  /** What each item of an array holds. */
  readonly items?: NodeIndex;
  /** What the items hold one by one; no further ones. */
  readonly tuple?: readonly NodeIndex[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly unique?: boolean;

  readonly minLength?: number;
  readonly maxLength?: number;
  /** A regular expression, not anchored unless it says so. */
  readonly pattern?: string;
  /** The pattern in words, for people. */
  readonly says?: string;
  readonly format?: 'uri';

  readonly min?: number;
  readonly max?: number;
  /** Exclusive lower bound. */
  readonly above?: number;
  /** Exclusive upper bound. */
  readonly below?: number;
}

/** All that one OpenClaw version accepts in its config, cross-field rules aside. */
export interface SchemaTable {
  /** The version whose schema this is, e.g. `2026.3.7`. */
  readonly openclaw: string;
  readonly root: NodeIndex;
  /** How many nodes there are. */
  readonly size: number;
  /** The node of an index below `size`. A table refers to none that it lacks. */
  node(index: NodeIndex): SchemaNode;
}

/** The node of an index. */
export function nodeAt(table: SchemaTable, index: NodeIndex): SchemaNode {
  return table.node(index);
}

/**
 * Reads the text of a table: its head, then one node a line. A config touches few of the hundreds of nodes, so each is
 * parsed when it is asked for.
 */
export function parseTable(text: string): SchemaTable {
  const [head, ...lines] = text.trim().split('\n');
  const { openclaw, root } = JSON.parse(`${head}]}`) as { openclaw: string; root: NodeIndex };
  lines.pop();
  const nodes: SchemaNode[] = [];
  return {
    openclaw,
    root,
    size: lines.length,
    node: (index) => (nodes[index] ??= JSON.parse(lines[index]!.replace(/,$/, '')) as SchemaNode),
  };
}

/** The alternatives of a union, nested unions laid flat; the node itself when it is none. */
export function branchesOf(table: SchemaTable, node: SchemaNode): SchemaNode[] {
  if (!node.any) return [node];
  return node.any.flatMap((index) => {
    const branch = nodeAt(table, index);
    // One that demands more than its union does stays whole.
    return Object.keys(branch).length === 1 ? branchesOf(table, branch) : [branch];
  });
}

/** The node that a key of an object leads to, or undefined when the object refuses or says nothing about it. */
export function keyNode(node: SchemaNode, key: string): NodeIndex | undefined {
  if (node.keys && Object.hasOwn(node.keys, key)) return node.keys[key];
  return node.rest === false ? undefined : node.rest;
}

/**
 * True when the table knows a place for this route: every step is a named key, an entry of a map or an item of a list
 * in some branch. `*` stands for any map entry or item.
 */
export function knowsPath(table: SchemaTable, path: readonly (string | number)[]): boolean {
  let at = [nodeAt(table, table.root)];
  for (const step of path) {
    const next: SchemaNode[] = [];
    for (const node of at.flatMap((n) => (n.any ? [n, ...branchesOf(table, n)] : [n]))) {
      const item = typeof step === 'number' || step === '*' ? node.items : undefined;
      const key = typeof step === 'number' ? undefined : keyNode(node, step);
      for (const index of [item, key]) if (index !== undefined) next.push(nodeAt(table, index));
    }
    if (next.length === 0) return false;
    at = next;
  }
  return true;
}
