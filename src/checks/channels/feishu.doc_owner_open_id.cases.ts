import { cases } from '../../core/cases.ts';

const home = (more: string) => `{ channels: { feishu: { ${more} } } }`;

export default cases('channels.feishu.doc_owner_open_id', {
  fail: [
    {
      name: 'on is the default',
      config: home(`appId: 'a', appSecret: 'b'`),
      expect: [{ variant: 'on', at: 'channels.feishu.tools.doc' }],
    },
    {
      name: 'an account whose tools replace those of the channel',
      config: home(`appId: 'a', appSecret: 'b', tools: { doc: false }, accounts: { x: { tools: {} } }`),
      expect: [{ variant: 'on', at: 'channels.feishu.accounts.x.tools.doc' }],
    },
  ],
  pass: [{ name: 'off', config: home(`appId: 'a', appSecret: 'b', tools: { doc: false }`) }],
  near: [
    { name: 'disabled', config: home(`enabled: false, appId: 'a', appSecret: 'b'`) },
    { name: 'no secret', config: home(`appId: 'a'`) },
    { name: 'every account is off', config: home(`appId: 'a', appSecret: 'b', accounts: { x: { enabled: false } }`) },
  ],
});
