import { cases } from '../../core/cases.ts';

export default cases('config.other_dangerous_flags', {
  fail: [
    {
      name: 'host commands from chat',
      config: '{ commands: { bash: true } }',
      expect: [{ variant: 'set', at: 'commands.bash' }],
    },
    {
      name: 'of one agent',
      config: `{ agents: { list: [{ id: 'a', sandbox: { browser: { allowHostControl: true } } }] } }`,
      expect: [{ variant: 'set', at: 'agents.list[0].sandbox.browser.allowHostControl' }],
    },
  ],
  pass: [{ name: 'none', config: '{}' }],
  near: [{ name: 'written, and off', config: '{ commands: { bash: false }, browser: { noSandbox: false } }' }],
});
