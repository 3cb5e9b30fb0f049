import { cases } from '../../core/cases.ts';

const binds = (...list: string[]) =>
  `{ agents: { defaults: { sandbox: { mode: 'all', docker: { binds: ${JSON.stringify(list)} } } } } }`;

export default cases('sandbox.bind_mount_non_absolute', {
  fail: [
    {
      name: 'a relative path',
      config: binds('/srv/a:/a', 'data:/data'),
      expect: [{ variant: 'relative', at: 'agents.defaults.sandbox.docker.binds[1]' }],
    },
  ],
  pass: [{ name: 'absolute', config: binds('/srv/a:/a:ro') }],
  near: [
    {
      name: 'a drive on Windows',
      config: binds('C:/data:/data'),
      snapshot: { host: { platform: 'win32', uid: null, gid: null, homeDir: 'C:/u', osHomeDir: 'C:/u', cwd: 'C:/u' } },
    },
  ],
});
