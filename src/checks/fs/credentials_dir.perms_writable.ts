import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.credentials_dir.perms_writable',
  title: 'Credentials directory is writable by others',
  why: 'Others can add themselves to the approved senders or replace a channel login.',
  severity: 'critical',
  what: 'Credentials directory',
  files: (m) => [m.files.credentialsDir].filter((f) => f?.kind !== 'file'),
  when: (a) => a.worldWrite || a.groupWrite,
  can: 'others can change who is approved',
});
