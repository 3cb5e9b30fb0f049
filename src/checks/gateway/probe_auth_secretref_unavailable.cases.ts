import { cases } from '../../core/cases.ts';
import { probed } from '../_families/probed.ts';

const unsent = (reason: string) => probed({ credential: { kind: 'none', sent: false, reason } });
const reason = 'the file reference is not read here';

export default cases('gateway.probe_auth_secretref_unavailable', {
  fail: [
    {
      name: 'the token lies in a file of a secret provider',
      config: `{ gateway: { auth: { mode: 'token', token: { source: 'file', provider: 'vault', id: '/token' } } } }`,
      snapshot: unsent(reason),
      expect: [{ variant: 'reference', at: 'gateway.auth.token', severity: 'warn' }],
    },
    {
      name: 'the password is an unset variable',
      config: `{ gateway: { auth: { mode: 'password', password: '\${NO_SUCH_PW}' } } }`,
      snapshot: unsent('${NO_SUCH_PW} is not set here'),
      expect: [{ variant: 'reference', at: 'gateway.auth.password' }],
    },
    {
      name: 'the token of the remote gateway is a reference',
      config: `{ gateway: { mode: 'remote', remote: { url: 'ws://127.0.0.1:1', token: { source: 'exec', provider: 'op', id: 'x' } } } }`,
      snapshot: probed({ urlSource: 'remote-url', credential: { kind: 'none', sent: false, reason } }),
      expect: [{ variant: 'reference', at: 'gateway.remote.token' }],
    },
  ],
  pass: [
    {
      name: 'the variable is set',
      config: `{ gateway: { auth: { token: '\${TOKEN}' } } }`,
      env: { TOKEN: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' },
      snapshot: probed(),
    },
  ],
  near: [
    {
      name: 'the mode takes no token',
      config: `{ gateway: { auth: { mode: 'none', token: '\${TOKEN}' } } }`,
      snapshot: unsent('authentication mode none takes no secret'),
    },
    {
      name: 'there is no token at all',
      config: '{}',
      snapshot: unsent('no token is set'),
    },
    {
      name: 'the secret was given for this run',
      config: `{ gateway: { auth: { token: '\${TOKEN}' } } }`,
      snapshot: probed({ credential: { kind: 'token', from: 'flag', sent: true } }),
    },
    {
      name: 'another gateway was asked',
      config: `{ gateway: { auth: { token: '\${TOKEN}' } } }`,
      snapshot: probed({ urlSource: 'flag', credential: { kind: 'none', sent: false, reason: 'not of this config' } }),
    },
  ],
});
