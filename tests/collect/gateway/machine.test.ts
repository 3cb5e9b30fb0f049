import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSocketTable } from '../../../src/collect/gateway/listeners.ts';
import {
  newestChange,
  portFacts,
  readListenSockets,
  reasonToWithhold,
} from '../../../src/collect/gateway/machine-facts.ts';
import { probeGateway } from '../../../src/collect/gateway/probe.ts';
import { selectGatewayTarget } from '../../../src/collect/gateway/target.ts';
import { fakeGateway } from './fake-gateway.ts';

const HEADER = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const row = (local: string, state: string, uid: number, inode: number): string =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  ${uid}        0 ${inode} 1 0000000016df1ac0 100 0 0 10 0`;
const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');

describe('the table of sockets', () => {
  it.each([
    ['0100007F:4DA1', '127.0.0.1', 19873, 'loopback'],
    ['0101007F:0050', '127.0.1.1', 80, 'loopback'],
    ['00000000:4DA1', '0.0.0.0', 19873, 'any'],
    ['0500000A:4DA1', '10.0.0.5', 19873, 'other'],
    ['00000000000000000000000001000000:4DA1', '::1', 19873, 'loopback'],
    ['00000000000000000000000000000000:4DA1', '::', 19873, 'any'],
    ['0000000000000000FFFF00000100007F:4DA1', '::ffff:127.0.0.1', 19873, 'loopback'],
    ['0000000000000000FFFF000000000000:4DA1', '::ffff:0.0.0.0', 19873, 'any'],
    ['000080FE00000000FF565002BD69B1FE:4DA1', 'fe80::250:56ff:feb1:69bd', 19873, 'other'],
  ])('%s is %s', (local, address, port, scope) => {
    expect(parseSocketTable(`${HEADER}\n${row(local, '0A', 1000, 7)}\n`, 'tcp')).toEqual([
      { protocol: 'tcp', address, port, scope, uid: 1000, inode: '7' },
    ]);
  });

  it('leaves out connections and lines that are none', () => {
    const text = [
      HEADER,
      row('0100007F:4DA1', '01', 0, 1),
      row('0100007F:4DA1', '06', 0, 2),
      'garbage',
      row('XYZ:1', '0A', 0, 3),
      '',
    ].join('\n');
    expect(parseSocketTable(text, 'tcp')).toEqual([]);
    expect(parseSocketTable('', 'tcp')).toEqual([]);
  });

  it('knows bound UDP sockets', () => {
    expect(parseSocketTable(`${HEADER}\n${row('00000000:14E9', '07', 1000, 7)}`, 'udp')).toMatchObject([
      { protocol: 'udp', port: 5353, scope: 'any' },
    ]);
  });
});

let proc: string;
beforeEach(() => {
  proc = mkdtempSync(path.join(tmpdir(), 'proc-'));
  mkdirSync(path.join(proc, 'net'));
  writeFileSync(path.join(proc, 'stat'), 'cpu 1 2\nbtime 1795600000\n');
});
afterEach(() => rmSync(proc, { recursive: true }));

interface FakeProcess {
  readonly pid: number;
  readonly comm: string;
  readonly cmdline?: string;
  readonly uid?: number;
  readonly sockets: readonly number[];
  readonly exe?: string;
}

function addProcess({ pid, comm, cmdline = comm, uid = 1000, sockets, exe = '/usr/bin/node' }: FakeProcess): void {
  const dir = path.join(proc, String(pid));
  mkdirSync(path.join(dir, 'fd'), { recursive: true });
  writeFileSync(path.join(dir, 'comm'), `${comm}\n`);
  writeFileSync(path.join(dir, 'cmdline'), cmdline.replaceAll(' ', '\0'));
  writeFileSync(
    path.join(dir, 'status'),
    `Name:\t${comm}\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n`,
  );
  writeFileSync(path.join(dir, 'stat'), `${pid} (a) b) S 1 ${'0 '.repeat(17)}12345 0 0\n`);
  symlinkSync(exe, path.join(dir, 'exe'));
  for (const [i, inode] of sockets.entries()) symlinkSync(`socket:[${inode}]`, path.join(dir, 'fd', String(i + 3)));
  symlinkSync('/dev/null', path.join(dir, 'fd', '0'));
}

function table(...rows: string[]): void {
  writeFileSync(path.join(proc, 'net/tcp'), [HEADER, ...rows, ''].join('\n'));
}

const facts = (port: number) => portFacts(readListenSockets('linux', proc), port, proc);

describe('who holds the port', () => {
  it('is the gateway, with all that it listens on', () => {
    table(
      row('00000000:4DA1', '0A', 1000, 50),
      row('0100007F:4DA3', '0A', 1000, 51),
      row('0100007F:0016', '0A', 0, 52),
    );
    addProcess({ pid: 10, comm: 'sshd', uid: 0, sockets: [52] });
    addProcess({ pid: 20, comm: 'openclaw-gatewa', sockets: [50, 51], exe: '/usr/bin/node (deleted)' });
    expect(facts(19873)).toEqual({
      listeners: { known: true, value: [{ protocol: 'tcp', address: '0.0.0.0', port: 19873, scope: 'any' }] },
      process: {
        known: true,
        value: {
          pid: 20,
          name: 'openclaw-gatewa',
          isOpenClaw: true,
          uid: 1000,
          startedAt: 1795600123450,
          programDeleted: { known: true, value: true },
          capabilities: false,
          noNewPrivileges: true,
          seccomp: true,
        },
      },
      otherListeners: {
        known: true,
        value: [{ protocol: 'tcp', address: '127.0.0.1', port: 19875, scope: 'loopback' }],
      },
    });
  });

  it.each([
    ['docker-proxy', 'docker-proxy -host-port 19873', false],
    ['ssh', 'ssh -L 19873:localhost:18789 openclaw', false],
    ['node', 'node /usr/lib/node_modules/openclaw/openclaw.mjs gateway', true],
    ['node', 'node server.js', false],
  ])('is %s (%s)', (comm, cmdline, isOpenClaw) => {
    table(row('0100007F:4DA1', '0A', 0, 50));
    addProcess({ pid: 30, comm, cmdline, uid: 0, sockets: [50] });
    expect(facts(19873).process).toMatchObject({ known: true, value: { isOpenClaw, uid: 0 } });
    expect(facts(19873).otherListeners.known).toBe(isOpenClaw);
  });

  it('is not known when nobody is seen holding it, nothing listens or nothing can be read', () => {
    table(row('0100007F:4DA1', '0A', 0, 50));
    addProcess({ pid: 30, comm: 'node', sockets: [51] });
    expect(facts(19873).process).toEqual({ known: false, reason: 'no process of this namespace holds the port' });
    expect(facts(19874).listeners).toMatchObject({ known: false, reason: expect.stringContaining('19874') });
    rmSync(path.join(proc, 'net'), { recursive: true });
    expect(readListenSockets('linux', proc).known).toBe(false);
    expect(readListenSockets('darwin', proc).known).toBe(false);
  });

  it('is not known when its process may not be looked at', () => {
    table(row('0100007F:4DA1', '0A', 0, 50));
    addProcess({ pid: 30, comm: 'node', sockets: [] });
    // Reading it fails for every user, as reading a stranger's does.
    rmSync(path.join(proc, '30/fd'), { recursive: true });
    writeFileSync(path.join(proc, '30/fd'), '');
    expect(facts(19873).process).toMatchObject({ known: false, reason: expect.stringContaining('another user') });
  });
});

describe('the secret and the holder of the port', () => {
  it.each([
    [[1000], 1000, false],
    [[1000], 0, false],
    [[1000], 1001, true],
    [[], 1000, true],
  ])('trusted %j, held by %i: withheld %s', (trusted, uid, withheld) => {
    table(row(`0100007F:${hex(19873)}`, '0A', uid, 50));
    const reason = reasonToWithhold(readListenSockets('linux', proc), 19873, new Set([0, ...trusted]));
    expect(reason !== undefined).toBe(withheld);
  });

  it('is withheld from a gateway-like program of another user', async () => {
    const gateway = await fakeGateway({ era: '2026.9.6', mode: 'token', secret: 'canary-secret-0123456789' });
    try {
      table(row(`0100007F:${hex(gateway.port)}`, '0A', 4242, 50));
      const result = await probeGateway({
        target: selectGatewayTarget({
          processEnv: {},
          port: gateway.port,
          token: { value: 'canary-secret-0123456789' },
        }),
        version: '0.1.0',
        configFiles: [],
        platform: 'linux',
        procRoot: proc,
      });
      expect(JSON.stringify(gateway.connections)).not.toContain('canary');
      expect(result).toMatchObject({
        ok: false,
        failure: 'no-credential',
        live: {
          credential: { kind: 'token', sent: false, reason: expect.stringContaining('user 4242') },
          accepted: { known: false },
        },
      });
    } finally {
      await gateway.close();
    }
  });
});

describe('the modification time of the config', () => {
  it('is the newest of its files, and unknown when one cannot be read', async () => {
    const files = ['a', 'b'].map((name) => path.join(proc, name));
    for (const [i, file] of files.entries()) {
      writeFileSync(file, '');
      utimesSync(file, 1000 + i, 1000 + i);
    }
    expect(await newestChange(files)).toEqual({ known: true, value: 1001_000 });
    expect((await newestChange([...files, path.join(proc, 'none')])).known).toBe(false);
    expect((await newestChange([])).known).toBe(false);
  });
});
