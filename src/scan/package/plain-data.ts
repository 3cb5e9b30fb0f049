import type { JsonNode } from './placed-json.ts';

/** The value of a placed node without its places. */
export function plainValue(node: JsonNode): unknown {
  if (node.items) return node.items.map(plainValue);
  if (node.fields) return Object.fromEntries([...node.fields].map(([key, item]) => [key, plainValue(item)] as const));
  return node.value;
}
