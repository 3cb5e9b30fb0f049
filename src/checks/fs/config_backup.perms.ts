import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.config_backup.perms',
  title: 'A backup of the config is open to others',
  why: 'Backups keep the secrets of the config, also those that were since moved out of it.',
  severity: 'warn',
  what: 'Config backup',
  files: (m) => m.files.of('config-backup'),
  when: (a) => a.worldRead || a.groupRead || a.worldWrite || a.groupWrite,
  can: 'others can read old secrets',
});
