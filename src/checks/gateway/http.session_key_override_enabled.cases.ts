import { cases } from '../../core/cases.ts';

export default cases('gateway.http.session_key_override_enabled', {
  fail: [
    {
      name: 'chat completions',
      config: '{ gateway: { http: { endpoints: { chatCompletions: { enabled: true } } } } }',
      expect: [{ variant: 'on', at: 'gateway.http.endpoints.chatCompletions.enabled' }],
    },
    {
      name: 'both',
      config:
        '{ gateway: { http: { endpoints: { chatCompletions: { enabled: true }, responses: { enabled: true } } } } }',
      expect: [{ variant: 'on' }],
    },
  ],
  pass: [{ name: 'none is the default', config: '{}' }],
  near: [
    { name: 'written, and off', config: '{ gateway: { http: { endpoints: { responses: { enabled: false } } } } }' },
  ],
});
