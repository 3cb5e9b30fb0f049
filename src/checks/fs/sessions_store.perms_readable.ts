import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.sessions_store.perms_readable',
  title: 'Session index of an agent is readable by others',
  why: 'It lists who talks to the bot, when and about what, and where the transcripts are.',
  severity: 'warn',
  what: 'Session index',
  files: (m) => m.files.ofRoster('sessions-store'),
  when: (a) => a.worldRead || a.groupRead,
  can: 'others can read who talks to the bot',
});
