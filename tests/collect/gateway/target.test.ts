import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type GatewayTargetInputs, selectGatewayTarget } from '../../../src/collect/gateway/target.ts';
import { parseGatewayUrl } from '../../../src/collect/gateway/url.ts';

type Inputs = Partial<GatewayTargetInputs>;
const select = (inputs: Inputs) => selectGatewayTarget({ processEnv: {}, ...inputs });

/** `url source`, or `refused: reason`. */
function where(inputs: Inputs): string {
  const target = select(inputs);
  return target.kind === 'probe' ? `${target.url} ${target.urlSource}` : `refused ${target.url} ${target.urlSource}`;
}

/** `kind value from`, or `none`. */
function withWhat(inputs: Inputs): string {
  const target = select(inputs);
  if (target.kind === 'refused') return 'refused';
  const { credential } = target;
  return credential.kind === 'none' ? 'none' : `${credential.kind} ${credential.secret.reveal()} ${credential.from}`;
}

describe('where the gateway is', () => {
  it.each<[name: string, inputs: Inputs, expected: string]>([
    ['the default', {}, 'ws://127.0.0.1:18789 local'],
    ['the configured port', { port: 19000 }, 'ws://127.0.0.1:19000 local'],
    ['TLS', { tls: true, port: 19000 }, 'wss://127.0.0.1:19000 local'],
    [
      'the port of the environment first',
      { port: 19000, processEnv: { OPENCLAW_GATEWAY_PORT: ' 19001 ' } },
      'ws://127.0.0.1:19001 local',
    ],
    ['the old name of that variable', { processEnv: { CLAWDBOT_GATEWAY_PORT: '19002' } }, 'ws://127.0.0.1:19002 local'],
    ['no port that is none', { port: 70000, processEnv: { OPENCLAW_GATEWAY_PORT: '0' } }, 'ws://127.0.0.1:18789 local'],
    ['no port in another spelling', { processEnv: { OPENCLAW_GATEWAY_PORT: '1e3' } }, 'ws://127.0.0.1:18789 local'],
    [
      'the URL of the environment',
      { processEnv: { OPENCLAW_GATEWAY_URL: 'ws://127.0.0.1:5' } },
      'ws://127.0.0.1:5 process-env',
    ],
    [
      'not that URL when it leaves the machine',
      { processEnv: { OPENCLAW_GATEWAY_URL: 'wss://gw.example' } },
      'refused wss://gw.example process-env',
    ],
    ['the remote URL in remote mode', { mode: 'remote', remoteUrl: 'ws://localhost:5' }, 'ws://localhost:5 remote-url'],
    ['no remote URL in local mode', { mode: 'local', remoteUrl: 'ws://localhost:5' }, 'ws://127.0.0.1:18789 local'],
    ['loopback in remote mode without a URL', { mode: 'remote', remoteUrl: '  ' }, 'ws://127.0.0.1:18789 local'],
    [
      'no remote URL that leaves the machine',
      { mode: 'remote', remoteUrl: 'wss://gw.example' },
      'refused wss://gw.example remote-url',
    ],
    [
      'the flag before all',
      { urlFlag: 'wss://gw.example/x', processEnv: { OPENCLAW_GATEWAY_URL: 'ws://127.0.0.1:5' } },
      'wss://gw.example/x flag',
    ],
    ['http as its counterpart', { urlFlag: 'https://gw.example' }, 'wss://gw.example flag'],
    ['no query, where a token may stand', { urlFlag: 'ws://127.0.0.1:5/?token=abc#t' }, 'ws://127.0.0.1:5 flag'],
    ['no user name or password', { urlFlag: 'ws://user:abc@127.0.0.1:5' }, 'refused ws://127.0.0.1:5 flag'],
    ['no other scheme', { urlFlag: 'file:///etc/passwd' }, 'refused file:// flag'],
    ['nothing that is no URL', { urlFlag: 'gw.example:1x' }, 'refused gw.example:// flag'],
    ['nothing that cannot be read', { urlFlag: '//' }, 'refused  flag'],
    [
      'no inherited property of the environment',
      { processEnv: Object.create({ OPENCLAW_GATEWAY_URL: 'ws://127.0.0.1:5' }) as Record<string, string> },
      'ws://127.0.0.1:18789 local',
    ],
  ])('%s', (_, inputs, expected) => {
    expect(where(inputs)).toBe(expected);
  });

  it.each([
    ['ws://127.0.0.1:1', true],
    ['ws://localhost:1', true],
    ['ws://LOCALHOST:1', true],
    ['ws://[::1]:1', true],
    ['ws://127.1:1', true],
    ['ws://0x7f.0.0.1:1', true],
    ['ws://[::ffff:127.0.0.1]:1', true],
    ['ws://127.0.0.1.example:1', false],
    ['ws://localhost.example:1', false],
    ['ws://localhost.:1', false],
    ['ws://0.0.0.0:1', false],
    ['ws://[::]:1', false],
    ['ws://10.0.0.1:1', false],
    ['ws://128.0.0.1:1', false],
    ['ws://[::ffff:10.0.0.1]:1', false],
  ])('%s is loopback: %s', (url, loopback) => {
    const parsed = parseGatewayUrl(url);
    expect(parsed.ok && parsed.at.loopback).toBe(loopback);
  });

  it('is an address for localhost, so that no resolver decides', () => {
    const parsed = parseGatewayUrl('ws://localhost:1');
    expect(parsed.ok && parsed.at.host).toBe('127.0.0.1');
  });
});

const both: Inputs = { token: { value: 'T' }, password: { value: 'P' } };
const env: Inputs = {
  envToken: { value: 'ET', from: 'state-dotenv' },
  envPassword: { value: 'EP', from: 'process-env' },
};
const remote: Inputs = { mode: 'remote', remoteUrl: 'ws://127.0.0.1:7', remoteToken: { value: 'RT' } };

describe('with which secret', () => {
  it.each<[name: string, inputs: Inputs, expected: string]>([
    ['none where none is set', {}, 'none'],
    ['the token of the config', { token: { value: ' T ' } }, 'token T config'],
    [
      'the config before the environment, as the gateway decides',
      { ...both, ...env, authMode: 'token' },
      'token T config',
    ],
    ['the environment where the config has none', { ...env, authMode: 'token' }, 'token ET state-dotenv'],
    ['the password in its mode', { ...both, authMode: 'password' }, 'password P config'],
    ['the password without a mode, as the gateway decides', both, 'password P config'],
    ['a blank password is none', { token: { value: 'T' }, password: { value: ' ' } }, 'token T config'],
    ['no secret in mode none', { ...both, authMode: 'none' }, 'none'],
    ['no secret in mode trusted-proxy', { ...both, authMode: 'trusted-proxy' }, 'none'],
    ['no secret in a mode that is not known', { ...both, authMode: 'oauth' }, 'none'],
    ['nothing behind a reference', { token: { unresolved: 'a reference' }, ...env, authMode: 'token' }, 'none'],
    ['nothing meant for another gateway', { remoteToken: { value: 'RT' } }, 'none'],

    ['--token', { ...both, tokenFlag: 'FT' }, 'token FT flag'],
    ['--password', { ...both, authMode: 'token', passwordFlag: 'FP' }, 'password FP flag'],
    ['--token over a reference', { token: { unresolved: 'a reference' }, tokenFlag: 'FT' }, 'token FT flag'],
    ['--auth among two', { ...both, tokenFlag: 'FT', passwordFlag: 'FP', authFlag: 'token' }, 'token FT flag'],
    ['the mode among two flags', { authMode: 'token', tokenFlag: 'FT', passwordFlag: 'FP' }, 'token FT flag'],
    ['--auth over the mode', { ...both, authMode: 'none', authFlag: 'password' }, 'password P config'],
    ['--auth none', { ...both, authFlag: 'none', tokenFlag: 'FT' }, 'none'],

    ['the remote token for the remote gateway', { ...both, ...env, ...remote }, 'token RT remote-config'],
    [
      'the remote password',
      { ...both, mode: 'remote', remoteUrl: 'ws://127.0.0.1:7', remotePassword: { value: 'RP' } },
      'password RP remote-config',
    ],
    [
      'never the local secret for the remote gateway',
      { ...both, ...env, mode: 'remote', remoteUrl: 'ws://127.0.0.1:7' },
      'none',
    ],
    ['the local secret in remote mode without a URL', { ...both, mode: 'remote', authMode: 'token' }, 'token T config'],

    [
      'the local secret for a URL that is ours',
      { token: { value: 'T' }, port: 5, urlFlag: 'ws://127.0.0.1:5' },
      'token T config',
    ],
    ['no local secret for another port', { token: { value: 'T' }, port: 5, urlFlag: 'ws://127.0.0.1:6' }, 'none'],
    ['no local secret for another host', { token: { value: 'T' }, urlFlag: 'wss://gw.example:18789' }, 'none'],
    [
      'a flag for another host',
      { token: { value: 'T' }, urlFlag: 'wss://gw.example', tokenFlag: 'FT' },
      'token FT flag',
    ],
    [
      'the remote token for the remote URL given as a flag',
      { ...remote, remoteUrl: 'wss://gw.example', urlFlag: 'wss://gw.example' },
      'token RT remote-config',
    ],
    ['no secret in clear text over a network', { urlFlag: 'ws://10.0.0.5:1', tokenFlag: 'FT' }, 'none'],
    [
      'the process environment beside its own URL',
      { processEnv: { OPENCLAW_GATEWAY_URL: 'ws://127.0.0.1:5' }, envToken: { value: 'ET', from: 'process-env' } },
      'token ET process-env',
    ],
    [
      'no .env beside that URL',
      { processEnv: { OPENCLAW_GATEWAY_URL: 'ws://127.0.0.1:5' }, envToken: { value: 'ET', from: 'state-dotenv' } },
      'none',
    ],
  ])('%s', (_, inputs, expected) => {
    expect(withWhat(inputs)).toBe(expected);
  });

  it('says why there is none', () => {
    const reason = (inputs: Inputs): unknown => {
      const target = select(inputs);
      return target.kind === 'probe' && target.credential.kind === 'none' ? target.credential.reason : undefined;
    };
    expect(reason({})).toBe('no token is set in gateway.auth.token or $OPENCLAW_GATEWAY_TOKEN');
    expect(reason({ token: { unresolved: 'it is a reference' } })).toBe('it is a reference');
    expect(reason({ authMode: 'none' })).toMatch(/mode none/);
    expect(reason({ urlFlag: 'ws://10.0.0.5:1', tokenFlag: 'x' })).toMatch(/clear text/);
    expect(reason({ urlFlag: 'ws://127.0.0.1:6' })).toMatch(/give its secret with --token/);
  });

  it('does not show the secret by itself', () => {
    const target = select({ token: { value: 'canary-secret-value' } });
    expect(
      `${JSON.stringify(target)} ${inspect(target, { depth: 9, showHidden: true })} ${String(target)}`,
    ).not.toContain('canary');
  });
});
