import { cases } from '../../core/cases.ts';

const home = (value: string) =>
  `{ agents: { defaults: { sandbox: { mode: 'all', docker: { seccompProfile: ${value} } } } } }`;

export default cases('sandbox.dangerous_seccomp_profile', {
  fail: [
    {
      name: 'unconfined',
      config: home(`' Unconfined '`),
      expect: [{ variant: 'set', at: 'agents.defaults.sandbox.docker.seccompProfile' }],
    },
    {
      name: 'of one agent, whatever its mode',
      config: `{ agents: { list: [{ id: 'a', sandbox: { docker: { seccompProfile: ' Unconfined ' } } }] } }`,
      expect: [{ variant: 'set', at: 'agents.list[0].sandbox.docker.seccompProfile' }],
    },
  ],
  pass: [{ name: 'safe', config: home(`'/etc/seccomp/openclaw.json'`) }],
  near: [{ name: 'a file of that name', config: home(`'unconfined.json'`) }],
  unknown: [{ name: 'unset variable', config: home("'${X}'") }],
});
