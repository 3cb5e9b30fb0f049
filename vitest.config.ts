import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    pool: 'threads',
    isolate: false,
    testTimeout: 60_000,
    // What a page does a frame later may take its time on a busy machine.
    expect: { poll: { timeout: 15_000 } },
    reporters: ['default'],
  },
});
