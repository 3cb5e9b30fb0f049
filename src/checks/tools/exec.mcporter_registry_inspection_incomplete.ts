import { notApplicable } from '../../core/check.ts';
import { fileRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.exec.mcporter_registry_inspection_incomplete',
  title: 'The registry of MCP servers cannot be read',
  why: 'An agent with limited skills runs commands outside a sandbox, and which servers they can start is not known.',
  remedy: 'Repair or remove {path}, then audit again.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'machine'],
  appliesTo: { from: '2026.8.1' },
  variants: { unreadable: { severity: 'warn', text: '{path} is not readable JSON.' } },
  *run({ skillBoundaries, snapshot }, hit) {
    if (skillBoundaries.length === 0)
      return yield notApplicable('no agent limits its skills and runs commands outside a sandbox');
    if (snapshot.machine.mcporter.status !== 'unreadable') return;
    const path = `${snapshot.home.stateDir}/skills/config/mcporter.json`;
    yield hit('unreadable', { at: fileRef(path), also: skillBoundaries, args: { path } });
  },
});
