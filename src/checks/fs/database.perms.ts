import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.database.perms',
  title: 'A state database is open to others',
  why: 'Newer versions keep credentials, sessions and approvals in SQLite; its side files hold the newest rows.',
  severity: 'critical',
  what: 'State database',
  files: (m) => m.files.of('sqlite'),
  when: (a) => a.worldRead || a.groupRead || a.worldWrite || a.groupWrite,
  can: 'others can read or change the state of the bot',
});
