import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.auth_profiles.perms_writable',
  title: 'Model credentials of an agent are writable by others',
  why: 'Others can put in a key of their own and read along at a provider they control.',
  severity: 'critical',
  what: 'Credential store',
  files: (m) => m.files.ofRoster('auth-profiles'),
  when: (a) => a.worldWrite || a.groupWrite,
  can: 'others can swap the keys',
});
