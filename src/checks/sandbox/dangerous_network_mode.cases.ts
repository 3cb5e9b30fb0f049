import { cases } from '../../core/cases.ts';

const home = (value: string) => `{ agents: { defaults: { sandbox: { mode: 'all', docker: { network: ${value} } } } } }`;

export default cases('sandbox.dangerous_network_mode', {
  fail: [
    {
      name: 'the network of the host',
      config: home(`' HOST '`),
      expect: [{ variant: 'set', at: 'agents.defaults.sandbox.docker.network' }],
    },
    {
      name: 'of another container network',
      config: home(`'container:abc'`),
      expect: [{ variant: 'set', at: 'agents.defaults.sandbox.docker.network' }],
    },
    {
      name: 'of one agent, whatever its mode',
      config: `{ agents: { list: [{ id: 'a', sandbox: { docker: { network: ' HOST ' } } }] } }`,
      expect: [{ variant: 'set', at: 'agents.list[0].sandbox.docker.network' }],
    },
  ],
  pass: [{ name: 'safe', config: home(`'none'`) }],
  near: [{ name: 'a bridge', config: home(`'bridge'`) }],
  unknown: [{ name: 'unset variable', config: home("'${X}'") }],
});
