import { cases } from '../../core/cases.ts';
import type { GatewayProbeFailure } from '../../core/live.ts';
import { probed } from '../_families/probed.ts';

const config = `{ gateway: { auth: { token: 'x7Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } } }`;
const failed = (failure: GatewayProbeFailure, error: string) =>
  probed({ isGateway: { known: false, reason: error } }, { ok: false, failure, error });

export default cases('gateway.probe_failed', {
  fail: [
    {
      name: 'it is not running',
      config,
      snapshot: failed('down', 'connect ECONNREFUSED 127.0.0.1:18789'),
      expect: [{ variant: 'down', at: 'gateway', severity: 'warn' }],
    },
    {
      name: 'a silent port',
      config,
      snapshot: failed('timeout', 'no answer within 5000 ms'),
      expect: [{ variant: 'silent' }],
    },
    {
      name: 'another program holds the port',
      config,
      snapshot: failed('not-a-gateway', 'the answer is no WebSocket'),
      expect: [{ variant: 'not-a-gateway' }],
    },
    {
      name: 'a plain port is asked over TLS',
      config: `{ gateway: { tls: { enabled: true } } }`,
      snapshot: failed('tls', 'wrong version number'),
      expect: [{ variant: 'tls' }],
    },
    {
      name: 'still starting',
      config,
      snapshot: failed('starting', 'the gateway is starting'),
      expect: [{ variant: 'starting' }],
    },
    {
      name: 'another secret is in force',
      config,
      snapshot: failed('refused', 'unauthorized: gateway token mismatch'),
      expect: [{ variant: 'refused' }],
    },
    {
      name: 'locked out',
      config,
      snapshot: failed('rate-limited', 'unauthorized: too many failed attempts'),
      expect: [{ variant: 'rate-limited' }],
    },
    {
      name: 'a language that is not understood',
      config,
      snapshot: failed('protocol', 'protocol mismatch'),
      expect: [{ variant: 'other' }],
    },
  ],
  pass: [{ name: 'a healthy gateway', config, snapshot: probed() }],
  near: [
    {
      name: 'it answers, and its certificate is not trusted on loopback',
      config,
      snapshot: probed({ tlsTrusted: { known: true, value: false } }),
    },
  ],
  unknown: [
    { name: 'there is no secret to send', config, snapshot: failed('no-credential', 'device identity required') },
    {
      name: 'the address was not given for this run',
      config,
      snapshot: failed('not-contacted', 'the address is not loopback'),
    },
    { name: 'the audit was stopped', config, snapshot: failed('stopped', 'the probe was stopped') },
  ],
});
