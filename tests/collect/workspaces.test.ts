import { expect, it } from 'vitest';
import { agentWorkspaces, type WorkspaceInput } from '../../src/collect/workspaces.ts';

const where = (more: Partial<WorkspaceInput>) =>
  Object.fromEntries(
    agentWorkspaces({ agents: [], defaultAgent: 'main', homeDir: '/home/u', stateDir: '/data/state', ...more }).map(
      (w) => [w.agent, w.path],
    ),
  );

it.each<[name: string, input: Partial<WorkspaceInput>, expected: Record<string, string>]>([
  ['nothing written', {}, { main: '/home/u/.openclaw/workspace' }],
  ['a profile', { profile: 'Work' }, { main: '/home/u/.openclaw/workspace-Work' }],
  ['the default profile', { profile: 'Default' }, { main: '/home/u/.openclaw/workspace' }],
  ['the defaults', { defaultsWorkspace: '/w', profile: 'work' }, { main: '/w' }],
  [
    'its own before the defaults',
    { agents: [{ id: 'main', workspace: '/m' }], defaultsWorkspace: '/w' },
    { main: '/m' },
  ],
  [
    'other agents do not follow the defaults',
    { agents: [{ id: 'main' }, { id: 'ops' }, { id: 'dev', workspace: '/d' }], defaultsWorkspace: '/w' },
    { main: '/w', ops: '/data/state/workspace-ops', dev: '/d' },
  ],
  [
    'another default agent',
    { agents: [{ id: 'main' }, { id: 'ops' }], defaultAgent: 'ops' },
    { main: '/data/state/workspace-main', ops: '/home/u/.openclaw/workspace' },
  ],
  [
    'the first of two with one id',
    { agents: [{ id: 'a' }, { id: 'a', workspace: '/second' }], defaultAgent: 'a' },
    { a: '/home/u/.openclaw/workspace' },
  ],
  [
    'a default agent that is not in the list',
    { agents: [{ id: 'a' }] },
    { a: '/data/state/workspace-a', main: '/home/u/.openclaw/workspace' },
  ],
])('%s', (_, input, expected) => {
  expect(where(input)).toEqual(expected);
});
