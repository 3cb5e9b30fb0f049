import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** Access and modification time in nanoseconds since 1970. */
export interface Times {
  readonly atimeNs: bigint;
  readonly mtimeNs: bigint;
}

const TOUCH = ['/usr/bin/touch', '/bin/touch'];
const NS_PER_SECOND = 1_000_000_000n;

/**
 * Sets the times of an open file or directory. Node carries times as floating-point seconds and its libuv cuts them to
 * microseconds, so a modification time with a nanosecond part is finished by `touch` where the system has one; without
 * it the time is right to the microsecond.
 */
export function setTimes(fd: number, { atimeNs, mtimeNs }: Times): void {
  // The half microsecond keeps the cut from landing one below.
  fs.futimesSync(fd, seconds(atimeNs, 0.5), seconds(mtimeNs, 0.5));
  if (modified(fd) === mtimeNs) return;
  fs.futimesSync(fd, seconds(atimeNs, 0), seconds(mtimeNs, 0));
  if (modified(fd) === mtimeNs || process.platform !== 'linux' || mtimeNs < 0n) return;
  const touch = TOUCH.find((file) => fs.existsSync(file));
  if (touch === undefined) return;
  const time = `@${mtimeNs / NS_PER_SECOND}.${String(mtimeNs % NS_PER_SECOND).padStart(9, '0')}`;
  spawnSync(touch, ['-c', '-m', '-d', time, '/proc/self/fd/3'], {
    stdio: ['ignore', 'ignore', 'ignore', fd],
    env: { LC_ALL: 'C' },
    timeout: 5000,
  });
}

function seconds(ns: bigint, add: number): number {
  return (Number(ns / 1000n) + add) / 1e6;
}

function modified(fd: number): bigint {
  return fs.fstatSync(fd, { bigint: true }).mtimeNs;
}
