/** Names that OpenClaw 2026.3.7 looks for anywhere in a path, in lower case. */
const ANYWHERE: readonly (readonly [string, string])[] = [
  ['icloud', 'iCloud'],
  ['dropbox', 'Dropbox'],
  ['google drive', 'Google Drive'],
  ['googledrive', 'Google Drive'],
  ['onedrive', 'OneDrive'],
];

/** Whole folder names of services it does not know. */
const FOLDERS: readonly (readonly [string, string])[] = [
  ['com~apple~clouddocs', 'iCloud Drive'],
  ['nextcloud', 'Nextcloud'],
  ['owncloud', 'ownCloud'],
  ['syncthing', 'Syncthing'],
  ['pclouddrive', 'pCloud'],
  ['box sync', 'Box'],
  ['mega', 'MEGA'],
  ['megasync', 'MEGA'],
  ['seafile', 'Seafile'],
  ['proton drive', 'Proton Drive'],
];

/** The service whose synced folder a path seems to lie in. */
export function syncedService(path: string): string | undefined {
  const lower = path.toLowerCase();
  const parts = lower.split(/[\\/]/);
  return (
    ANYWHERE.find(([marker]) => lower.includes(marker))?.[1] ?? FOLDERS.find(([name]) => parts.includes(name))?.[1]
  );
}
