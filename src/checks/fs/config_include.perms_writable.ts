import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.config_include.perms_writable',
  title: 'Included config file is writable by others',
  why: 'Whoever can write the config decides who may talk to the bot and which tools it has.',
  severity: 'critical',
  what: 'Included config file',
  files: (m) => m.files.of('config-include'),
  when: (a) => a.worldWrite || a.groupWrite,
  can: 'others can rewrite a part of the config',
});
