import { cases } from '../../core/cases.ts';

const telegram = (more: string, version = '2026.3.7') => ({
  version,
  config: `{ channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', ${more} } } }`,
});

export default cases('channels.<provider>.groups.open', {
  fail: [
    {
      name: 'open',
      ...telegram(`groupPolicy: 'open'`),
      after: telegram(`groupPolicy: 'allowlist'`).config,
      expect: [{ variant: 'open', id: 'channels.telegram.groups.open', at: 'channels.telegram.groupPolicy' }],
    },
    { name: 'open in 2026.9.6', ...telegram(`groupPolicy: 'open'`, '2026.9.6'), expect: [{ variant: 'openNewer' }] },
    {
      name: 'the default of Zalo',
      config: `{ channels: { zalo: { botToken: 'b' } } }`,
      after: `{ channels: { zalo: { botToken: 'b', groupPolicy: 'allowlist' } } }`,
      expect: [{ variant: 'open', id: 'channels.zalo.groups.open' }],
    },
    {
      name: 'from the defaults of all channels',
      config: `{ channels: { defaults: { groupPolicy: 'open' }, line: { channelAccessToken: 'a', channelSecret: 's' } } }`,
      after: `{ channels: { defaults: { groupPolicy: 'allowlist' }, line: { channelAccessToken: 'a', channelSecret: 's' } } }`,
      expect: [{ variant: 'open', at: 'channels.defaults.groupPolicy' }],
    },
  ],
  pass: [{ name: 'listed', ...telegram(`groupPolicy: 'allowlist'`) }],
  near: [
    {
      name: 'the schema of the channel overrules the defaults of all',
      version: '2026.3.7',
      config: `{ channels: { defaults: { groupPolicy: 'open' }, telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' } } }`,
    },
    { name: 'disabled', ...telegram(`enabled: false, groupPolicy: 'open'`) },
  ],
});
