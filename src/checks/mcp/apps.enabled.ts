import { unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'mcp.apps.enabled',
  title: 'MCP servers may show their own pages in the control UI',
  why: 'A page from an MCP server runs beside the operator interface; a hostile or hijacked server gets a place to ask you for more.',
  remedy: 'Run `openclaw config set mcp.apps.enabled false` unless you trust every server in mcp.servers.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { on: { severity: 'warn', text: 'mcp.apps.enabled is on.' } },
  *run({ settings }, hit) {
    const apps = settings.boolean(['mcp', 'apps', 'enabled'], false);
    if (!apps.known) return yield unknown(apps);
    if (apps.value) yield hit('on', { at: apps });
  },
});
