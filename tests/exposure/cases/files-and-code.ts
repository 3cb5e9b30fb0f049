import type { PluginDir } from '../../../src/core/snapshot.ts';
import { exposureCases, SAFE_GATEWAY, telegram } from '../case.ts';

const CONFIG = `{ ${SAFE_GATEWAY} }`;
const SHUT = { '~state': { role: 'state-dir', kind: 'directory', mode: 0o700 } } as const;
const SEARCHABLE = { '~state': { role: 'state-dir', kind: 'directory', mode: 0o755 } } as const;
const PLUGIN: PluginDir = {
  name: 'notes',
  path: '/home/u/.openclaw/extensions/notes',
  from: 'state-extensions',
  kind: 'directory',
  ignored: false,
};
const plugins = { plugins: { dirs: [PLUGIN], installs: [], installedVersions: {}, extensionsIsLink: false } };
const OPEN = telegram(`dmPolicy: 'open', allowFrom: ['*']`);
const APART = `session: { dmScope: 'per-channel-peer' }`;

/** What users of the machine reach through files, and what plugins bring. */
export const FILES_AND_CODE = exposureCases(
  {
    name: 'the config is writable by everybody',
    config: CONFIG,
    files: { ...SEARCHABLE, '~state/openclaw.json': { role: 'config', mode: 0o666 } },
    paths: ['local-user host-shell open', 'local-user credentials open'],
    cut: ['Make /home/u/.openclaw/openclaw.json private'],
    closes: '1/1',
  },
  {
    name: 'the config is writable by everybody, below a directory that nobody may search',
    config: CONFIG,
    files: { ...SHUT, '~state/openclaw.json': { role: 'config', mode: 0o666 } },
    paths: [],
  },
  {
    name: 'keys are readable by everybody',
    config: CONFIG,
    files: { ...SEARCHABLE, '~state/agents/main/agent/auth-profiles.json': { role: 'auth-profiles', mode: 0o644 } },
    paths: ['local-user credentials open'],
    closes: '0/0',
  },
  {
    name: 'transcripts are readable by the group',
    config: CONFIG,
    files: {
      ...SEARCHABLE,
      '~state/agents/main/sessions/sessions.json': { role: 'sessions-store', mode: 0o640, gid: 100 },
    },
    paths: ['local-user other-sessions open'],
  },
  {
    name: 'files that the walk counted',
    config: CONFIG,
    snapshot: {
      files: {
        named: [],
        loose: [
          { role: 'credential', access: 'world-read', count: 12, examples: ['/home/u/.openclaw/credentials/a.json'] },
        ],
        walked: 20,
        model: 'posix',
      },
    },
    paths: ['local-user credentials open'],
  },
  {
    name: 'a directory above is writable by everybody',
    config: CONFIG,
    files: { '~home': { role: 'parent-dir', kind: 'directory', mode: 0o777 } },
    paths: ['local-user host-shell open'],
  },
  {
    name: 'a sticky directory above is not',
    config: CONFIG,
    files: { '~home': { role: 'parent-dir', kind: 'directory', mode: 0o1777 } },
    paths: [],
  },
  {
    name: 'Windows keeps lists of its own',
    config: CONFIG,
    snapshot: { files: { named: [], loose: [], walked: 0, model: 'windows' } },
    paths: [],
    gap: 'Access control lists',
  },
  {
    name: 'a stranger reaches the tool of a plugin',
    config: `{ ${SAFE_GATEWAY}, ${OPEN}, ${APART}, tools: { allow: ['group:plugins', 'web_search'] } }`,
    snapshot: plugins,
    paths: ['anyone-dm host-shell possible'],
    notes: ['code-author host-shell open'],
    cut: ['Let new senders on Telegram wait for your approval'],
  },
  {
    name: 'tools of plugins are denied',
    config: `{ ${SAFE_GATEWAY}, ${OPEN}, ${APART}, tools: { allow: ['web_search'], deny: ['group:plugins'] } }`,
    snapshot: plugins,
    paths: [],
  },
  {
    name: 'only listed plugins are loaded',
    config: `{ ${SAFE_GATEWAY}, plugins: { allow: ['notes'] } }`,
    snapshot: plugins,
    paths: [],
  },
);
