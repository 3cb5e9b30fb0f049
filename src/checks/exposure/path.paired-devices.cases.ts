import { cases } from '../../core/cases.ts';

const home = (tools: string, more = '') =>
  `{ gateway: { auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } },
     channels: { telegram: { botToken: '1:x', dmPolicy: 'open', allowFrom: ['*'] } }, tools: ${tools}${more} }`;
const guild = (tools: string, more = '') =>
  `{ gateway: { auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } },
     channels: { discord: { token: 'x', guilds: { '1': {} } } }, tools: ${tools}${more} }`;

const CAMERA = `, gateway: { auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' }, nodes: { allowCommands: ['camera.snap'] } }`;
const NODES = `{ allow: ['nodes'] }`;

export default cases('exposure.path.paired-devices', {
  fail: [
    { name: 'a stranger writes', config: home(NODES, CAMERA), expect: [{ variant: 'stranger' }] },
    { name: 'a member of a listed server writes', config: guild(NODES, CAMERA), expect: [{ variant: 'circle' }] },
  ],
  pass: [{ name: 'no such tool', config: home(`{ profile: 'minimal' }`, CAMERA) }],
  near: [{ name: 'denied', config: home(`{ allow: ['nodes'], deny: ['nodes'] }`, CAMERA) }],
  unknown: [{ name: 'whether a device is paired', config: home(NODES) }],
});
