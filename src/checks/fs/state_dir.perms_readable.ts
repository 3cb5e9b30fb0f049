import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.state_dir.perms_readable',
  title: 'State directory is readable by others',
  why: 'The directory holds sessions, credentials and the config; its listing and loose files in it are open to others.',
  severity: 'warn',
  what: 'State directory',
  files: (m) => [m.files.stateDir],
  when: (a) => (a.worldRead || a.groupRead) && !a.worldWrite && !a.groupWrite,
  can: 'others can list and read what is loose in it',
});
