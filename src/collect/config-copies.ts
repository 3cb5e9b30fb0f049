const COPY_WORD = /(?:bak|backup|old|orig|copy|save|prev|before|last)/i;
// Between the name of a file and what a copy adds to it; `openclaw.json5` is another file.
const SEPARATOR = /^[.~_ ()-]/;

/**
 * Names of files that look like earlier or left-over versions of a file: what OpenClaw's own writes leave
 * (`openclaw.json.bak`, `.bak.1`, `<name>.<pid>.tmp`), what editors leave (`openclaw.json~`, `.openclaw.json.swp`) and
 * what people call a copy (`openclaw-old.json`).
 */
export function copiesOf(name: string, listed: readonly string[]): string[] {
  const dot = name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  return listed.filter((other) => other !== name && isCopy(other, name, stem));
}

function isCopy(other: string, name: string, stem: string): boolean {
  if (other.startsWith(name)) {
    const rest = other.slice(name.length);
    return SEPARATOR.test(rest) && rest !== '.lock';
  }
  if (other.startsWith(`.${name}.`) || other === `#${name}#`) return true;
  const rest = other.startsWith(stem) ? other.slice(stem.length) : '';
  return SEPARATOR.test(rest) && COPY_WORD.test(rest);
}
