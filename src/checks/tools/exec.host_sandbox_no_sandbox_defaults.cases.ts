import { cases } from '../../core/cases.ts';

export default cases('tools.exec.host_sandbox_no_sandbox_defaults', {
  fail: [
    {
      name: 'no sandbox',
      config: `{ tools: { exec: { host: 'sandbox' } } }`,
      after: `{ tools: { exec: { host: 'sandbox' } }, agents: { defaults: { sandbox: { mode: 'all' } } } }`,
      expect: [{ variant: 'missing', at: 'tools.exec.host' }],
    },
  ],
  pass: [
    {
      name: 'with a sandbox',
      config: `{ tools: { exec: { host: 'sandbox' } }, agents: { defaults: { sandbox: { mode: 'all' } } } }`,
    },
  ],
  near: [
    {
      name: 'for sessions other than the main one',
      config: `{ tools: { exec: { host: 'sandbox' } }, agents: { defaults: { sandbox: { mode: 'non-main' } } } }`,
    },
    { name: 'not written', config: '{}' },
    { name: 'on the gateway on purpose', config: `{ tools: { exec: { host: 'gateway' } } }` },
  ],
  unknown: [{ name: 'unset variable', config: "{ tools: { exec: { host: '${H}' } } }" }],
});
