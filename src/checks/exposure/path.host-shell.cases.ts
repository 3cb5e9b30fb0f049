import { cases } from '../../core/cases.ts';

const home = (tools: string, more = '') =>
  `{ gateway: { auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } },
     channels: { telegram: { botToken: '1:x', dmPolicy: 'open', allowFrom: ['*'] } }, tools: ${tools}${more} }`;
const guild = (tools: string, more = '') =>
  `{ gateway: { auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } },
     channels: { discord: { token: 'x', guilds: { '1': {} } } }, tools: ${tools}${more} }`;

export default cases('exposure.path.host-shell', {
  fail: [
    {
      name: 'a stranger writes',
      config: home('{}'),
      expect: [{ variant: 'stranger', at: 'channels.telegram.dmPolicy' }],
    },
    {
      name: 'a member of a listed server writes',
      config: guild('{}'),
      expect: [{ variant: 'circle', at: 'channels.discord.guilds["1"]' }],
    },
    {
      name: 'a guessable token in the local network',
      config: `{ gateway: { bind: 'lan', auth: { token: 'changeme' } } }`,
      expect: [{ variant: 'stranger', at: 'gateway.bind' }],
    },
  ],
  pass: [
    {
      name: 'new senders wait',
      config: home('{}').replace(`dmPolicy: 'open', allowFrom: ['*']`, `dmPolicy: 'pairing'`),
    },
  ],
  near: [
    { name: 'the agent runs no commands', config: home(`{ profile: 'minimal' }`) },
    {
      name: 'all of it in a sandbox',
      config: home('{}', `, agents: { defaults: { sandbox: { mode: 'all' } } }, session: { dmScope: 'per-peer' }`),
    },
  ],
  unknown: [
    {
      name: 'the sandbox cannot be told',
      config: home('{}', ", agents: { defaults: { sandbox: { mode: '${SB}' } } }"),
    },
  ],
});
