import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.config_include.perms_world_readable',
  title: 'Included config file is readable by everybody on this machine',
  why: 'The config holds tokens and passwords, or at least says where they are and who is trusted.',
  severity: 'critical',
  what: 'Included config file',
  files: (m) => m.files.of('config-include'),
  when: (a) => a.worldRead && !a.worldWrite && !a.groupWrite,
  can: 'every local user can read it',
});
