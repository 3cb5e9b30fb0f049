import { cases } from '../../core/cases.ts';

const home = (tools: string, more = '') =>
  `{ gateway: { auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } },
     channels: { telegram: { botToken: '1:x', dmPolicy: 'open', allowFrom: ['*'] } }, tools: ${tools}${more} }`;
const guild = (tools: string, more = '') =>
  `{ gateway: { auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } },
     channels: { discord: { token: 'x', guilds: { '1': {} } } }, tools: ${tools}${more} }`;

const WRITE = `{ deny: ['group:runtime', 'read'] }`;

export default cases('exposure.path.host-files', {
  fail: [
    { name: 'a stranger writes', config: home(WRITE), expect: [{ variant: 'stranger' }] },
    { name: 'a member of a listed server writes', config: guild(WRITE), expect: [{ variant: 'circle' }] },
  ],
  pass: [{ name: 'no file tools', config: home(`{ deny: ['group:runtime', 'group:fs'] }`) }],
  near: [{ name: 'reading only', config: home(`{ deny: ['group:runtime', 'write', 'edit', 'apply_patch'] }`) }],
  unknown: [
    {
      name: 'whether the workspace is the limit',
      config: home("{ deny: ['group:runtime'], fs: { workspaceOnly: '${W}' } }"),
    },
  ],
});
