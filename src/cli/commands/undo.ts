import { jsonText, plural, visible } from '../../core/text.ts';
import { FixError } from '../../fix/apply/errors.ts';
import { listJournal } from '../../fix/apply/listing.ts';
import { undo } from '../../fix/apply/undo.ts';
import { journalFor } from '../fixing.ts';
import type { HomeOptions } from '../home.ts';
import { EXIT, type Io } from '../io.ts';

export interface UndoCommandOptions extends HomeOptions {
  readonly list?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `undo`: takes a fix back, by default the latest, or lists what there is. */
export async function undoCommand(id: string | undefined, options: UndoCommandOptions, io: Io): Promise<number> {
  const journal = await journalFor(options, io);
  const say = (value: unknown, text: string) => io.out(options.json ? `${jsonText(value, 2)}\n` : text);
  try {
    if (options.list) {
      const entries = listJournal(journal);
      const rows = entries.map(
        (e) => `${visible(e.id)}  ${e.state.padEnd(11)}  ${plural(e.files.length, 'file')}  ${visible(e.description)}`,
      );
      say(
        { journal, entries },
        rows.length > 0 ? `${rows.join('\n')}\n` : `No fix was applied from here (${journal}).\n`,
      );
      return EXIT.ok;
    }
    const result = await undo(journal, id, options.force ? { force: true } : {});
    if (result.outcome === 'rolled-back') {
      const { message } = result.cause;
      say({ undo: { ok: false, error: message } }, '');
      io.err(`Not undone: ${message}. Everything is as it was before.\n`);
      return EXIT.fixFailed;
    }
    const { undoes, restored, left } = result;
    const rest = left.map((l) => `  ${visible(l.path, 300)}: ${visible(l.reason)}\n`).join('');
    say(
      { undo: { ok: true, ...result } },
      `Took back ${undoes}: ${plural(restored.length, 'file')} as before.\n${rest}${result.id === undefined ? '' : `Undo this with: openclaw-security undo ${result.id}\n`}`,
    );
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof FixError)) throw error;
    say({ undo: { ok: false, code: error.code, error: error.message, problems: error.problems } }, '');
    io.err(`Not undone: ${error.message}\n`);
    for (const p of error.problems.slice(1)) io.err(`  ${p.message}\n`);
    return error.code === 'unknown-id' ? EXIT.usage : EXIT.fixFailed;
  }
}
