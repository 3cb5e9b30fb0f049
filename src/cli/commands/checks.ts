import { CHECKS } from '../../checks/registry.ts';
import { jsonText } from '../../core/text.ts';
import { severitiesOf } from '../../render/catalogue.ts';
import { EXIT, type Io } from '../io.ts';

/** `checks`: the catalogue. */
export async function checksCommand(options: { readonly json?: boolean }, io: Io): Promise<number> {
  if (options.json) {
    const list = CHECKS.map(({ run: _, ...check }) => ({ ...check, severities: severitiesOf(check) }));
    io.out(`${jsonText(list, 2)}\n`);
    return EXIT.ok;
  }
  const idWidth = Math.min(48, Math.max(...CHECKS.map((c) => c.id.length)));
  for (const c of CHECKS) io.out(`${c.id.padEnd(idWidth)}  ${severitiesOf(c).join('/').padEnd(13)}  ${c.title}\n`);
  io.out(`\n${CHECKS.length} checks. \`openclaw-security explain <id>\` tells more about one.\n`);
  return EXIT.ok;
}
