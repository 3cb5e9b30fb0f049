import { cases } from '../../core/cases.ts';

const DENY = `deny: ['write', 'edit', 'apply_patch']`;

export default cases('tools.exec.fs_tools_disabled_but_exec_enabled', {
  fail: [
    {
      name: 'exec is left',
      version: '2026.9.6',
      config: `{ tools: { ${DENY} } }`,
      expect: [{ variant: 'drift', at: 'tools.deny' }],
    },
    {
      name: 'a sandbox that may write',
      version: '2026.9.6',
      config: `{ tools: { ${DENY} }, agents: { defaults: { sandbox: { mode: 'all', workspaceAccess: 'rw' } } } }`,
      expect: [{ variant: 'drift' }],
    },
  ],
  pass: [
    {
      name: 'exec is denied too',
      version: '2026.9.6',
      config: `{ tools: { deny: ['write', 'edit', 'apply_patch', 'bash'] } }`,
    },
  ],
  near: [
    {
      name: 'a sandbox that may not write',
      version: '2026.9.6',
      config: `{ tools: { ${DENY} }, agents: { defaults: { sandbox: { mode: 'all', workspaceAccess: 'ro' } } } }`,
    },
    { name: 'one file tool is left', version: '2026.9.6', config: `{ tools: { deny: ['edit', 'apply_patch'] } }` },
  ],
  unknown: [{ name: 'the deny list is unset', version: '2026.9.6', config: "{ tools: { deny: ['write', '${D}'] } }" }],
});
