import { notApplicable } from '../../core/check.ts';
import { joinList } from '../../core/text.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.exec.agent_skill_mcp_boundary_drift',
  title: 'Limited skills, but commands reach every MCP server',
  why: 'The skills list suggests that the agent can do only these things; a command can start any registered MCP server and do the rest.',
  remedy: 'Deny exec for the agent, sandbox it, or remove the servers it must not reach.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config', 'machine'],
  appliesTo: { from: '2026.8.1' },
  variants: {
    drift: {
      severity: 'warn',
      text: '{scopes} limit skills and run commands outside a sandbox; registered servers: {servers}.',
    },
  },
  *run({ skillBoundaries, mcpSources }, hit) {
    const first = skillBoundaries[0];
    if (!first) return yield notApplicable('no agent limits its skills and runs commands outside a sandbox');
    const { config, mcporter } = mcpSources;
    if (config.length + mcporter.length === 0) return;
    yield hit('drift', {
      at: first,
      also: skillBoundaries.slice(1),
      args: {
        scopes: joinList(
          skillBoundaries.map((b) => b.label),
          8,
        ),
        servers: [
          ...(config.length ? [`${joinList(config, 6)} in mcp.servers`] : []),
          ...(mcporter.length ? [`${joinList(mcporter, 6)} in mcporter.json`] : []),
        ],
      },
    });
  },
});
