import { cases } from '../../core/cases.ts';

export default cases('gateway.nodes.allow_commands_dangerous', {
  fail: [
    {
      name: 'loopback',
      config: `{ gateway: { nodes: { allowCommands: ['system.run', 'sms.send'] } } }`,
      expect: [{ variant: 'local', at: 'gateway.nodes.allowCommands[1]' }],
    },
    {
      name: 'lan',
      config: `{ gateway: { bind: 'lan', nodes: { allowCommands: ['camera.snap'] } } }`,
      expect: [{ variant: 'exposed' }],
    },
    {
      name: 'the newer spelling',
      version: '2026.9.6',
      config: `{ gateway: { nodes: { commands: { allow: ['health.summary'] } } } }`,
      expect: [{ variant: 'local', at: 'gateway.nodes.commands.allow[0]' }],
    },
  ],
  pass: [{ name: 'nothing is allowed', config: '{}' }],
  near: [
    {
      name: 'allowed and denied',
      config: `{ gateway: { nodes: { allowCommands: ['sms.send'], denyCommands: ['sms.send'] } } }`,
    },
    { name: 'another spelling allows nothing', config: `{ gateway: { nodes: { allowCommands: ['CAMERA.SNAP'] } } }` },
    { name: 'harmless commands', config: `{ gateway: { nodes: { allowCommands: ['system.run', 'canvas.eval'] } } }` },
  ],
  unknown: [
    {
      name: 'the bind is an unset variable',
      config: "{ gateway: { bind: '${BIND}', nodes: { allowCommands: ['sms.send'] } } }",
    },
  ],
});
