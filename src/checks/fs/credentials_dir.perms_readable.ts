import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.credentials_dir.perms_readable',
  title: 'Credentials directory is readable by others',
  why: 'Channel logins and the approved senders lie there.',
  severity: 'warn',
  what: 'Credentials directory',
  files: (m) => [m.files.credentialsDir].filter((f) => f?.kind !== 'file'),
  when: (a) => (a.worldRead || a.groupRead) && !a.worldWrite && !a.groupWrite,
  can: 'others can list channel logins',
});
