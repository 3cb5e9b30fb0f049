import { exposureCases, SAFE_GATEWAY, telegram } from '../case.ts';

const OPEN = telegram(`dmPolicy: 'open', allowFrom: ['*']`);
const AGENTS = (main: string, more = '') => `agents: { list: [{ id: 'main', default: true, ${main} }${more}] }`;

/** What a stranger reaches by writing a direct message. */
export const DIRECT_MESSAGES = exposureCases(
  {
    name: 'nothing is set: approved senders only',
    config: `{ ${SAFE_GATEWAY}, ${telegram('')} }`,
    paths: [],
    cut: [],
    closes: '0/0',
  },
  {
    name: 'an open account in front of default tools',
    config: `{ ${SAFE_GATEWAY}, ${OPEN} }`,
    paths: ['anyone-dm host-shell open'],
    cut: ['Let new senders on Telegram wait for your approval'],
    closes: '1/1',
  },
  {
    name: 'an open account bound to a harmless agent, beside one with commands',
    config: `{ ${SAFE_GATEWAY}, ${OPEN}, session: { dmScope: 'per-channel-peer' },
      ${AGENTS('', `, { id: 'desk', tools: { profile: 'minimal' } }`)},
      bindings: [{ agentId: 'desk', match: { channel: 'telegram', accountId: '*' } }] }`,
    paths: [],
  },
  {
    name: 'the sandbox is for other sessions, and direct messages are in the main one',
    config: `{ ${SAFE_GATEWAY}, ${OPEN}, agents: { defaults: { sandbox: { mode: 'non-main' } } } }`,
    paths: ['anyone-dm host-shell open'],
  },
  {
    name: 'the sandbox is for other sessions, and every sender has one',
    config: `{ ${SAFE_GATEWAY}, ${OPEN}, session: { dmScope: 'per-channel-peer' },
      agents: { defaults: { sandbox: { mode: 'non-main' } } } }`,
    paths: [],
  },
  {
    name: 'whether there is a sandbox cannot be told',
    config: `{ ${SAFE_GATEWAY}, ${OPEN}, session: { dmScope: 'per-channel-peer' },
      agents: { defaults: { sandbox: { mode: '\${SANDBOX}' } } } }`,
    paths: ['anyone-dm host-shell possible'],
  },
);
