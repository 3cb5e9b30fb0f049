import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.config.perms_writable',
  title: 'Config is writable by others',
  why: 'Whoever can write the config decides who may talk to the bot and which tools it has.',
  severity: 'critical',
  what: 'Config',
  files: (m) => [m.files.config],
  when: (a) => a.worldWrite || a.groupWrite,
  can: 'others can rewrite who is trusted',
});
