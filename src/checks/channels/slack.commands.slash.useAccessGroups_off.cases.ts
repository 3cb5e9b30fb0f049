import { cases } from '../../core/cases.ts';

const home = (slack: string, groups: boolean) => ({
  version: '2026.3.7',
  config: `{ channels: { slack: { botToken: 'b', appToken: 'a', ${slack} } }, commands: { useAccessGroups: ${groups} } }`,
});

export default cases('channels.slack.commands.slash.useAccessGroups_off', {
  fail: [
    {
      name: 'off',
      ...home('slashCommand: { enabled: true }', false),
      expect: [{ variant: 'off', at: 'commands.useAccessGroups' }],
    },
  ],
  pass: [{ name: 'on', ...home('slashCommand: { enabled: true }', true) }],
  near: [{ name: 'no slash command', ...home(`commands: { native: 'auto' }`, false) }],
});
