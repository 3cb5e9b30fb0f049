import { fileRef, keyRef } from '../core/ref.ts';
import { plural } from '../core/text.ts';
import type { Model } from '../model/model.ts';
import type { Sink } from './arrivals.ts';
import { holds, open } from './boundary.ts';
import type { Landings } from './landings.ts';

const READING = ['web_fetch', 'web_search', 'x_search', 'browser'];

/** Pages that agents read: their authors speak to the model. */
export function addContent(model: Model, sink: Sink, landings: Landings): void {
  const ids = model.agents.written.length > 0 ? model.agents.written.map((a) => a.normalizedId) : ['main'];
  for (const agentId of ids) {
    const conversation = landings.policyOf({ agentId });
    const tool = conversation.policy.tools.find((t) => READING.includes(t.name) && t.allowed.value === true);
    if (!tool) continue;
    sink.add({
      principal: 'content-author',
      standing: 'indirect',
      door: { kind: 'web', one: 'web pages that the agent reads', many: 'agents that read web pages', member: agentId },
      step: 'writes what the agent reads, marked as foreign',
      boundaries: [
        open('tool-policy', `${tool.name} is allowed`, [tool.allowed.at], {
          lever: 'deny',
          agent: undefined,
          tools: ['group:web', 'browser'],
        }),
      ],
      landings: () => [{ agentId, session: 'main session', boundaries: [], conversation }],
    });
  }
}

/** Plugins run in the gateway with all its rights. */
export function addCode(model: Model, sink: Sink): void {
  const { extensions, elsewhere, allow } = model.plugins;
  const all = [...extensions, ...elsewhere];
  if (all.length === 0 || model.settings.boolean(['plugins', 'enabled'], true).value === false) return;
  const at = keyRef('plugins', 'allow');
  const boundary = allow
    ? holds('allowlist', 'only listed plugins are loaded', at)
    : open('allowlist', 'every plugin that is found is loaded', [at, ...all.slice(0, 3).map((d) => fileRef(d.path))], {
        lever: 'plugins-allow',
      });
  const one = plural(all.length, 'plugin');
  sink.add({
    principal: 'code-author',
    standing: 'indirect',
    door: { kind: 'plugins', one, many: one, member: '' },
    step: 'publishes an update',
    boundaries: [boundary],
    reaches: [{ asset: 'host-shell', text: 'runs in the gateway', boundaries: [] }],
  });
}

/** Programs that hold the gateway's secret, and devices that were approved: let in on purpose, with all an operator can. */
export function addTrusted(model: Model, sink: Sink, landings: Landings): void {
  const { gateway, agents } = model;
  if (gateway.mode.value === 'remote') return;
  const [endpoint] = gateway.httpEndpoints;
  const agentId = agents.defaultId;
  const landing = () => [
    { agentId, session: 'main session', boundaries: [], conversation: landings.policyOf({ agentId }) },
  ];
  if (endpoint)
    sink.add({
      principal: 'http-client',
      standing: 'indirect',
      door: { kind: 'http client', one: `gateway ${endpoint.path}`, many: 'gateway endpoints', member: '' },
      step: 'sends a request',
      boundaries: [open('auth', 'the program holds the secret of the gateway', [endpoint.at])],
      landings: landing,
    });
  const { nodeAllow } = gateway;
  if (nodeAllow.value && nodeAllow.value.length > 0)
    sink.add({
      principal: 'paired-node',
      standing: 'indirect',
      door: { kind: 'node', one: 'connection of a paired device', many: 'connections of paired devices', member: '' },
      step: 'reports what was said to it',
      boundaries: [open('pairing', 'the device was approved', [nodeAllow.at])],
      landings: landing,
    });
}
