import { cases } from '../../core/cases.ts';

export default cases('logging.redact_off', {
  fail: [
    {
      name: 'off',
      version: '2026.3.7',
      config: `{ logging: { redactSensitive: 'off' /* for debugging */ } }`,
      expect: [{ variant: 'off', at: 'logging.redactSensitive' }],
      after: `{ logging: { redactSensitive: 'tools' /* for debugging */ } }`,
    },
  ],
  pass: [{ name: 'tools', version: '2026.3.7', config: `{ logging: { redactSensitive: 'tools' } }` }],
  near: [{ name: 'not set', version: '2026.3.7', config: '{ logging: { level: "debug" } }' }],
  unknown: [{ name: 'unset variable', version: '2026.3.7', config: "{ logging: { redactSensitive: '${R}' } }" }],
  notApplicable: [
    { name: '2026.9.6 always redacts', version: '2026.9.6', config: `{ logging: { redactSensitive: 'off' } }` },
  ],
});
