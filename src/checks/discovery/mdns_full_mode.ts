import { notApplicable, unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'discovery.mdns_full_mode',
  title: 'The local network is told details of this machine',
  why: 'Full mDNS announcements carry paths, ports and versions, which spare an attacker on the same network the search.',
  remedy: 'Run `openclaw config set discovery.mdns.mode minimal`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'env'],
  variants: {
    local: { severity: 'warn', text: 'discovery.mdns.mode is "full".' },
    exposed: { severity: 'critical', text: 'discovery.mdns.mode is "full" and gateway.bind is "{bind}".' },
  },
  *run({ gateway, settings, snapshot }, hit) {
    const mode = settings.string(['discovery', 'mdns', 'mode'], 'minimal');
    if (!mode.known) return yield unknown(mode);
    if (mode.value !== 'full') return;
    if (/^(?:1|true|yes|on)$/i.test(snapshot.env.vars.OPENCLAW_DISABLE_BONJOUR?.value?.trim() ?? ''))
      return yield notApplicable('OPENCLAW_DISABLE_BONJOUR switches announcements off');
    if (!gateway.nonLoopback.known) return yield unknown(gateway.nonLoopback);
    yield hit(gateway.nonLoopback.value ? 'exposed' : 'local', {
      at: mode,
      also: [gateway.bind],
      args: { bind: gateway.bind.value ?? 'custom' },
      fixes: [
        {
          title: 'Announce the minimum',
          safety: 'unsafe',
          ops: [{ op: 'set', key: ['discovery', 'mdns', 'mode'], value: 'minimal' }],
          sideEffect: 'Apps that rely on the extra fields have to be given the address by hand.',
        },
      ],
    });
  },
});
