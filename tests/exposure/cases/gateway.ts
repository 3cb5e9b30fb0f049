import { exposureCases } from '../case.ts';

const SECRET = 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa';

/** What comes in through the gateway's port. */
export const GATEWAY = exposureCases(
  { name: 'nothing is set', config: '{}', paths: [], closes: '0/0' },
  { name: 'there is no config', paths: [], closes: '0/0' },
  {
    name: 'the local network, a good token',
    config: `{ gateway: { bind: 'lan', auth: { token: '${SECRET}' } } }`,
    paths: [],
  },
  {
    name: 'the local network, a guessable token',
    config: `{ gateway: { bind: 'lan', auth: { token: 'changeme' } } }`,
    paths: ['lan host-shell open', 'local-user host-shell open'],
    cut: ['Let the gateway listen on this machine only'],
  },
  {
    name: 'the local network, no token in sight',
    config: `{ gateway: { bind: 'lan' } }`,
    paths: ['lan host-shell possible'],
  },
  {
    name: 'the local network, a token that is kept elsewhere',
    config: `{ gateway: { bind: 'lan', auth: { token: { source: 'exec', provider: 'vault', id: 'x' } } } }`,
    paths: [],
  },
  {
    name: 'the local network, no authentication: single tools over HTTP',
    config: `{ gateway: { bind: 'lan', auth: { mode: 'none' } } }`,
    paths: [
      'lan lan open',
      'lan outbound-messages open',
      'lan paired-devices possible',
      'content-author lan open',
      'content-author outbound-messages open',
      'content-author paired-devices possible',
      'local-user host-shell open',
    ],
  },
  {
    name: 'the local network, no authentication, an endpoint for agents',
    config: `{ gateway: { bind: 'lan', auth: { mode: 'none' }, http: { endpoints: { chatCompletions: { enabled: true } } } } }`,
    paths: ['lan host-shell open', 'content-author host-shell open', 'local-user host-shell open'],
  },
  {
    name: 'the local network, no authentication, the gateway tool over HTTP',
    config: `{ gateway: { bind: 'lan', auth: { mode: 'none' }, tools: { allow: ['gateway'] } } }`,
    paths: ['lan host-shell open', 'content-author host-shell open', 'local-user host-shell open'],
  },
  {
    name: 'a sandbox for every conversation does not surely hold single tools over HTTP',
    config: `{ gateway: { bind: 'lan', auth: { mode: 'none' }, tools: { allow: ['gateway'] } }, agents: { defaults: { sandbox: { mode: 'all' } } } }`,
    paths: [
      'lan host-shell possible',
      'content-author host-shell possible',
      'local-user host-shell open',
      'local-user host-shell possible',
    ],
  },
  {
    name: 'the local network, no authentication, no approval of devices',
    config: `{ gateway: { bind: 'lan', auth: { mode: 'none' }, controlUi: { dangerouslyDisableDeviceAuth: true } } }`,
    paths: [
      'lan host-shell open',
      'content-author lan open',
      'content-author outbound-messages open',
      'content-author paired-devices possible',
      'local-user host-shell open',
    ],
  },
  {
    name: 'this machine only, no authentication, newer version',
    version: '2026.9.6',
    config: `{ gateway: { auth: { mode: 'none' } } }`,
    paths: ['local-user host-shell open'],
    closes: '0/0',
  },
  {
    name: 'published to the internet with a guessable password',
    config: `{ gateway: { tailscale: { mode: 'funnel' }, auth: { mode: 'password', password: 'changeme' } } }`,
    paths: ['internet host-shell open', 'local-user host-shell open'],
    cut: ['Take the gateway off Tailscale'],
  },
  {
    name: 'offered to the tailnet with a good token',
    config: `{ gateway: { tailscale: { mode: 'serve' }, auth: { token: '${SECRET}' } } }`,
    paths: [],
  },
  {
    name: 'a public address',
    config: `{ gateway: { bind: 'custom', customBindHost: '203.0.113.9', auth: { token: 'changeme' } } }`,
    paths: ['internet host-shell open', 'local-user host-shell open'],
  },
  {
    name: 'a custom address of this machine',
    config: `{ gateway: { bind: 'custom', customBindHost: '127.0.0.1', auth: { token: 'changeme' } } }`,
    paths: ['local-user host-shell open'],
  },
  {
    name: 'a proxy on this machine vouches for callers',
    config: `{ gateway: { bind: 'lan', trustedProxies: ['127.0.0.1'], auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: 'x-user' } } } }`,
    paths: ['local-user host-shell open'],
  },
  {
    name: 'every address may be the proxy',
    config: `{ gateway: { bind: 'lan', trustedProxies: ['0.0.0.0/0'], auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: 'x-user' } } } }`,
    paths: ['lan outbound-messages open', 'lan lan open', 'lan paired-devices possible', 'local-user host-shell open'],
  },
  { name: 'the bind cannot be told', config: "{ gateway: { bind: '${BIND}' } }", paths: ['lan host-shell possible'] },
  {
    name: 'programs that hold the token are a note',
    config: `{ gateway: { auth: { token: '${SECRET}' }, http: { endpoints: { responses: { enabled: true } } }, nodes: { allowCommands: ['camera.snap'] } } }`,
    paths: [],
    notes: ['http-client host-shell open', 'paired-node host-shell open'],
  },
  {
    name: 'the gateway is another machine',
    config: `{ gateway: { mode: 'remote', bind: 'lan', auth: { mode: 'none' } } }`,
    paths: [],
    gap: 'The gateway runs on another machine',
  },
);
