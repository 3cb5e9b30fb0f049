import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.state_dir.perms_world_writable',
  title: 'State directory is writable by everybody on this machine',
  why: 'Whoever can write there replaces the config, plugs in code and reads every secret the next time the gateway starts.',
  severity: 'critical',
  what: 'State directory',
  files: (m) => [m.files.stateDir],
  when: (a) => a.worldWrite,
  can: 'every local user can change what the bot is',
});
