const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Decodes base64 or base64url into bytes; undefined when it is something else. Spaces and line breaks are skipped. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const clean = text
    .replace(/[\s=]+/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  if (clean.length === 0 || clean.length % 4 === 1) return undefined;
  const out = new Uint8Array(Math.floor((clean.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < clean.length; i++) {
    const value = BASE64.indexOf(clean[i]!);
    if (value < 0) return undefined;
    bits = (bits << 6) | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out[at++] = (bits >> held) & 0xff;
    }
  }
  return out.subarray(0, at);
}

/** Decodes pairs of hexadecimal digits; undefined when it is something else. */
export function decodeHex(text: string): Uint8Array | undefined {
  const clean = text.replace(/\s+/g, '');
  if (clean.length === 0 || clean.length % 2 !== 0 || !/^[0-9a-fA-F]+$/.test(clean)) return undefined;
  const out = new Uint8Array(clean.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(clean.slice(i * 2, i * 2 + 2), 16);
  return out;
}

/** Bytes as UTF-8 text; undefined when they are not text. */
export function bytesToText(bytes: Uint8Array): string | undefined {
  let out = '';
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i]!;
    let need = 0;
    let code = first;
    if (first >= 0xc2 && first < 0xe0) [need, code] = [1, first & 0x1f];
    else if (first >= 0xe0 && first < 0xf0) [need, code] = [2, first & 0x0f];
    else if (first >= 0xf0 && first < 0xf5) [need, code] = [3, first & 0x07];
    else if (first >= 0x80) return undefined;
    if (i + need >= bytes.length + (need === 0 ? 1 : 0)) return undefined;
    for (let k = 1; k <= need; k++) {
      const next = bytes[i + k]!;
      if ((next & 0xc0) !== 0x80) return undefined;
      code = (code << 6) | (next & 0x3f);
    }
    if (code > 0x10ffff) return undefined;
    // Text has no control characters but white space.
    if (code < 0x20 && code !== 9 && code !== 10 && code !== 13 && code !== 27) return undefined;
    out += String.fromCodePoint(code);
    i += need + 1;
  }
  return out;
}

/** Base64 or hexadecimal as text, when it is text. */
export function decodeText(text: string, encoding: 'base64' | 'hex'): string | undefined {
  const bytes = encoding === 'base64' ? decodeBase64(text) : decodeHex(text);
  return bytes ? bytesToText(bytes) : undefined;
}

/** `%41` to `A`; parts that are no valid escape stay. */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    const bytes = decodeHex(run.replaceAll('%', ''));
    return (bytes && bytesToText(bytes)) ?? run;
  });
}
