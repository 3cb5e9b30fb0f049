// Debian packages that the tests use. Installs what is missing when it may (root with apt-get); otherwise names it.
import { spawnSync } from 'node:child_process';

const NEEDED = [
  { command: 'strace', package: 'strace' },
  { command: 'sqlite3', package: 'sqlite3' },
  { command: 'unshare', package: 'util-linux' },
  { command: 'chromium', package: 'chromium' },
  { command: 'script', package: 'bsdutils' },
  { command: 'promtool', package: 'prometheus' },
];

const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;

export function ensureSystemPackages() {
  const missing = NEEDED.filter((n) => !has(n.command)).map((n) => n.package);
  if (missing.length === 0) return true;
  if (process.getuid?.() !== 0 || !has('apt-get')) {
    console.error(`The tests need these programs: ${missing.join(', ')}. Install them and run again.`);
    return false;
  }
  console.log(`installing ${missing.join(', ')}`);
  const apt = (...args) =>
    spawnSync('apt-get', ['-o', 'Dpkg::Use-Pty=0', '-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  if (apt('install', '-y', '--no-install-recommends', ...missing)) return true;
  return apt('update') && apt('install', '-y', '--no-install-recommends', ...missing);
}
