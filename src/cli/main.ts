import { PRODUCT_NAME } from '../core/product.ts';
import { visibleLines } from '../core/text.ts';
import { arrangeArgv } from './argv.ts';
import { EXIT, type Io, UsageError } from './io.ts';
import { plainAudit } from './plain-audit.ts';

/** Runs one command line and returns its exit code. Only this folder prints. */
export async function main(argv: readonly string[], terminal: Io): Promise<number> {
  // What is said on stderr may name files and options that somebody else chose. A prototype, so that what is found out
  // when asked for stays so.
  const io: Io = Object.create(terminal, { err: { value: (text: string) => terminal.err(visibleLines(text)) } });
  const words = arrangeArgv(argv);
  try {
    const plain = plainAudit(words);
    if (plain) {
      const { auditCommand } = await import('./commands/audit.ts');
      return await auditCommand(plain, io);
    }
    const { runProgram } = await import('./program.ts');
    return await runProgram(words, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(`${PRODUCT_NAME}: ${error.message}\n${error.hint ? `${error.hint}\n` : ''}`);
    return EXIT.usage;
  }
}
