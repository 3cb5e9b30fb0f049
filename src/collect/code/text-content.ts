import { isScript } from './reading-order.ts';

/** Characters at the start of a file that tell text from binary data. */
const HEAD = 8192;

/**
 * The text of a file, or that it is none: a NUL character near its start. Scripts stay text all the same, or a NUL in a
 * comment would hide them from the scan while their interpreter runs them.
 */
export function contentOf(path: string, text: string): { readonly text: string } | { readonly binary: true } {
  if (isScript(path) || text.startsWith('#!')) return { text };
  return text.slice(0, HEAD).includes('\0') ? { binary: true } : { text };
}
