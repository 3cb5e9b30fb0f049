import { jsonText, plural, visible } from '../../core/text.ts';
import { FixError } from '../../fix/apply/errors.ts';
import { recover } from '../../fix/apply/recover.ts';
import { journalFor } from '../fixing.ts';
import type { HomeOptions } from '../home.ts';
import { EXIT, type Io } from '../io.ts';

export interface RecoverCommandOptions extends HomeOptions {
  readonly finish?: boolean;
  readonly rollBack?: boolean;
  readonly json?: boolean;
}

/** `recover`: ends fixes that a crash left half done, wholly done or wholly taken back. */
export async function recoverCommand(options: RecoverCommandOptions, io: Io): Promise<number> {
  try {
    const ended = await recover(await journalFor(options, io), { action: options.finish ? 'finish' : 'rollBack' });
    if (options.json) io.out(`${jsonText({ recovered: ended }, 2)}\n`);
    else if (ended.length === 0) io.out('Nothing to recover: no fix was interrupted.\n');
    else
      for (const { id, outcome, files, left, cause } of ended) {
        io.out(
          `${visible(id)}: ${outcome === 'finished' ? 'finished' : 'taken back'}, ${plural(files.length, 'file')}.\n`,
        );
        if (cause) io.out(`  It could not be finished: ${visible(cause.message, 1000)}\n`);
        for (const l of left) io.out(`  left alone: ${visible(l.path, 300)}: ${visible(l.reason)}\n`);
      }
    return ended.some((e) => e.cause) ? EXIT.fixFailed : EXIT.ok;
  } catch (error) {
    if (!(error instanceof FixError)) throw error;
    if (options.json) io.out(`${jsonText({ recovered: [], error: error.message }, 2)}\n`);
    io.err(`Not recovered: ${error.message}\n`);
    return EXIT.fixFailed;
  }
}
