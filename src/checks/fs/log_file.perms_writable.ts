import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.log_file.perms_writable',
  title: 'Log file is writable by others',
  why: 'Others can erase or forge what happened.',
  severity: 'warn',
  what: 'Log file',
  files: (m) => [m.files.log],
  when: (a) => a.worldWrite || a.groupWrite,
  can: 'others can forge the log',
});
