import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.other_agent.perms',
  title: 'Files of an agent outside the roster are open to others',
  why: 'A removed or unlisted agent keeps its credentials and sessions on disk, and nobody looks after them.',
  severity: 'warn',
  what: 'File',
  files: (m) => m.files.ofOthers('auth-profiles', 'sessions-store', 'agent-dir', 'sessions-dir'),
  when: (a) => a.worldRead || a.groupRead || a.worldWrite || a.groupWrite,
  can: 'others can read or change it',
});
