import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.config.perms_group_readable',
  title: 'Config is readable by its group',
  why: 'The config holds tokens and passwords, or at least says where they are and who is trusted.',
  severity: 'warn',
  what: 'Config',
  files: (m) => [m.files.config].filter((f) => !f?.link),
  when: (a) => a.groupRead && !a.worldRead && !a.worldWrite && !a.groupWrite,
  can: 'its group can read it',
});
