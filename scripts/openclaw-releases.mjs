// Real releases of OpenClaw to compare with, installed into a temporary folder, and a Node that they run on.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** The releases that facts in this project are taken from. */
export const RELEASES = ['2026.3.7', '2026.9.6'];

// The older release depends on git repositories that need a network of their own; nothing done here needs them.
const OVERRIDES = {
  libsignal: 'npm:is-number@7.0.0',
  '@whiskeysockets/libsignal-node': 'npm:is-number@7.0.0',
  cssomnom: 'npm:cssom@0.5.0',
};

/** Installs the releases, and Node 24, below `into`; returns `into`. Their install scripts are not run. */
export function installReleases(into) {
  for (const [name, dependencies, overrides] of [
    ['node', { node: '24' }, {}],
    ...RELEASES.map((v) => [v, { openclaw: v }, v === '2026.3.7' ? OVERRIDES : {}]),
  ]) {
    const dir = path.join(into, name);
    fs.mkdirSync(dir, { recursive: true });
    fs.writeFileSync(path.join(dir, 'package.json'), JSON.stringify({ private: true, dependencies, overrides }));
    // The Node package fetches its binary in a script of its own.
    const scripts = name === 'node' ? [] : ['--ignore-scripts'];
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...scripts], {
      cwd: dir,
      stdio: 'inherit',
    });
  }
  return into;
}

/** The Node binary of an installation. */
export const nodeOf = (installs) => path.join(installs, 'node/node_modules/node/bin/node');

/** The folder of one release. */
export const releaseOf = (installs, version) => path.join(installs, version, 'node_modules/openclaw');
