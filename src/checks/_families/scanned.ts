import type { CodeFinding, CodeScan, Snapshot } from '../../core/snapshot.ts';

/** For cases: one plugin or skill with what the code scan found in it. */
export function scanned(kind: 'plugin' | 'skill', more: Partial<CodeScan>): Pick<Snapshot, 'code'> {
  const path = kind === 'plugin' ? '/home/u/.openclaw/extensions/acme' : '/home/u/.openclaw/workspace/skills/acme';
  return { code: [{ kind, name: 'acme', path, verdict: 'clean', findings: [], limits: [], failures: [], ...more }] };
}

/** For cases: a finding at line 3 of `index.js` whose value comes from line 1. */
export function codeFinding(severity: CodeFinding['severity'], more: Partial<CodeFinding> = {}): CodeFinding {
  return {
    rule: 'dangerous-exec',
    severity,
    confidence: 'high',
    message: 'runs a command that a message contains',
    steps: [
      { file: 'index.js', line: 1, column: 1, what: 'the text of a message' },
      { file: 'index.js', line: 3, column: 5, what: 'is run' },
    ],
    class: 'shipped',
    ...more,
  };
}
