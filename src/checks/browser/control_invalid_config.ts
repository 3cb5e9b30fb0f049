import { formatRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'browser.control_invalid_config',
  title: 'Browser settings that OpenClaw cannot use',
  why: 'Browser control does not start, or not as written, and the checks of its addresses say nothing.',
  remedy: 'Correct {key}, e.g. `openclaw config set browser.cdpUrl http://127.0.0.1:9222`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config'],
  variants: { invalid: { severity: 'warn', text: '{reason}.' } },
  *run({ browser }, hit) {
    const { invalid } = browser;
    if (invalid) yield hit('invalid', { at: invalid, args: { reason: invalid.reason, key: formatRef(invalid.at) } });
  },
});
