import type { HitBuilder } from '../../core/check.ts';
import type { GatewayProbeFailure } from '../../core/live.ts';
import { keyRef } from '../../core/ref.ts';
import { notSeen, probeOf } from '../_families/live.ts';
import { defineCheck } from '../define.ts';

type Variant = keyof typeof VARIANTS;

const VARIANTS = {
  down: {
    severity: 'warn',
    title: 'No gateway is running at the address asked',
    text: 'Nothing accepts connections at {url} ({error}), so the running gateway was not checked.',
    remedy:
      'If it should run, start it with `openclaw gateway start` and audit again. If it runs on another port, name it with `--gateway-url`. If it is off on purpose, nothing is wrong.',
  },
  silent: {
    severity: 'warn',
    text: 'Something accepts connections at {url} and does not answer in time ({error}).',
    remedy: 'See what holds the port (`ss -ltnp`), and give a slow machine more time with `--timeout 20000`.',
  },
  'not-a-gateway': {
    severity: 'warn',
    title: 'What answers at the gateway’s address is no gateway',
    text: 'Another program answers at {url} ({error}). It got no secret from this audit; other clients may send theirs.',
    remedy:
      'See what holds the port (`ss -ltnp`), stop it or move gateway.port, and change the secret if clients connected.',
  },
  tls: {
    severity: 'warn',
    text: 'No encrypted connection to {url} came about: {error}.',
    remedy:
      'Make gateway.tls.enabled match how the gateway was started, and on another machine give it a certificate that this one trusts.',
  },
  starting: {
    severity: 'warn',
    title: 'The gateway was still starting',
    text: 'The gateway at {url} is still starting ({error}).',
    remedy: 'Run the audit again in a minute; if it still starts then, read `openclaw logs`.',
  },
  refused: {
    severity: 'warn',
    title: 'The gateway refuses the secret of the audited config',
    text: 'The gateway at {url} refused the {kind} that came from {from}: {error}.',
    why: 'The gateway runs with another secret than the audited config holds: it was not restarted after a change, or it belongs to another config. What this audit says of the config then does not describe it.',
    remedy:
      'Restart it with `openclaw gateway restart`. If it belongs to another config, audit that one with `--config`. If only the secret differs, give the right one with `--token` or `--password`.',
  },
  'rate-limited': {
    severity: 'warn',
    text: 'The gateway at {url} answers nobody from here for a while, because of too many failed logins: {error}.',
    remedy: 'Find the client that sends a wrong secret (`openclaw logs`), wait until the limit ends, then audit again.',
  },
  other: {
    severity: 'warn',
    text: 'The gateway at {url} answered in a way that this audit does not understand: {error}.',
    remedy: 'Update openclaw-security; check the gateway itself with `openclaw gateway status`.',
  },
} as const;

const BY_FAILURE: Readonly<Partial<Record<GatewayProbeFailure, Variant>>> = {
  down: 'down',
  timeout: 'silent',
  'not-a-gateway': 'not-a-gateway',
  tls: 'tls',
  starting: 'starting',
  refused: 'refused',
  'rate-limited': 'rate-limited',
};

const NOT_TOLD: readonly (GatewayProbeFailure | undefined)[] = ['no-credential', 'not-contacted', 'stopped'];

export default defineCheck({
  id: 'gateway.probe_failed',
  title: 'The running gateway could not be checked',
  why: 'Settings say what a gateway should do. Without an answer of the running one nobody knows whether it does.',
  remedy: 'Make the gateway reachable and run the audit again with `--deep`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['gateway'],
  variants: VARIANTS,
  *run(model, hit: HitBuilder<Variant>) {
    const { ok, failure, error, url, live } = probeOf(model);
    if (ok) return;
    const at = keyRef('gateway');
    const reason = error ?? 'no reason is known';
    if (NOT_TOLD.includes(failure)) return yield notSeen({ reason: `the gateway was not judged: ${reason}` }, at);
    yield hit((failure && BY_FAILURE[failure]) ?? 'other', {
      at,
      args: { url, error: reason, kind: live?.credential.kind ?? 'secret', from: live?.credential.from ?? 'elsewhere' },
    });
  },
});
