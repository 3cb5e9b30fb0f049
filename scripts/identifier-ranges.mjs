// Rewrites the character tables in src/config/identifier.ts from those of the json5 package. Needed again only when
// OpenClaw moves to another version of json5.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { ID_Start, ID_Continue } = createRequire(import.meta.url)('json5/lib/unicode.js');

/** Gaps and run lengths, alternating, in base 36: `a`, `b` means skip a code points, then b code points are in. */
function pack(isMember) {
  const out = [];
  let from = 0x80;
  let inside = false;
  for (let code = 0x80; code <= 0x110000; code++) {
    const member = code < 0x110000 && isMember(String.fromCodePoint(code));
    if (member === inside) continue;
    out.push((code - from).toString(36));
    from = code;
    inside = member;
  }
  return out.join(' ');
}

const tables = {
  START: pack((c) => ID_Start.test(c)),
  CONTINUE_ONLY: pack((c) => ID_Continue.test(c) && !ID_Start.test(c)),
};
const file = path.join(root, 'src/config/identifier.ts');
let text = fs.readFileSync(file, 'utf8');
for (const [name, packed] of Object.entries(tables)) {
  const pattern = new RegExp(`(const ${name} =\\s*)'[^']*'`);
  if (!pattern.test(text)) throw new Error(`${name} is not in ${file}`);
  text = text.replace(pattern, (_, before) => `${before}'${packed}'`);
}
fs.writeFileSync(file, text);
