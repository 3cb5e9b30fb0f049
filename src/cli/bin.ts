import { main } from './main.ts';
import { isFlushed, processIo } from './io.ts';

main(process.argv.slice(2), processIo()).then(
  (code) => {
    process.exitCode = code;
    // Whatever still waits to be written keeps the process alive; without it there is nothing left to tidy up, which takes
    // Node a twentieth of a short run.
    if (isFlushed()) process.exit();
  },
  (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`openclaw-security: internal error; please report it.\n${text}\n`);
    process.exitCode = 70;
  },
);
