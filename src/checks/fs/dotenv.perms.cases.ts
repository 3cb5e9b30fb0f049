import { cases } from '../../core/cases.ts';

export default cases('fs.dotenv.perms', {
  fail: [
    {
      name: '0644',
      config: '{}',
      files: { '~state/.env': { role: 'dotenv', mode: 0o644 } },
      expect: [{ variant: 'loose', at: '~state/.env' }],
    },
    {
      name: '0620',
      config: '{}',
      files: { '~state/.env': { role: 'dotenv', mode: 0o620 } },
      expect: [{ variant: 'loose', at: '~state/.env' }],
    },
  ],
  pass: [{ name: 'private', config: '{}', files: { '~state/.env': { role: 'dotenv', mode: 0o600 } } }],
  near: [{ name: 'executable by others', config: '{}', files: { '~state/.env': { role: 'dotenv', mode: 0o611 } } }],
  unknown: [
    {
      name: 'its mode cannot be read',
      config: '{}',
      files: { '~state/.env': { role: 'dotenv', kind: 'unreadable', mode: 0, error: 'permission denied' } },
    },
  ],
});
