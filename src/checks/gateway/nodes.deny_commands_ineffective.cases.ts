import { cases } from '../../core/cases.ts';

export default cases('gateway.nodes.deny_commands_ineffective', {
  fail: [
    {
      name: 'a wildcard',
      config: `{ gateway: { nodes: { denyCommands: ['system.*'] } } }`,
      expect: [{ variant: 'pattern', at: 'gateway.nodes.denyCommands[0]' }],
    },
    {
      name: 'a misspelt name',
      config: `{ gateway: { nodes: { denyCommands: ['system.run', 'system.runn'] } } }`,
      expect: [{ variant: 'unknown', at: 'gateway.nodes.denyCommands[1]' }],
    },
    {
      name: 'a group and another case',
      config: `{ gateway: { nodes: { denyCommands: ['group:camera', 'System.run'] } } }`,
      expect: [{ variant: 'both' }],
    },
    {
      name: 'the newer spelling',
      version: '2026.9.6',
      config: `{ gateway: { nodes: { commands: { deny: ['canvas.eval'] } } } }`,
      expect: [{ variant: 'unknown', at: 'gateway.nodes.commands.deny[0]' }],
    },
  ],
  pass: [
    { name: 'exact names', config: `{ gateway: { nodes: { denyCommands: [' system.run ', 'browser.proxy'] } } }` },
  ],
  near: [
    {
      name: 'a command that is allowed elsewhere',
      config: `{ gateway: { nodes: { allowCommands: ['acme.lights'], denyCommands: ['acme.lights'] } } }`,
    },
    {
      name: 'the dangerous commands, as the set-up assistant writes them',
      config: `{ gateway: { nodes: { denyCommands: ['camera.snap', 'camera.clip', 'screen.record', 'sms.send'] } } }`,
    },
    { name: 'blanks', config: `{ gateway: { nodes: { denyCommands: ['', '  '] } } }` },
  ],
  unknown: [{ name: 'an entry is an unset variable', config: "{ gateway: { nodes: { denyCommands: ['${CMD}'] } } }" }],
});
