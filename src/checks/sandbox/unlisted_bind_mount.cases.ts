import { cases } from '../../core/cases.ts';

const home = (kind: string, ...list: string[]) =>
  `{ agents: { defaults: { sandbox: { mode: 'all', ${kind}: { binds: ${JSON.stringify(list)} } } } } }`;

export default cases('sandbox.unlisted_bind_mount', {
  fail: [
    {
      name: 'all containers of the host',
      config: home('docker', '/var/lib/docker:/d:ro'),
      expect: [{ variant: 'containers', at: 'agents.defaults.sandbox.docker.binds[0]' }],
    },
    {
      name: 'the host in the sandbox browser',
      config: home('browser', '/etc:/host'),
      expect: [{ variant: 'browser', at: 'agents.defaults.sandbox.browser.binds[0]' }],
    },
  ],
  pass: [{ name: 'a data directory', config: home('docker', '/srv/data:/data') }],
  near: [{ name: 'a blocked path is another finding', config: home('docker', '/etc:/e') }],
});
