import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { auditSnapshot } from '../../src/audit.ts';
import { parseSnapshot, toPortable } from '../../src/collect/portable.ts';
import { codeFinding, scanned } from '../../src/checks/_families/scanned.ts';
import { catalogue } from '../../src/checks/rules.ts';
import { RELATED_PREFIXES, startsWithWords } from '../../src/checks/taxonomies.ts';
import type { Report } from '../../src/core/report.ts';
import { plannedEdits } from '../../src/fix/replacements.ts';
import { renderSarif } from '../../src/render/sarif.ts';
import { CANARY, scenario } from '../kit/scenario.ts';
import { hostileExposure, smallExposure } from './exposures.ts';
import { emptyReport, finding, HOSTILE, hostileReport, RAW } from './reports.ts';

const CATALOGUE = catalogue();

const UNSAFE = `// a home
{
  gateway: { bind: "lan", port: 18789,\r
\tauth: { mode: "token", token: "${CANARY}${CANARY}" } },
  channels: {
    telegram: { botToken: "\${T}", dmPolicy: "open", allowFrom: ["*"], groupPolicy: "open" /* kept */ },
  },
  logging: { redactSensitive: "off" },
}
`;

function validator() {
  const {
    id: _,
    $schema,
    ...schema
  } = JSON.parse(readFileSync(join(import.meta.dirname, '../schemas/sarif-2.1.0-rtm.5.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  // Nothing in it reads differently in draft 7, which ajv knows by itself; one of its patterns is not for the flag `u`.
  expect($schema).toBe('http://json-schema.org/draft-04/schema#');
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  return ajv.compile(schema);
}

const validate = validator();

interface Sarif {
  runs: [
    {
      tool: {
        driver: {
          rules: {
            id: string;
            relationships?: { target: { id: string; toolComponent: { index: number } } }[];
            properties: Record<string, unknown>;
          }[];
        };
      };
      taxonomies: { name: string; taxa: { id: string }[] }[];
      originalUriBaseIds?: Record<string, { uri: string }>;
      invocations: [
        {
          executionSuccessful: boolean;
          toolExecutionNotifications?: { message: { text: string }; level: string }[];
          toolConfigurationNotifications?: unknown[];
        },
      ];
      results: {
        ruleId: string;
        ruleIndex?: number;
        message: { text: string };
        locations: {
          physicalLocation: { artifactLocation: { uri: string; uriBaseId?: string }; region?: Record<string, number> };
        }[];
        partialFingerprints: Record<string, string>;
        suppressions: { kind: string; justification?: string }[];
        baselineState?: string;
        properties: { checkId: string };
        codeFlows?: {
          threadFlows: [
            {
              locations: {
                location: {
                  message: { text: string };
                  physicalLocation: { artifactLocation: { uri: string }; region?: Record<string, number> };
                };
              }[];
            },
          ];
        }[];
        fixes?: {
          artifactChanges: {
            artifactLocation: { uri: string };
            replacements: { deletedRegion: Record<string, number>; insertedContent: { text: string } }[];
          }[];
        }[];
      }[];
    },
  ];
}

function sarifOf(report: Report, edits?: ReturnType<typeof plannedEdits>): Sarif['runs'][0] {
  const text = renderSarif(report, { catalogue: CATALOGUE, baseDir: '/home/u', ...(edits ? { edits } : {}) });
  expect(text).not.toMatch(RAW);
  const log = JSON.parse(text) as Sarif;
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log.runs[0];
}

async function unsafe(config = UNSAFE) {
  const snapshot = scenario({ name: 'unsafe', config, env: { T: CANARY } });
  const report = await auditSnapshot(snapshot);
  return { snapshot, report, run: sarifOf(report, plannedEdits(snapshot, report.findings)) };
}

describe('SARIF', () => {
  test('a report without findings is valid and lists every rule', () => {
    const run = sarifOf(emptyReport());
    expect(run.results).toEqual([]);
    expect(run.tool.driver.rules.map((r) => r.id)).toEqual(CATALOGUE.rules.map((r) => r.id));
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: true, endTimeUtc: '2026-06-01T12:30:15.250Z' });
  });

  test('every finding has its rule, and its place with line and column', async () => {
    const { report, run } = await unsafe();
    expect(run.results.length).toBe(report.findings.length);
    for (const [i, result] of run.results.entries()) {
      expect(run.tool.driver.rules[result.ruleIndex!]!.id).toBe(result.ruleId);
      expect(result.properties.checkId).toBe(report.findings[i]!.checkId);
    }
    const open = run.results.find((r) => r.ruleId === 'channels.<provider>.dm.open')!;
    expect(open.locations[0]!.physicalLocation).toMatchObject({
      artifactLocation: { uri: '.openclaw/openclaw.json', uriBaseId: '%SRCROOT%' },
      region: { startLine: 6, startColumn: 35, endLine: 6, endColumn: 51 },
    });
    expect(run.originalUriBaseIds).toEqual({ '%SRCROOT%': { uri: 'file:///home/u/' } });
  });

  test('an offered edit, made as it is written, resolves its finding and no secret is in it', async () => {
    const { report, run } = await unsafe();
    expect(JSON.stringify(run)).not.toContain(CANARY);
    const offered = run.results.filter((r) => r.fixes);
    expect(offered.map((r) => r.ruleId)).toContain('channels.<provider>.dm.open');
    expect(offered.map((r) => r.ruleId)).toContain('logging.redact_off');
    for (const result of offered) {
      const [change] = result.fixes![0]!.artifactChanges;
      const after = replaced(UNSAFE, change!.replacements[0]!);
      expect(after).toContain('/* kept */');
      const next = await auditSnapshot(scenario({ name: 'after', config: after, env: { T: CANARY } }));
      const name = result.partialFingerprints['openclawSecurity/v1'];
      expect(next.findings.map((f) => f.fingerprint)).not.toContain(name);
      expect(report.findings.map((f) => f.fingerprint)).toContain(name);
    }
  });

  test('an edit that would carry a secret along is left out', async () => {
    // Both keys of the fix stand around the token, so that one stretch would hold it.
    const config = `{ channels: { telegram: { dmPolicy: "open", botToken: "${CANARY}${CANARY}", allowFrom: ["*"] } } }`;
    const { run } = await unsafe(config);
    const open = run.results.find((r) => r.ruleId === 'channels.<provider>.dm.open')!;
    expect(open).toBeDefined();
    expect(open.fixes).toBeUndefined();
  });

  test('a snapshot from elsewhere has asterisks for its secrets, which no edit writes over them', async () => {
    const config = UNSAFE.replace('/* kept */', `/* ghp_${'a1B2'.repeat(9)} */`).replace(
      'dmPolicy: "open", allowFrom: ["*"],',
      `dmPolicy: "open", /* ghp_${'a1B2'.repeat(9)} */ allowFrom: ["*"],`,
    );
    const there = parseSnapshot(JSON.stringify(toPortable(scenario({ name: 'there', config, env: { T: CANARY } }))));
    if (typeof there === 'string') throw new Error(there);
    const report = await auditSnapshot(there);
    const run = sarifOf(report, plannedEdits(there, report.findings));
    const of = (id: string) => run.results.find((r) => r.ruleId === id);
    expect(of('logging.redact_off')!.fixes).toBeDefined();
    expect(of('channels.<provider>.dm.open')).toBeDefined();
    expect(of('channels.<provider>.dm.open')!.fixes).toBeUndefined();
    expect(JSON.stringify(run.results.map((r) => r.fixes))).not.toContain('***');
  });

  test('no edit is offered for a config that cannot be loaded', async () => {
    const { run } = await unsafe(`${UNSAFE}}`);
    expect(run.results.filter((r) => r.fixes)).toEqual([]);
  });

  test('fingerprints survive a shift of lines', async () => {
    const names = (run: Sarif['runs'][0]) =>
      run.results
        .map((r) => r.partialFingerprints)
        .map((p) => JSON.stringify(p))
        .sort();
    const [here, shifted] = [await unsafe(), await unsafe(`\n\n// more\n${UNSAFE}`)];
    expect(names(shifted.run)).toEqual(names(here.run));
    expect(new Set(names(here.run)).size).toBe(here.run.results.length);
  });

  test('accepted findings are results with their justification; others say that they are not suppressed', () => {
    const run = sarifOf({
      ...emptyReport(),
      findings: [finding(1, { baselineState: 'worse' })],
      suppressedFindings: [
        { ...finding(2), suppression: { source: 'file', reason: 'our tailnet', owner: 'ops', expires: '2027-01-01' } },
        { ...finding(3), suppression: { source: 'openclaw' } },
      ],
    });
    expect(run.results.map((r) => r.suppressions)).toEqual([
      [],
      [
        {
          kind: 'external',
          status: 'accepted',
          justification: 'our tailnet',
          properties: { owner: 'ops', expires: '2027-01-01' },
        },
      ],
      [{ kind: 'inSource', status: 'accepted' }],
    ]);
    expect(run.results[0]!.baselineState).toBe('updated');
  });

  test('what could not be judged is a notification, and an error makes the run unsuccessful', () => {
    const base = emptyReport();
    const run = sarifOf({
      ...base,
      outcomes: { ...base.outcomes, error: 1, unknown: 1 },
      suppressions: { expired: [{ id: 'gateway' }], unused: [] },
      coverage: {
        checks: [
          { checkId: 'gateway.bind_no_auth', outcome: 'unknown', reason: '${BIND} is not set', at: 'gateway.bind' },
          { checkId: 'logging.redact_off', outcome: 'error', reason: 'the check failed: x' },
        ],
        gaps: [{ what: '/home/u/.openclaw/agents', reason: 'permission denied' }],
      },
    });
    const [invocation] = run.invocations;
    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications!.map((n) => [n.level, n.message.text])).toEqual([
      ['warning', 'gateway.bind_no_auth: ${BIND} is not set (gateway.bind)'],
      ['error', 'logging.redact_off: the check failed: x'],
      ['warning', '/home/u/.openclaw/agents: permission denied'],
    ]);
    expect(invocation.toolConfigurationNotifications).toHaveLength(1);
  });

  test('a variable of the environment is shown at the config, as GitHub wants a file', () => {
    const run = sarifOf({ ...emptyReport(), findings: [finding(1, { locations: [{ file: '$HOOKS', exact: true }] })] });
    expect(run.results[0]!.locations[0]).toEqual({
      physicalLocation: { artifactLocation: { uri: '.openclaw/openclaw.json', uriBaseId: '%SRCROOT%' } },
      logicalLocations: [{ fullyQualifiedName: '$HOOKS', kind: 'variable' }],
    });
  });

  test('a finding about a way tells it as a code flow, step by step', () => {
    const place = (line: number) => ({ file: '/home/u/.openclaw/skills/x/a.js', line, column: 3, exact: true });
    const flows = [
      [
        { location: place(2), text: 'reads process.env' },
        { location: place(9), text: 'sends it [there](x)' },
      ],
      [{ location: { file: '$TOKEN', exact: true }, text: 'comes from a variable' }],
    ];
    const run = sarifOf({ ...emptyReport(), findings: [finding(1, { flows })] });
    const steps = run.results[0]!.codeFlows!.map((flow) =>
      flow.threadFlows[0].locations.map(({ location }) => [
        location.physicalLocation.artifactLocation.uri,
        location.physicalLocation.region?.startLine,
        location.message.text,
      ]),
    );
    expect(steps).toEqual([
      [
        ['.openclaw/skills/x/a.js', 2, 'reads process.env'],
        ['.openclaw/skills/x/a.js', 9, 'sends it \\[there\\](x)'],
      ],
      [['.openclaw/openclaw.json', undefined, 'comes from a variable']],
    ]);
  });

  test('a finding of the code scan tells where each value comes from and where it ends', async () => {
    const steps = [
      { file: 'index.js', line: 2, column: 9, what: 'reads process.env' },
      { file: 'lib/send.js', line: 9, column: 3, what: `sends it with ghp_${'a1B2'.repeat(9)}` },
    ];
    const { code } = scanned('skill', {
      verdict: 'critical',
      findings: [codeFinding('critical', { steps }), codeFinding('critical', { steps: steps.slice(0, 1) })],
    });
    const report = await auditSnapshot({ ...scenario({ name: 'scanned', config: '{}' }), code: code! });
    const run = sarifOf(report);
    const found = run.results.find((r) => r.ruleId === 'skills.code_safety')!;
    expect(found.locations[0]!.physicalLocation.artifactLocation.uri).toBe(
      '.openclaw/workspace/skills/acme/lib/send.js',
    );
    // The other one has no way but a place.
    expect(found.codeFlows).toHaveLength(1);
    expect(
      found.codeFlows![0]!.threadFlows[0].locations.map(({ location: l }) => [
        l.physicalLocation.artifactLocation.uri,
        l.physicalLocation.region,
        l.message.text,
      ]),
    ).toEqual([
      ['.openclaw/workspace/skills/acme/index.js', { startLine: 2, startColumn: 9 }, 'reads process.env'],
      [
        '.openclaw/workspace/skills/acme/lib/send.js',
        { startLine: 9, startColumn: 3 },
        expect.not.stringContaining('a1B2a1B2'),
      ],
    ]);
  });

  test('a finding about paths tells each of them, boundary by boundary, at its line', () => {
    const of = (checkId: string) =>
      sarifOf({ ...emptyReport(), exposure: smallExposure(), findings: [finding(1, { checkId })] }).results[0]!
        .codeFlows;
    const flows = of('exposure.path.host-shell')!;
    expect(flows).toHaveLength(3);
    const steps = flows[0]!.threadFlows[0].locations.map(({ location: { message, physicalLocation: at } }) => [
      at.artifactLocation.uri,
      at.region?.startLine,
      message.text,
    ]);
    expect(steps).toHaveLength(7);
    expect(steps.slice(0, 3)).toEqual([
      [
        '.openclaw/channels.json5',
        6,
        'Anyone on Telegram → Telegram direct messages: writes a direct message. Allowlist open: allowFrom holds "*"; set it with `openclaw config set`',
      ],
      [
        '.openclaw/channels.json5',
        5,
        'Anyone on Telegram → Telegram direct messages: writes a direct message. Pairing open: dmPolicy is open',
      ],
      ['.openclaw/openclaw.json', undefined, 'Telegram direct messages → main session: becomes a prompt'],
    ]);
    // The milder of the two to the keys is not what the critical finding says.
    expect(of('exposure.path.credentials')).toHaveLength(2);
    expect(of('exposure.path.lan')).toBeUndefined();
    expect(of('gateway.bind_no_auth')).toBeUndefined();
  });

  test('the whole of a careless home is valid, with a flow for each finding about paths', async () => {
    const snapshot = scenario({ name: 'unsafe', config: UNSAFE, env: { T: CANARY } });
    const report = await auditSnapshot(snapshot, { exposure: true });
    const run = sarifOf(report, plannedEdits(snapshot, report.findings));
    const about = run.results.filter((r) => r.ruleId.startsWith('exposure.path.'));
    expect(about.map((r) => r.ruleId)).toContain('exposure.path.host-shell');
    for (const { codeFlows, ruleId } of about) {
      expect(codeFlows?.length, ruleId).toBeGreaterThan(0);
      for (const { threadFlows } of codeFlows!) expect(threadFlows[0].locations.length).toBeGreaterThan(1);
    }
    expect(JSON.stringify(run)).not.toContain(CANARY);
  });

  test('hostile names stay text: the log is valid and offers no link of theirs', () => {
    const report = { ...hostileReport(), exposure: hostileExposure() };
    const shell = finding(9000, { checkId: 'exposure.path.host-shell' });
    const run = sarifOf({ ...report, findings: [shell, ...report.findings] });
    expect(run.results).toHaveLength(2 * HOSTILE.length + 1);
    expect(run.results[0]!.codeFlows).toHaveLength(10);
    const steps = run.results.flatMap((r) =>
      (r.codeFlows ?? []).flatMap((f) => f.threadFlows[0].locations.map((l) => l.location)),
    );
    for (const { message } of [...run.results, ...steps]) expect(message.text).not.toMatch(/(?<!\\)\[[^\]]*\]\(/);
    const uris = [...run.results.flatMap((r) => r.locations), ...steps].map(
      (l) => l.physicalLocation.artifactLocation.uri,
    );
    for (const uri of uris) expect(uri).toMatch(/^(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9A-F]{2})+$/);
  });

  test('taxonomies: each entry named by a rule is listed, in the spelling of its list', () => {
    const run = sarifOf(emptyReport());
    const spelling: Record<string, RegExp> = {
      CWE: /^CWE-\d+$/,
      'OWASP-LLM': /^LLM(?:0\d|10):2025$/,
      'OWASP-Agentic': /^T(?:\d|1[0-5])$/,
      ATLAS: /^AML\.T\d{4}$/,
    };
    for (const rule of run.tool.driver.rules)
      for (const { target } of rule.relationships ?? [])
        expect(run.taxonomies[target.toolComponent.index]!.taxa.map((t) => t.id)).toContain(target.id);
    for (const t of run.taxonomies) {
      expect(t.taxa.length).toBeGreaterThan(0);
      for (const { id } of t.taxa) expect(id).toMatch(spelling[t.name]!);
    }
  });

  test('every prefix of the taxonomy table is that of a check', () => {
    for (const prefix of RELATED_PREFIXES)
      expect(
        CATALOGUE.rules.some((r) => startsWithWords(r.id, prefix)),
        prefix,
      ).toBe(true);
  });
});

/** Makes an edit the way an editor does: by lines and columns. */
function replaced(
  text: string,
  { deletedRegion, insertedContent }: { deletedRegion: Record<string, number>; insertedContent: { text: string } },
): string {
  const lines = text.split(/(?<=\n)/);
  const offset = (line: number, column: number) => lines.slice(0, line - 1).join('').length + column - 1;
  const { startLine, startColumn, endLine, endColumn } = deletedRegion;
  return (
    text.slice(0, offset(startLine!, startColumn!)) + insertedContent.text + text.slice(offset(endLine!, endColumn!))
  );
}
