import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.config_include.perms_group_readable',
  title: 'Included config file is readable by its group',
  why: 'The config holds tokens and passwords, or at least says where they are and who is trusted.',
  severity: 'warn',
  what: 'Included config file',
  files: (m) => m.files.of('config-include'),
  when: (a) => a.groupRead && !a.worldRead && !a.worldWrite && !a.groupWrite,
  can: 'its group can read it',
});
