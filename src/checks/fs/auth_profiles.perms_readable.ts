import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.auth_profiles.perms_readable',
  title: 'Model credentials of an agent are readable by others',
  why: 'API keys and sign-in tokens in it can be used by whoever reads them, at your cost.',
  severity: 'warn',
  what: 'Credential store',
  files: (m) => m.files.ofRoster('auth-profiles'),
  when: (a) => (a.worldRead || a.groupRead) && !a.worldWrite && !a.groupWrite,
  can: 'others can read the keys',
});
