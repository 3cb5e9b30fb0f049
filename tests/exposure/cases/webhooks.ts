import { exposureCases, SAFE_GATEWAY } from '../case.ts';

const TOKEN = 'Hr3nWc0Mx5Sa9Ld2Oq6Uz4Ie7Kt1Gb';
const home = (hooks: string, ...parts: string[]) =>
  `{ ${[SAFE_GATEWAY, `hooks: { enabled: true, ${hooks} }`, ...parts].join(', ')} }`;
const SANDBOX = (mode: string) => `agents: { defaults: { sandbox: { mode: '${mode}' } } }`;

/** What comes in through webhooks and mail. */
export const WEBHOOKS = exposureCases(
  {
    name: 'a good token: the services that hold it, as a warning',
    config: home(`token: '${TOKEN}'`),
    paths: ['webhook-caller host-shell open'],
    closes: '0/0',
  },
  { name: 'webhooks are off', config: `{ ${SAFE_GATEWAY}, hooks: { token: '${TOKEN}' } }`, paths: [] },
  { name: 'sessions of webhooks are in a sandbox', config: home(`token: '${TOKEN}'`, SANDBOX('non-main')), paths: [] },
  {
    name: 'callers name the main session, which is in no sandbox',
    config: home(`token: '${TOKEN}', allowRequestSessionKey: true`, SANDBOX('non-main')),
    paths: ['webhook-caller host-shell open'],
  },
  {
    name: 'callers name sessions of their own only',
    config: home(
      `token: '${TOKEN}', allowRequestSessionKey: true, allowedSessionKeyPrefixes: ['hook:']`,
      SANDBOX('non-main'),
    ),
    paths: [],
  },
  {
    name: 'callers name a session of others, and the agent is harmless',
    config: home(`token: '${TOKEN}', allowRequestSessionKey: true`, `tools: { allow: ['web_search'] }`),
    paths: ['webhook-caller other-sessions open'],
  },
  {
    name: 'the token is that of the gateway',
    config: home(`token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa'`, `tools: { allow: ['web_search'] }`),
    paths: ['webhook-caller host-shell open'],
  },
  {
    name: 'a guessable token in the local network',
    config: `{ gateway: { bind: 'lan', auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }, hooks: { enabled: true, token: 'changeme' } }`,
    paths: ['lan host-shell open', 'local-user host-shell open', 'webhook-caller host-shell open'],
  },
  {
    name: 'only a harmless agent may be named',
    config: home(
      `token: '${TOKEN}', allowedAgentIds: ['desk']`,
      `agents: { list: [{ id: 'main', default: true }, { id: 'desk', tools: { profile: 'minimal' } }] }`,
    ),
    paths: [],
  },
  {
    name: 'mail is taken for the task',
    config: home(`token: '${TOKEN}', gmail: { account: 'me@example.com', allowUnsafeExternalContent: true }`),
    paths: ['content-author host-shell open', 'webhook-caller host-shell open'],
    cut: ['Mark text from outside as foreign'],
    closes: '1/1',
  },
  {
    name: 'mail is marked as foreign',
    config: home(`token: '${TOKEN}', gmail: { account: 'me@example.com' }`),
    paths: ['webhook-caller host-shell open'],
    notes: ['content-author host-shell open'],
  },
  {
    name: 'a mapping takes text for the task, for an agent in a sandbox',
    config: home(
      `token: '${TOKEN}', mappings: [{ id: 'form', agentId: 'desk', allowUnsafeExternalContent: true }], allowedAgentIds: []`,
      `agents: { list: [{ id: 'main', default: true }, { id: 'desk', sandbox: { mode: 'all' } }] }`,
    ),
    paths: [],
  },
  {
    name: 'whether webhooks are on cannot be told',
    config: `{ ${SAFE_GATEWAY}, hooks: { enabled: '\${HOOKS}', token: '${TOKEN}' } }`,
    paths: ['webhook-caller host-shell possible'],
  },
);
