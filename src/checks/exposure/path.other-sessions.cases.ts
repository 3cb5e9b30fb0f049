import { cases } from '../../core/cases.ts';

const home = (tools: string, more = '') =>
  `{ gateway: { auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } },
     channels: { telegram: { botToken: '1:x', dmPolicy: 'open', allowFrom: ['*'] } }, tools: ${tools}${more} }`;
const APART = ", session: { dmScope: 'per-channel-peer' }";
const SEARCH = `{ allow: ['web_search'] }`;
const webhook = (key: string) =>
  `{ gateway: { auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }, tools: ${SEARCH},
     hooks: { enabled: true, token: 'Hq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fb', allowRequestSessionKey: ${key} } }`;

export default cases('exposure.path.other-sessions', {
  fail: [
    { name: 'a stranger writes', config: home(SEARCH), expect: [{ variant: 'stranger' }] },
    {
      name: 'webhooks name their session',
      config: webhook('true'),
      expect: [{ variant: 'circle', at: 'hooks.token' }],
    },
  ],
  pass: [{ name: 'every sender has a conversation', config: home(SEARCH, APART) }],
  near: [{ name: 'webhooks get a session of their own', config: webhook('false') }],
  unknown: [{ name: 'whether direct messages are shared', config: home(SEARCH, ", session: { dmScope: '${SCOPE}' }") }],
});
