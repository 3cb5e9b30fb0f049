import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.config.perms_world_readable',
  title: 'Config is readable by everybody on this machine',
  why: 'The config holds tokens and passwords, or at least says where they are and who is trusted.',
  severity: 'critical',
  what: 'Config',
  files: (m) => [m.files.config].filter((f) => !f?.link),
  when: (a) => a.worldRead && !a.worldWrite && !a.groupWrite,
  can: 'every local user can read it',
});
