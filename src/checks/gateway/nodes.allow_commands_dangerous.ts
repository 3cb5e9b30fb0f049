import { notApplicable, unknown } from '../../core/check.ts';
import { formatRef, keyRef, type KeyPath } from '../../core/ref.ts';
import { NODE_COMMANDS_FIRST_ERA, NODE_COMMANDS_SECOND_ERA } from '../../model/data/node-commands.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.nodes.allow_commands_dangerous',
  title: 'Paired devices may be told to record, write or send',
  why: 'A prompt that reaches an agent can then take pictures, record the screen, write contacts or send text messages from your phone.',
  remedy: 'Take them out of {key}, or deny them where you do not need them every day.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: {
    local: { severity: 'warn', text: '{key} allows {commands}.' },
    exposed: { severity: 'critical', text: '{key} allows {commands}, and other machines reach the gateway.' },
  },
  *run({ gateway, target, settings }, hit) {
    const { nodeAllow, nodeDeny, exposed } = gateway;
    if (!nodeAllow.known) return yield unknown(nodeAllow);
    if (!nodeAllow.value) return yield notApplicable('no node command is allowed beyond the defaults');
    const { dangerous } = target.secondEra ? NODE_COMMANDS_SECOND_ERA : NODE_COMMANDS_FIRST_ERA;
    const allowed = dangerous.filter((c) => nodeAllow.value!.includes(c));
    if (allowed.length === 0) return;
    if (!nodeDeny.known) return yield unknown(nodeDeny);
    const commands = allowed.filter((c) => !nodeDeny.value?.includes(c));
    if (commands.length === 0) return;
    if (!exposed.known) return yield unknown(exposed);
    const key = nodeAllow.at.kind === 'key' ? nodeAllow.at.path : ([] as KeyPath);
    const list = settings.value(...key);
    const index =
      list?.kind === 'array'
        ? list.items.findIndex((v) => v.kind === 'string' && commands.includes(v.value.trim()))
        : -1;
    yield hit(exposed.value ? 'exposed' : 'local', {
      at: index < 0 ? nodeAllow.at : keyRef(...key, index),
      args: { key: formatRef(nodeAllow.at), commands },
    });
  },
});
