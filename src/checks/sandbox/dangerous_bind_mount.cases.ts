import { cases } from '../../core/cases.ts';

const binds = (...list: string[]) =>
  `{ agents: { defaults: { sandbox: { mode: 'all', docker: { binds: ${JSON.stringify(list)} } } } } }`;

export default cases('sandbox.dangerous_bind_mount', {
  fail: [
    {
      name: 'the whole host',
      config: binds('/..:/host'),
      expect: [{ variant: 'root', at: 'agents.defaults.sandbox.docker.binds[0]' }],
    },
    {
      name: 'the Docker socket',
      config: binds('/srv:/srv', '/var/run/docker.sock:/var/run/docker.sock'),
      expect: [{ variant: 'blocked', at: 'agents.defaults.sandbox.docker.binds[1]' }],
    },
    { name: 'up and down again', config: binds('/home/../etc:/x:ro'), expect: [{ variant: 'blocked' }] },
    {
      name: 'keys of a home in 2026.9.6',
      version: '2026.9.6',
      config: binds('/home/u/.ssh:/s'),
      expect: [{ variant: 'blocked' }],
    },
    {
      name: 'a directory that contains them in 2026.9.6',
      version: '2026.9.6',
      config: binds('/home:/h'),
      expect: [{ variant: 'covers' }],
    },
  ],
  pass: [{ name: 'a data directory', config: binds('/srv/data:/data') }],
  near: [
    { name: 'a name that only begins like one', config: binds('/etcx:/x', '/rooted:/r') },
    { name: 'homes before 2026.8.1', version: '2026.3.7', config: binds('/home/u:/h') },
  ],
});
