import { closeSync, openSync, readSync } from 'node:fs';
import { endianness } from 'node:os';
import path from 'node:path';
import type { ListenAddress } from '../../core/live.ts';

/** A listening socket and what tells whose it is. */
export interface ListenSocket extends ListenAddress {
  /** User id that created it. */
  readonly uid: number;
  readonly inode: string;
}

/** Listening sockets come first in these tables, so the end of a huge one may be left out. */
const MAX_TABLE_BYTES = 2 * 1024 * 1024;

/** State of a TCP socket that listens, and of a UDP socket that is bound to no peer. */
const LISTEN: Readonly<Record<string, string>> = { tcp: '0A', udp: '07' };

/** All listening TCP and bound UDP sockets of this network namespace. Throws when `/proc/net/tcp` cannot be read. */
export function listenSockets(procRoot: string): ListenSocket[] {
  const read = (name: string): string => readTable(path.join(procRoot, 'net', name));
  const optional = (name: string): string => {
    try {
      return read(name);
    } catch {
      return '';
    }
  };
  return [
    ...parseSocketTable(read('tcp'), 'tcp'),
    ...parseSocketTable(optional('tcp6'), 'tcp'),
    ...parseSocketTable(optional('udp'), 'udp'),
    ...parseSocketTable(optional('udp6'), 'udp'),
  ];
}

function readTable(file: string): string {
  const fd = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(MAX_TABLE_BYTES);
    let length = 0;
    // The kernel gives a page at a time, and the size of the file is not known before.
    for (let n = -1; n !== 0 && length < buffer.length; length += n)
      n = readSync(fd, buffer, length, buffer.length - length, null);
    return buffer.toString('latin1', 0, length);
  } finally {
    closeSync(fd);
  }
}

/** The rows of `/proc/net/{tcp,tcp6,udp,udp6}` that listen. */
export function parseSocketTable(text: string, protocol: 'tcp' | 'udp'): ListenSocket[] {
  const out: ListenSocket[] = [];
  for (const line of text.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    const [, local, , state, , , , uid, , inode] = columns;
    if (local === undefined || state !== LISTEN[protocol] || uid === undefined || inode === undefined) continue;
    const m = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/.exec(local);
    if (!m || !/^\d+$/.test(uid) || !/^\d+$/.test(inode)) continue;
    const bytes = addressBytes(m[1]!);
    out.push({
      protocol,
      address: formatAddress(bytes),
      scope: addressScope(bytes),
      port: Number.parseInt(m[2]!, 16),
      uid: Number(uid),
      inode,
    });
  }
  return out;
}

/** The kernel prints each 32-bit word of an address as a number of this machine. */
function addressBytes(hex: string): Buffer {
  const bytes = Buffer.from(hex, 'hex');
  return endianness() === 'LE' ? bytes.swap32() : bytes;
}

function isMapped(bytes: Buffer): boolean {
  return bytes.length === 16 && bytes.subarray(0, 10).every((b) => b === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
}

function addressScope(bytes: Buffer): ListenAddress['scope'] {
  const v4 = isMapped(bytes) ? bytes.subarray(12) : bytes;
  if (v4.every((b) => b === 0)) return 'any';
  if (v4.length === 4) return v4[0] === 127 ? 'loopback' : 'other';
  return v4.subarray(0, 15).every((b) => b === 0) && v4[15] === 1 ? 'loopback' : 'other';
}

function formatAddress(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  if (isMapped(bytes)) return `::ffff:${bytes.subarray(12).join('.')}`;
  const words = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2).toString(16)).join(':');
  // The URL parser knows how to shorten an address.
  return new URL(`ws://[${words}]`).hostname.slice(1, -1);
}
