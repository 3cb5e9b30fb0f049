import { FixError } from '../fix/apply/errors.ts';
import { listJournal } from '../fix/apply/listing.ts';

/** What to do about transactions that a crash left half done; undefined when there are none. */
export function pendingNotice(journalDir: string): string | undefined {
  try {
    const open = listJournal(journalDir).filter((e) => e.state === 'interrupted' || e.state === 'damaged');
    const [first] = open;
    if (!first) return undefined;
    if (first.state === 'damaged') return `the journal of an earlier fix cannot be read: ${first.problem ?? first.id}`;
    return `an earlier fix (${first.id}, ${first.time ?? 'time unknown'}) was interrupted and left ${first.files.length} files half done; run: openclaw-security recover`;
  } catch (error) {
    if (error instanceof FixError) return error.message;
    throw error;
  }
}
