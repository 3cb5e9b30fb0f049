import { cases } from '../../core/cases.ts';
import type { HttpSurface } from '../../core/live.ts';
import { probed } from '../_families/probed.ts';

const config = `{ gateway: { auth: { mode: 'none' } } }`;
const served = (...http: HttpSurface[]) => probed({ http });

export default cases('gateway.live.http_open', {
  fail: [
    {
      name: 'tools run for everybody',
      config,
      snapshot: served(
        { endpoint: 'POST /tools/invoke', kind: 'control', status: 400, verdict: 'open' },
        { endpoint: 'GET /v1/models', kind: 'models', status: 200, verdict: 'open' },
      ),
      expect: [
        { variant: 'control', at: 'gateway.auth', severity: 'critical' },
        { variant: 'models', severity: 'warn' },
      ],
    },
    {
      name: 'the older version shows canvas and version by design',
      config: '{ gateway: {} }',
      snapshot: served(
        { endpoint: 'GET /__openclaw__/canvas/', kind: 'files', status: 200, verdict: 'open' },
        { endpoint: 'GET /__openclaw/control-ui-config.json', kind: 'details', status: 200, verdict: 'open' },
      ),
      expect: [{ variant: 'files' }, { variant: 'details' }],
    },
  ],
  pass: [{ name: 'everything asks for the secret', config: '{}', snapshot: probed() }],
  near: [
    {
      name: 'liveness and the pages of the control interface answer everybody',
      config: '{}',
      snapshot: served(
        { endpoint: 'GET /healthz', kind: 'liveness', status: 200, verdict: 'open' },
        { endpoint: 'GET /', kind: 'ui', status: 200, verdict: 'open' },
      ),
    },
  ],
  unknown: [
    { name: 'nothing could be asked', config: '{}', snapshot: probed({ http: [] }, { ok: false, error: 'timeout' }) },
    {
      name: 'one endpoint did not answer',
      config: '{}',
      snapshot: served({
        endpoint: 'POST /tools/invoke',
        kind: 'control',
        status: null,
        verdict: 'unknown',
        reason: 'timeout',
      }),
    },
  ],
});
