import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

const LS = ['/bin/ls', '/usr/bin/ls'];
/** `ls -l` marks an access control list with a plus after the permission bits, on Linux and macOS. */
const MARKED = /^[-d][-rwxsStT]{9}\+/m;

/**
 * Which of the files have an access control list. Node cannot read one, and a file that is replaced loses it: its mode
 * bits, which were only the list's mask, would then be granted to the owning group. Empty where there is no `ls`.
 */
export function filesWithAccessList(files: readonly string[]): string[] {
  const ls = LS.find((file) => fs.existsSync(file));
  if (ls === undefined || files.length === 0 || !MARKED.test(list(ls, files))) return [];
  return files.filter((file) => MARKED.test(list(ls, [file])));
}

function list(ls: string, files: readonly string[]): string {
  const { stdout } = spawnSync(ls, ['-ldn', '--', ...files], {
    encoding: 'utf8',
    env: { LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 10_000,
  });
  return stdout ?? '';
}
