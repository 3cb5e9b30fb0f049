import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.state_dir.perms_group_writable',
  title: 'State directory is writable by its group',
  why: 'Whoever can write there replaces the config, plugs in code and reads every secret the next time the gateway starts.',
  severity: 'warn',
  what: 'State directory',
  files: (m) => [m.files.stateDir],
  when: (a) => a.groupWrite && !a.worldWrite,
  can: 'its group can change what the bot is',
});
