import { cases } from '../../core/cases.ts';

const home = (tools: string, more = '') =>
  `{ gateway: { auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } },
     channels: { telegram: { botToken: '1:x', dmPolicy: 'open', allowFrom: ['*'] } }, tools: ${tools}${more} }`;
const guild = (tools: string, more = '') =>
  `{ gateway: { auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } },
     channels: { discord: { token: 'x', guilds: { '1': {} } } }, tools: ${tools}${more} }`;

const READ = `{ deny: ['group:runtime', 'write', 'edit', 'apply_patch'] }`;

export default cases('exposure.path.credentials', {
  fail: [
    { name: 'a stranger writes', config: home(READ), expect: [{ variant: 'stranger' }] },
    { name: 'a member of a listed server writes', config: guild(READ), expect: [{ variant: 'circle' }] },
  ],
  pass: [{ name: 'no file tools', config: home(`{ deny: ['group:runtime', 'group:fs'] }`) }],
  near: [
    { name: 'files of the workspace only', config: home(`{ deny: ['group:runtime'], fs: { workspaceOnly: true } }`) },
  ],
  unknown: [
    {
      name: 'whether the workspace is the limit',
      config: home("{ deny: ['group:runtime'], fs: { workspaceOnly: '${W}' } }"),
    },
  ],
  notApplicable: [{ name: 'a stranger has the shell', config: home('{}') }],
});
