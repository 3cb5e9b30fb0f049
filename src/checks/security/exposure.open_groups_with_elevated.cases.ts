import { cases } from '../../core/cases.ts';

export default cases('security.exposure.open_groups_with_elevated', {
  fail: [
    {
      name: 'an open group',
      config: `{ channels: { telegram: { groupPolicy: 'open' } } }`,
      expect: [{ variant: 'open', at: 'channels.telegram.groupPolicy' }],
    },
    {
      name: 'an open account',
      config: `{ channels: { slack: { accounts: { work: { groupPolicy: 'open' } } } } }`,
      expect: [{ variant: 'open', at: 'channels.slack.accounts.work.groupPolicy' }],
    },
    {
      name: 'open for every channel',
      config: `{ channels: { defaults: { groupPolicy: 'open' }, slack: {} } }`,
      expect: [{ variant: 'open', at: 'channels.defaults.groupPolicy' }],
    },
    {
      name: 'open direct messages in 2026.9.6',
      version: '2026.9.6',
      config: `{ channels: { telegram: { dmPolicy: 'open', allowFrom: ['*'] } } }`,
      expect: [{ variant: 'open', at: 'channels.telegram.dmPolicy' }],
    },
  ],
  pass: [
    {
      name: 'elevated is off',
      config: `{ tools: { elevated: { enabled: false } }, channels: { telegram: { groupPolicy: 'open' } } }`,
    },
  ],
  near: [
    { name: 'listed groups', config: `{ channels: { telegram: { groupPolicy: 'allowlist', groups: { '-1': {} } } } }` },
    { name: 'the channel is disabled', config: `{ channels: { telegram: { enabled: false, groupPolicy: 'open' } } }` },
  ],
  unknown: [
    {
      name: 'elevated is a word',
      config: `{ tools: { elevated: { enabled: 'no' } }, channels: { telegram: { groupPolicy: 'open' } } }`,
    },
  ],
});
