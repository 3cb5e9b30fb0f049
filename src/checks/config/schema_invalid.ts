import { notApplicable } from '../../core/check.ts';
import { formatKeyPath, keyRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'config.schema_invalid',
  title: 'OpenClaw refuses this config',
  why: 'The gateway does not start with it, or goes on with the last config it accepted; what stands here is not what is in force.',
  remedy: 'Correct {key}{hint}, then check with `openclaw config validate`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'schema'],
  variants: {
    unknownKey: { severity: 'warn', text: 'OpenClaw {version} knows no key {key}.' },
    movedKey: { severity: 'warn', text: '{key} is not where OpenClaw {version} looks for it.' },
    value: { severity: 'warn', text: '{key} is {found}; OpenClaw {version} expects {expected}.' },
    missing: { severity: 'warn', text: '{key} is missing; OpenClaw {version} expects {expected}.' },
    rule: {
      severity: 'warn',
      text: '{key}: OpenClaw {version} refuses this together with the rest: expected {expected}.',
    },
    more: { severity: 'warn', text: '{count} more places that OpenClaw {version} refuses are not listed.' },
  },
  *run({ validation, target, settings }, hit) {
    if (!settings.document.root) return yield notApplicable('there is no readable config');
    const { problems, count } = validation!;
    for (const p of problems.slice(0, SHOWN)) {
      yield hit(VARIANTS[p.kind], {
        at: keyRef(...p.path),
        args: {
          key: formatKeyPath(p.path) || 'the top level',
          version: target.version,
          expected: p.expected,
          found: p.found,
          hint: p.suggestion ? ` (did you mean ${p.suggestion}?)` : '',
        },
      });
    }
    if (count > SHOWN)
      yield hit('more', {
        at: keyRef(),
        args: { count: count - SHOWN, version: target.version, key: 'them', hint: '' },
      });
  },
});

/** Refused places that are shown one by one. */
const SHOWN = 20;

const VARIANTS = {
  'unknown-key': 'unknownKey',
  'moved-key': 'movedKey',
  'wrong-type': 'value',
  'not-allowed-value': 'value',
  missing: 'missing',
  rule: 'rule',
} as const;
