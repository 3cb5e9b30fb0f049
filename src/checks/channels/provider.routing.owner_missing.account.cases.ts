import { cases } from '../../core/cases.ts';

const home = (more: string, ownership = 'explicit') => ({
  version: '2026.9.6',
  config: `{ agents: { ownership: '${ownership}', entries: { a: {}, b: {} } }, channels: { telegram: { botToken: '1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' } }${more} }`,
});

export default cases('channels.<provider>.routing.owner_missing.<account>', {
  fail: [
    {
      name: 'no binding',
      ...home(''),
      expect: [{ variant: 'missing', id: 'channels.telegram.routing.owner_missing.default', at: 'channels.telegram' }],
    },
  ],
  pass: [{ name: 'bound', ...home(`, bindings: [{ agentId: 'a', match: { channel: 'telegram' } }]`) }],
  near: [
    { name: 'a default agent answers', ...home('', 'auto') },
    {
      name: 'bound for direct messages',
      ...home(`, bindings: [{ agentId: 'b', match: { channel: 'telegram', peer: { kind: 'direct' } } }]`),
    },
  ],
});
