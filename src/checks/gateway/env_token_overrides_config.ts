import { notApplicable, unknown } from '../../core/check.ts';
import { envRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

const NAME = 'OPENCLAW_GATEWAY_TOKEN';

export default defineCheck({
  id: 'gateway.env_token_overrides_config',
  title: 'Two different gateway tokens are set',
  why: 'Command line, gateway and service then disagree about which one counts, and rotating one of them changes nothing.',
  remedy:
    'Keep one: unset OPENCLAW_GATEWAY_TOKEN where the gateway and the shell start, or `openclaw config unset gateway.auth.token`.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config', 'env'],
  variants: {
    differs: {
      severity: 'warn',
      text: 'OPENCLAW_GATEWAY_TOKEN ({source}) and gateway.auth.token are set to different values.',
    },
    maybe: {
      severity: 'warn',
      text: 'OPENCLAW_GATEWAY_TOKEN ({source}) is set beside gateway.auth.token, which refers to a value elsewhere.',
    },
  },
  *run({ gateway, snapshot }, hit) {
    const fact = snapshot.env.vars[NAME];
    if (!gateway.token.env || !fact) return;
    if (snapshot.env.vars.OPENCLAW_SERVICE_KIND?.value === 'gateway')
      return yield notApplicable('this is the environment of the gateway service');
    if (!gateway.mode.known) return yield unknown(gateway.mode);
    if (gateway.mode.value === 'remote') return yield notApplicable('this machine is a client of a remote gateway');
    if (!gateway.authMode.known) return yield unknown(gateway.authMode);
    const mode = gateway.authMode.value;
    if (mode !== undefined && mode !== 'token') return yield notApplicable(`the auth mode is ${mode}`);
    const { configured, env } = gateway.token;
    const details = { at: configured, also: [envRef(NAME)], args: { source: SOURCES[fact.source] } };
    if (configured.state === 'value' && configured.secret.fingerprint !== env.secret.fingerprint)
      yield hit('differs', details);
    else if (configured.state === 'reference' && !(configured.source === 'env' && configured.id === NAME))
      yield hit('maybe', details);
    else if (configured.state === 'unresolved' && configured.names[0] !== NAME) yield hit('maybe', details);
  },
});

const SOURCES = {
  process: 'process environment',
  'state-dotenv': '.env of the state directory',
  'config-env': "the config's env block",
};
