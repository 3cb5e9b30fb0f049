/**
 * A stable 106-bit name for a finding, in hex: two rounds of a 53-bit string hash (cyrb53, public domain). Not a
 * cryptographic promise; it only has to tell findings apart and survive line shifts.
 */
export function fingerprint(...parts: readonly string[]): string {
  const text = parts.join('\u0000');
  let a = 0xdeadbeef ^ FIRST_SEED;
  let b = 0x41c6ce57 ^ FIRST_SEED;
  let c = 0xdeadbeef ^ SECOND_SEED;
  let d = 0x41c6ce57 ^ SECOND_SEED;
  // Both rounds in one loop: it runs before V8 has compiled anything, and once for each finding.
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
    c = Math.imul(c ^ unit, 2654435761);
    d = Math.imul(d ^ unit, 1597334677);
  }
  return finish(a, b) + finish(c, d);
}

const FIRST_SEED = 0x5eed;
const SECOND_SEED = 0xc1a0;

function finish(first: number, second: number): string {
  let a = first;
  let b = second;
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(16).padStart(14, '0');
}
