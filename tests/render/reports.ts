import type { Finding } from '../../src/core/finding.ts';
import type { Report } from '../../src/core/report.ts';

/** Names as an attacker would choose them, one for each sink and trick. */
export const HOSTILE: readonly string[] = [
  '\u001b[31mred\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007',
  '\u202egnp.exe\u2066hidden\u2069\u200b',
  'one\r\ntwo\n::error::three\n##[error]four\u2028five\u0085six',
  ']]><x/><![CDATA[',
  'a|b|c\\|d',
  '`tick ``two ```three',
  '::error file=x,line=1::no%0A::warning::y,title=z',
  '%0A%0D%25%3A',
  '</script><script>alert(1)</script><img src=x onerror=alert(2)>',
  '</summary></details><!-- --><a href="javascript:alert(3)">',
  '"quotes\' and \\ back"',
  'nul\u0000 bell\u0007 del\u007f c1\u009b',
  'lone \ud83d and \ude00 and \ufffe \uffff',
  '[click](http://evil.example) ![img](//evil.example/x) {0} ${VAR} [a](1)',
  '@everyone #1 GH-7 www.evil.example https://evil.example',
  '<>&"\'',
  '---',
  'x'.repeat(100_000),
  '__proto__',
  '',
];

const TS = Date.UTC(2026, 5, 1, 12, 30, 15, 250);

/** A report without findings. */
export function emptyReport(): Report {
  return {
    schemaVersion: 1,
    ts: TS,
    tool: { name: 'openclaw-security', version: '0.1.0' },
    target: {
      openclawVersion: '2026.9.6',
      versionSource: 'config',
      stateDir: '/home/u/.openclaw',
      configPath: '/home/u/.openclaw/openclaw.json',
      configStatus: 'ok',
      homeFound: true,
    },
    summary: { critical: 0, warn: 0, info: 0 },
    findings: [],
    outcomes: { pass: 1, fail: 0, unknown: 0, 'not-applicable': 0, skipped: 0, error: 0 },
    coverage: { checks: [{ checkId: 'logging.redact_off', outcome: 'pass' }], gaps: [] },
    secretDiagnostics: [],
  };
}

/** A finding; the running number keeps fingerprints apart. */
export function finding(n: number, over: Partial<Finding> = {}): Finding {
  return {
    checkId: 'gateway.bind_no_auth',
    severity: 'critical',
    title: 'Gateway reachable from other machines without authentication',
    detail: 'gateway.bind is "lan".',
    remediation: 'Run `openclaw config set gateway.bind loopback`.',
    why: 'Anybody there may steer it.',
    variant: 'open',
    confidence: 'high',
    locations: [
      {
        file: '/home/u/.openclaw/openclaw.json',
        line: 3,
        column: 5,
        endLine: 3,
        endColumn: 16,
        keyPath: 'gateway.bind',
        exact: true,
        excerpt: { startLine: 2, lines: ['  gateway: {', '    bind: "lan",'], mark: [5, 16] },
      },
    ],
    refs: [{ kind: 'key', path: ['gateway', 'bind'] }],
    fingerprint: n.toString(16).padStart(28, '0'),
    fixes: [],
    ...over,
  };
}

/** A report in whose every slot for text stands a hostile name, for each of them. */
export function hostileReport(): Report {
  const severities = ['critical', 'warn', 'info'] as const;
  const findings = HOSTILE.map((h, i) =>
    finding(i, {
      severity: severities[i % 3]!,
      checkId: `channels.${h || 'x'}.dm.open`,
      title: `Anybody on ${h} may write`,
      detail: h,
      why: `because of ${h}`,
      remediation: `Run \`openclaw config set ${h}\` or ${h}`,
      locations: [
        {
          file: `/home/u/${h}`,
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 4,
          keyPath: `channels[${JSON.stringify(h)}]`,
          exact: i % 2 === 0,
          excerpt: { startLine: 1, lines: [h, `\t${h}`] },
        },
        { file: `$${h}`, exact: true },
        { file: `C:\\Users\\${h}`, exact: true },
      ],
      ...(i % 2 === 0
        ? {}
        : { flows: [[{ location: { file: `/home/u/${h}`, line: 3, keyPath: h, exact: true }, text: h }]] }),
    }),
  );
  const count = (s: string) => findings.filter((f) => f.severity === s).length;
  return {
    ...emptyReport(),
    target: { ...emptyReport().target, stateDir: `/home/${HOSTILE[3]}`, configPath: `/home/${HOSTILE[2]}` },
    summary: { critical: count('critical'), warn: count('warn'), info: count('info') },
    findings,
    suppressedFindings: HOSTILE.map((h, i) => ({
      ...finding(1000 + i, { checkId: `hooks.${h}`, severity: 'warn' }),
      suppression: { source: 'file', reason: h, owner: h, expires: h },
    })),
    suppressions: { expired: HOSTILE.map((h) => ({ id: h })), unused: HOSTILE.map((h) => ({ id: h, owner: h })) },
    outcomes: { pass: 1, fail: 1, unknown: HOSTILE.length, 'not-applicable': 0, skipped: 0, error: 1 },
    coverage: {
      checks: [
        { checkId: 'channels.<provider>.dm.open', outcome: 'fail' },
        { checkId: 'logging.redact_off', outcome: 'pass' },
        ...HOSTILE.map((h, i) => ({ checkId: `config.x${i}`, outcome: 'unknown' as const, reason: h, at: h })),
        { checkId: 'config.y', outcome: 'error', reason: HOSTILE[3]! },
      ],
      gaps: HOSTILE.map((h) => ({ what: `/home/u/${h}`, reason: h })),
    },
  };
}

/** What must not stand in any output as it is: control, bidi, invisible and broken characters. */
export const RAW =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2060-\u206f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
