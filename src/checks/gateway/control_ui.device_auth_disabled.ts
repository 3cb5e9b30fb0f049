import { unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'gateway.control_ui.device_auth_disabled',
  title: 'Control UI needs no device pairing',
  why: 'Without pairing a stolen or guessed secret is enough to be the operator from any machine, and nothing shows that it happened.',
  remedy:
    'Run `openclaw config set gateway.controlUi.dangerouslyDisableDeviceAuth false`, then approve your own browser with `openclaw devices approve`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  appliesTo: { before: '2026.8.1' },
  variants: { off: { severity: 'critical', text: 'gateway.controlUi.dangerouslyDisableDeviceAuth is on.' } },
  *run({ gateway }, hit) {
    const { deviceAuthDisabled } = gateway.controlUi;
    if (!deviceAuthDisabled.known) return yield unknown(deviceAuthDisabled);
    if (deviceAuthDisabled.value)
      yield hit('off', {
        at: deviceAuthDisabled,
        fixes: [
          {
            title: 'Ask for device pairing again',
            safety: 'unsafe',
            ops: [{ op: 'set', key: ['gateway', 'controlUi', 'dangerouslyDisableDeviceAuth'], value: false }],
            sideEffect: 'Browsers that were never paired have to be approved once.',
          },
        ],
      });
  },
});
