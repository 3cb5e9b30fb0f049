/**
 * A stable 104-bit name for a finding, in hex: two rounds of a 53-bit string hash (cyrb53, public domain). Not a
 * cryptographic promise; it only has to tell findings apart and survive line shifts.
 */
export function fingerprint(...parts: readonly string[]): string {
  const text = parts.join('\u0000');
  return hash53(text, 0x5eed) + hash53(text, 0xc1a0);
}

function hash53(text: string, seed: number): string {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 2654435761);
    b = Math.imul(b ^ c, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(16).padStart(14, '0');
}
