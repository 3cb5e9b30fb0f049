import { notApplicable, unknown } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'sandbox.dangerous_network_mode',
  title: 'Sandbox shares a network it must not share',
  why: 'On the host network the sandbox reaches everything that listens on this machine; in the network of another container it acts as that container.',
  remedy: 'Run `openclaw config set {key} none`, or name a network of its own.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { set: { severity: 'critical', text: '{key} is "{value}".' } },
  *run({ settings, dockerScopes }, hit) {
    if (dockerScopes.length === 0) return yield notApplicable('no sandbox container is configured');
    for (const { path } of dockerScopes) {
      const fact = settings.string([...path, 'network'], undefined);
      if (!fact.known) {
        yield unknown(fact);
        continue;
      }
      const v = fact.value?.trim().toLowerCase() ?? '';
      if (v === 'host' || v.startsWith('container:'))
        yield hit('set', { at: fact, args: { key: formatRef(fact.at), value: fact.value!.trim() } });
    }
  },
});
