import { writeFileSync } from 'node:fs';
import { toPortable } from '../../collect/portable.ts';
import { jsonText } from '../../core/text.ts';
import { type HomeOptions, loadSnapshot } from '../home.ts';
import { EXIT, type Io, UsageError } from '../io.ts';

/** `snapshot`: the collected facts without secrets. */
export async function snapshotCommand(options: HomeOptions & { readonly out?: string }, io: Io): Promise<number> {
  const snapshot = await loadSnapshot(options, io);
  const text = `${jsonText(toPortable(snapshot), 1)}\n`;
  if (options.out === undefined) {
    io.out(text);
    return EXIT.ok;
  }
  try {
    // Never through a link or over something else: the facts are nobody else's business.
    writeFileSync(options.out, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UsageError(
      code === 'EEXIST'
        ? `${options.out} exists; name a new file or remove it first.`
        : `cannot write ${options.out}: ${error instanceof Error ? error.message : error}`,
    );
  }
  io.err(`Wrote ${options.out}. Audit it with: openclaw-security audit --from ${options.out}\n`);
  return EXIT.ok;
}
