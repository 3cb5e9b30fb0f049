import { cases } from '../../core/cases.ts';

const home = (exec: string, more = '') =>
  `{ channels: { telegram: { dmPolicy: 'open', allowFrom: ['*'] } }, tools: { ${more}exec: { ${exec} } } }`;

export default cases('security.exposure.open_channels_with_exec', {
  fail: [
    {
      name: 'a list of commands',
      config: home("security: 'allowlist'"),
      expect: [{ variant: 'allowlist', at: 'channels.telegram.dmPolicy' }],
    },
    { name: 'every command', config: home("security: 'full'"), expect: [{ variant: 'full' }] },
  ],
  pass: [{ name: 'no commands', config: home("security: 'deny'") }],
  near: [
    { name: 'the exec tool is denied', config: home("security: 'full'", "deny: ['group:runtime'], ") },
    {
      name: 'nobody is let in',
      config: `{ tools: { exec: { security: 'full' } }, channels: { telegram: { dmPolicy: 'pairing' } } }`,
    },
    {
      name: 'the channel is disabled',
      config: `{ tools: { exec: { security: 'full' } }, channels: { telegram: { enabled: false, dmPolicy: 'open' } } }`,
    },
  ],
  unknown: [
    {
      name: 'unset variable',
      config: "{ channels: { telegram: { dmPolicy: 'open' } }, tools: { exec: { security: '${S}' } } }",
    },
  ],
});
