import { cases } from '../../core/cases.ts';

export default cases('tools.exec.host_sandbox_no_sandbox_agents', {
  fail: [
    {
      name: 'no sandbox',
      config: `{ agents: { list: [{ id: 'a', tools: { exec: { host: 'sandbox' } } }] } }`,
      expect: [{ variant: 'missing', at: 'agents.list[0].tools.exec.host' }],
    },
  ],
  pass: [
    {
      name: 'a sandbox of its own',
      config: `{ agents: { list: [{ id: 'a', sandbox: { mode: 'all' }, tools: { exec: { host: 'sandbox' } } }] } }`,
    },
  ],
  near: [
    {
      name: 'inherited from the global setting, which is another finding',
      config: `{ tools: { exec: { host: 'sandbox' } }, agents: { list: [{ id: 'a' }] } }`,
    },
  ],
  unknown: [
    { name: 'unset variable', config: "{ agents: { list: [{ id: 'a', tools: { exec: { host: '${H}' } } }] } }" },
  ],
});
