import { main } from './main.ts';
import { processIo } from './io.ts';

main(process.argv.slice(2), processIo()).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`openclaw-security: internal error; please report it.\n${text}\n`);
    process.exitCode = 70;
  },
);
