import { type ConfigDocument, parsedFile } from '../config/document.ts';
import type { SyntaxNode } from '../config/syntax.ts';
import { childOf, type Value } from '../config/value.ts';
import { formatKeyPath, type KeyPath, type KeyStep } from '../core/ref.ts';

/** Where a key of the merged config is to be written. */
export interface FilePlace {
  /** Index into the files of the document. */
  readonly file: number;
  /** The route to it inside that file. */
  readonly path: KeyPath;
}

/**
 * Finds the file in which a key stands, through every `$include`; a missing key goes to the file of its nearest existing
 * ancestor, where OpenClaw's merge lets it win. A string says why there is no such place.
 */
export function placeOf(document: ConfigDocument, path: KeyPath): FilePlace | string {
  if (document.files.length === 0) return 'there is no config file';
  if (!document.root) return document.loadable ? { file: 0, path } : 'the config cannot be read';
  let value: Value = document.root;
  let depth = 0;
  for (const step of path) {
    const child = childOf(value, step);
    if (!child) break;
    value = child;
    depth++;
  }
  const { origin } = value;
  const file = document.files[origin.file];
  const root = file && parsedFile(file).root;
  const inFile = root && routeTo(root, origin.start, origin.end);
  if (!inFile) return `${formatKeyPath(path.slice(0, depth)) || 'the top level'} cannot be found in its file`;
  return { file: origin.file, path: [...inFile, ...path.slice(depth)] };
}

/** The route to the node with this span. */
function routeTo(root: SyntaxNode, start: number, end: number): KeyPath | undefined {
  const route: KeyStep[] = [];
  let node = root;
  while (node.start !== start || node.end !== end) {
    const below = stepInto(node, start, end);
    if (!below) return undefined;
    route.push(below.step);
    node = below.node;
  }
  return route;
}

function stepInto(node: SyntaxNode, start: number, end: number): { step: KeyStep; node: SyntaxNode } | undefined {
  const holds = (n: SyntaxNode) => n.start <= start && end <= n.end;
  if (node.kind === 'object') {
    const member = node.members.find((m) => holds(m.value));
    return member && { step: member.key, node: member.value };
  }
  if (node.kind === 'array') {
    const index = node.items.findIndex(holds);
    return index === -1 ? undefined : { step: index, node: node.items[index]! };
  }
  return undefined;
}
