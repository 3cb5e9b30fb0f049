// A large home for the benches: many agents, accounts of a channel with their groups, bindings and webhooks.
import fs from 'node:fs';
import path from 'node:path';

const range = (n) => Array.from({ length: n }, (_, i) => i);

/** Writes the home and returns its state directory. */
export function writeLargeHome(home, { agents = 50, accounts = 30, groups = 200 } = {}) {
  const state = path.join(home, '.openclaw');
  fs.mkdirSync(state, { recursive: true, mode: 0o700 });
  const account = (i) => ({
    botToken: `${i}:EXAMPLE`,
    dmPolicy: i % 3 === 0 ? 'open' : 'pairing',
    ...(i % 3 === 0 ? { allowFrom: ['*'] } : {}),
    groupPolicy: i % 4 === 0 ? 'open' : 'allowlist',
    groupAllowFrom: i % 5 === 0 ? ['*'] : ['1'],
    groups: Object.fromEntries(
      range(groups)
        .filter((g) => g % accounts === i)
        .map((g) => [
          `-100${g}`,
          g % 7 === 0 ? { groupPolicy: 'open' } : g % 5 === 0 ? { tools: { deny: ['exec'] } } : {},
        ]),
    ),
  });
  const config = {
    gateway: { bind: 'lan', auth: { token: 'changeme' } },
    hooks: { enabled: true, token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa', allowRequestSessionKey: true },
    agents: {
      defaults: { sandbox: { mode: 'non-main' } },
      list: range(agents).map((i) => ({
        id: `agent-${i}`,
        ...(i % 4 === 1 ? { tools: { profile: 'messaging' } } : {}),
        ...(i % 4 === 2 ? { sandbox: { mode: 'off' } } : {}),
      })),
    },
    bindings: range(accounts).map((i) => ({
      agentId: `agent-${i % agents}`,
      match: { channel: 'telegram', accountId: `account-${i}` },
    })),
    channels: { telegram: { accounts: Object.fromEntries(range(accounts).map((i) => [`account-${i}`, account(i)])) } },
  };
  fs.writeFileSync(path.join(state, 'openclaw.json'), JSON.stringify(config, null, 2), { mode: 0o600 });
  return state;
}
