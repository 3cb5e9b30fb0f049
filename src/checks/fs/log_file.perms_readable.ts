import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.log_file.perms_readable',
  title: 'Log file is readable by others',
  why: 'Logs hold message text, tool arguments and sometimes what redaction missed.',
  severity: 'warn',
  what: 'Log file',
  files: (m) => [m.files.log],
  when: (a) => a.worldRead || a.groupRead,
  can: 'others can read the log',
});
