import { cases } from '../../core/cases.ts';

export default cases('sandbox.docker_config_mode_off', {
  fail: [
    {
      name: 'defaults',
      config: `{ agents: { defaults: { sandbox: { docker: { network: 'none' } } } } }`,
      expect: [{ variant: 'off', at: 'agents.defaults.sandbox.docker' }],
    },
    {
      name: 'one agent',
      config: `{ agents: { defaults: { sandbox: { mode: 'all' } }, list: [{ id: 'a', sandbox: { mode: 'off', docker: { memory: '1g' } } }] } }`,
      expect: [{ variant: 'off', at: 'agents.list[0].sandbox.docker' }],
    },
  ],
  pass: [{ name: 'on', config: `{ agents: { defaults: { sandbox: { mode: 'all', docker: { network: 'none' } } } } }` }],
  near: [
    { name: 'an empty object', config: `{ agents: { defaults: { sandbox: { docker: {} } } } }` },
    {
      name: 'an agent uses the defaults',
      config: `{ agents: { defaults: { sandbox: { docker: { network: 'none' } } }, list: [{ id: 'a', sandbox: { mode: 'all' } }] } }`,
    },
  ],
  unknown: [
    {
      name: 'the mode is unset',
      config: "{ agents: { defaults: { sandbox: { mode: '${M}', docker: { network: 'none' } } } } }",
    },
  ],
});
