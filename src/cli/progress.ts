import type { Io } from './io.ts';

/** Says on a terminal what takes long. */
export interface Progress {
  say(what: string): void;
  end(): void;
}

/** Says what is done once a second has passed; nothing on a pipe. */
export function progressLine(io: Io): Progress {
  if (!io.stderrIsTerminal) return { say() {}, end() {} };
  let last = Date.now();
  let timer: NodeJS.Timeout | undefined;
  const show = (what: string) => {
    last = Date.now();
    io.err(`${what} …\n`);
  };
  return {
    say(what) {
      clearTimeout(timer);
      // Work that keeps the event loop busy starves the timer; it passes by here instead.
      if (Date.now() - last >= 1000) show(what);
      else timer = setTimeout(show, 1000, what);
    },
    end: () => clearTimeout(timer),
  };
}
