import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.sessions_store.perms_writable',
  title: 'Session index of an agent is writable by others',
  why: 'Others can route a conversation to another transcript or take over its settings.',
  severity: 'warn',
  what: 'Session index',
  files: (m) => m.files.ofRoster('sessions-store'),
  when: (a) => a.worldWrite || a.groupWrite,
  can: 'others can reroute sessions',
});
