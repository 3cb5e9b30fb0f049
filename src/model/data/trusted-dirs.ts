/** Directories from which others may slip in a program. Facts of OpenClaw 2026.3.7. */
const TEMP = ['/tmp', '/var/tmp', '/private/tmp'];
const PACKAGE_MANAGER = ['/usr/local/bin', '/opt/homebrew/bin', '/opt/local/bin', '/home/linuxbrew/.linuxbrew/bin'];

/** Why a trusted directory is risky, or undefined. */
export function trustedDirRisk(entry: string): string | undefined {
  const raw = entry.trim();
  const windows = /^[A-Za-z]:[\\/]/.test(raw);
  if (!raw.startsWith('/') && !windows) return 'it is relative';
  const path = normalize(raw);
  if (TEMP.some((t) => path === t || path.startsWith(`${t}/`))) return 'everybody may write in temporary directories';
  if (PACKAGE_MANAGER.includes(path)) return 'package managers write there without asking';
  const home = /^(?:[a-z]:)?\/(?:users|home)\//.test(`${path}/`) || path.includes('/.local/bin');
  return home ? 'it lies in a home directory, where the agent may write' : undefined;
}

function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').toLowerCase().split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return /^[a-z]:$/.test(parts[0] ?? '') ? parts.join('/') : `/${parts.join('/')}`;
}
