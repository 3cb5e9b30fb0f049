import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.credential_files.perms',
  title: 'A channel login or approval list is open to others',
  why: 'A login file lets its reader be the bot on that channel; an approval list decides who may talk to it.',
  severity: 'critical',
  what: 'Credential file',
  files: (m) => m.files.of('credential'),
  when: (a) => a.worldRead || a.groupRead || a.worldWrite || a.groupWrite,
  can: 'others can use or change it',
});
