import { cases } from '../../core/cases.ts';

export default cases('config.insecure_or_dangerous_flags', {
  fail: [
    {
      name: 'patches outside the workspace',
      version: '2026.3.7',
      config: '{ tools: { exec: { applyPatch: { workspaceOnly: false } } } }',
      expect: [{ variant: 'set', at: 'tools.exec.applyPatch.workspaceOnly' }],
    },
    {
      name: 'two in one finding',
      version: '2026.3.7',
      config: `{ hooks: { gmail: { allowUnsafeExternalContent: true }, mappings: [{ id: 'a' }, { id: 'b', allowUnsafeExternalContent: true }] } }`,
      expect: [{ variant: 'several', at: 'hooks.gmail.allowUnsafeExternalContent' }],
    },
    {
      name: 'one finding each',
      version: '2026.9.6',
      config: `{ tools: { fs: { workspaceOnly: false } }, agents: { entries: { a: { sandbox: { docker: { dangerouslyAllowExternalBindSources: true } } } } } }`,
      expect: [
        { variant: 'set', at: 'tools.fs.workspaceOnly' },
        { variant: 'set', at: 'agents.entries.a.sandbox.docker.dangerouslyAllowExternalBindSources' },
      ],
    },
    {
      name: 'suppressions in the config',
      version: '2026.9.6',
      config: `{ security: { audit: { suppressions: [{ checkId: 'gateway.tailscale_serve' }] } } }`,
      expect: [{ variant: 'suppressions', at: 'security.audit.suppressions' }],
    },
  ],
  pass: [{ name: 'none', config: '{}' }],
  near: [
    {
      name: 'written, and harmless',
      config:
        '{ tools: { exec: { applyPatch: { workspaceOnly: true } } }, hooks: { gmail: { allowUnsafeExternalContent: false } } }',
    },
    {
      name: 'a word is no switch',
      version: '2026.3.7',
      config: `{ hooks: { gmail: { allowUnsafeExternalContent: 'true' } } }`,
    },
    {
      name: 'an empty list of suppressions',
      version: '2026.9.6',
      config: '{ security: { audit: { suppressions: [] } } }',
    },
  ],
});
