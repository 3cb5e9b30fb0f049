import { cases } from '../../core/cases.ts';

const home = (value: string) =>
  `{ agents: { defaults: { sandbox: { mode: 'all', docker: { apparmorProfile: ${value} } } } } }`;

export default cases('sandbox.dangerous_apparmor_profile', {
  fail: [
    {
      name: 'unconfined',
      config: home(`'UNCONFINED'`),
      expect: [{ variant: 'set', at: 'agents.defaults.sandbox.docker.apparmorProfile' }],
    },
    {
      name: 'of one agent, whatever its mode',
      config: `{ agents: { list: [{ id: 'a', sandbox: { docker: { apparmorProfile: 'UNCONFINED' } } }] } }`,
      expect: [{ variant: 'set', at: 'agents.list[0].sandbox.docker.apparmorProfile' }],
    },
  ],
  pass: [{ name: 'safe', config: home(`'openclaw-sandbox'`) }],
  near: [{ name: 'a profile of that name', config: home(`'unconfined-ish'`) }],
  unknown: [{ name: 'unset variable', config: home("'${X}'") }],
});
