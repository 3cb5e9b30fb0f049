import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectDocker } from '../../../src/collect/docker.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'docker-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function script(body: string): string {
  const file = path.join(dir, 'docker');
  writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return file;
}

const ask = (dockerCommand: string) => collectDocker({ platform: 'linux', dockerCommand });

/** A stand-in for the docker command line, as recorded for OpenClaw 2026.3.7's own audit. */
const TWO = `case "$1" in
  ps) echo good; echo bad ;;
  inspect) for last; do :; done; case "$last" in good) printf '%s\\t%s\\n' 'abc' '2026-02-28-no-sandbox-env' ;; bad) printf '%s\\t%s\\n' '' 'old' ;; esac ;;
  port) case "$2" in good) echo '9222/tcp -> 127.0.0.1:1' ;; bad) echo '9222/tcp -> 0.0.0.0:2' ;; *) true ;; esac ;;
  *) exit 1 ;;
esac`;

describe('a docker program that the user names', () => {
  it('gives names, labels and ports', async () => {
    expect(await ask(script(TWO))).toEqual({
      status: 'ok',
      timeouts: [],
      containers: [
        {
          name: 'good',
          configHash: 'abc',
          epoch: '2026-02-28-no-sandbox-env',
          ports: [{ host: '127.0.0.1', port: '1', container: '9222/tcp' }],
        },
        { name: 'bad', epoch: 'old', ports: [{ host: '0.0.0.0', port: '2', container: '9222/tcp' }] },
      ],
    });
  });

  it('is called with the documented arguments, without input and with next to no environment', async () => {
    process.env.OPENCLAW_GATEWAY_TOKEN_FOR_TEST = 'canary-value';
    const log = path.join(dir, 'log');
    const facts = await ask(
      script(`{ for a; do printf '[%s]' "$a"; done; echo; env; cat; } >> '${log}'
case "$1" in ps) echo b1 ;; inspect) printf '<no value>\\t<no value>\\n' ;; esac`),
    );
    delete process.env.OPENCLAW_GATEWAY_TOKEN_FOR_TEST;
    expect(facts.containers).toEqual([{ name: 'b1', ports: [] }]);
    const text = readFileSync(log, 'utf8');
    expect(text.split('\n').filter((line) => line.startsWith('['))).toEqual([
      '[ps][-a][--filter][label=openclaw.sandboxBrowser=1][--format][{{.Names}}]',
      '[inspect][-f][{{ index .Config.Labels "openclaw.configHash" }}\t{{ index .Config.Labels "openclaw.browserConfigEpoch" }}][b1]',
      '[port][b1]',
    ]);
    expect(text).not.toContain('canary-value');
    expect(text).not.toContain('NODE_');
  });

  it.each([
    ['0.0.0.0:32768', [{ host: '0.0.0.0', port: '32768', container: '9222/tcp' }]],
    ['[::]:32768', [{ host: '::', port: '32768', container: '9222/tcp' }]],
    [':::32768', [{ host: '::', port: '32768', container: '9222/tcp' }]],
    ['[::1]:5', [{ host: '::1', port: '5', container: '9222/tcp' }]],
    ['localhost:5', [{ host: 'localhost', port: '5', container: '9222/tcp' }]],
    ['10.0.0.5:1 ', [{ host: '10.0.0.5', port: '1', container: '9222/tcp' }]],
  ])('publishes %s', async (text, ports) => {
    const facts = await ask(script(`case "$1" in ps) echo b1 ;; port) echo '9222/tcp -> ${text}' ;; esac`));
    expect(facts.containers[0]?.ports).toEqual(ports);
    expect(facts.error).toBeUndefined();
  });

  it('says which port lines it could not read', async () => {
    const facts = await ask(
      script(`case "$1" in ps) echo b1 ;; port) echo '9222/tcp -> nowhere'; echo '80/tcp -> 127.0.0.1:80' ;; esac`),
    );
    expect(facts.containers[0]?.ports).toEqual([{ host: '127.0.0.1', port: '80', container: '80/tcp' }]);
    expect(facts.error).toBe('port b1: 1 lines could not be read');
  });

  it.each<[name: string, body: string, status: string, error: RegExp]>([
    ['fails', 'exit 1', 'error', /ps: it ended with code 1/],
    ['floods', "yes 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'", 'error', /printed more than/],
  ])('that %s gives a reason', async (_, body, status, error) => {
    const facts = await ask(script(body));
    expect(facts).toMatchObject({ status, containers: [], timeouts: [] });
    expect(facts.error).toMatch(error);
  });

  it('leaves out containers that cannot be inspected, names that are options, and says so', async () => {
    const facts = await ask(script(`case "$1" in ps) echo gone; echo --rm; echo '$(id)' ;; *) exit 1 ;; esac`));
    expect(facts).toEqual({
      status: 'ok',
      containers: [],
      timeouts: [],
      error: '2 container names could not be used; inspect gone: it ended with code 1',
    });
  });

  it('that hangs is ended in time, with what it started', async () => {
    const pids = path.join(dir, 'pids');
    const started = performance.now();
    const facts = await ask(script(`sleep 60 & echo $! $$ > '${pids}'; wait`));
    expect(performance.now() - started).toBeLessThan(4000);
    expect(facts).toEqual({ status: 'timeout', containers: [], timeouts: ['ps'] });
    for (const pid of readFileSync(pids, 'utf8').trim().split(' ')) {
      await expect.poll(() => alive(Number(pid)), { timeout: 3000 }).toBe(false);
    }
  });

  it('that hangs on some calls gives the rest, within one bound for all', async () => {
    const started = performance.now();
    const facts = await ask(
      script(
        `case "$1" in ps) echo a; echo b; echo c; echo d; echo e; echo f; echo g; echo h; echo i; echo j ;; inspect) exec sleep 60 ;; esac`,
      ),
    );
    expect(performance.now() - started).toBeLessThan(7000);
    expect(facts.status).toBe('ok');
    expect(facts.containers).toEqual([]);
    expect(facts.timeouts).toEqual([...'abcdefghij'].map((name) => `inspect ${name}`));
  });

  it('that is not there is absent, and a bare name is never looked up', async () => {
    expect(await ask(path.join(dir, 'none'))).toEqual({ status: 'absent', containers: [], timeouts: [] });
    expect(await ask('docker')).toMatchObject({ status: 'error', error: expect.stringContaining('absolute path') });
  });
});

/** False for a zombie: it has been killed and only waits to be reaped. */
function alive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
