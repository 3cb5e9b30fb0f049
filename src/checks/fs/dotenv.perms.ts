import { permissionCheck } from '../_families/permissions.ts';

export default permissionCheck({
  id: 'fs.dotenv.perms',
  title: 'Environment file of the gateway is open to others',
  why: 'The .env of the state directory holds tokens in clear text, and whoever writes it sets the environment of the gateway.',
  severity: 'critical',
  what: 'Environment file',
  files: (m) => m.files.of('dotenv'),
  when: (a) => a.worldRead || a.groupRead || a.worldWrite || a.groupWrite,
  can: 'others can read or change its secrets',
});
