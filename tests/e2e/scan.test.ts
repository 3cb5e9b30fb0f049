import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanCommand, type ScanCommandOptions } from '../../src/cli/commands/scan.ts';
import { UsageError } from '../../src/cli/io.ts';
import type { Severity } from '../../src/core/severity.ts';
import type { ScanInput, ScanResult } from '../../src/scan/types.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'openclaw-security-scan-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Stands in for the scan: a file that begins with a severity is one finding of it. */
function scan(input: ScanInput): ScanResult {
  const findings = input.files.flatMap((f) => {
    const severity = (['critical', 'warn', 'info'] as const).find((s: Severity) => f.text?.startsWith(s));
    const step = { file: f.path, line: 1, column: 1, what: 'here\u001b[31m' };
    return severity
      ? [
          {
            rule: 'test',
            severity,
            confidence: 'high' as const,
            message: input.kind,
            steps: [step],
            class: 'shipped' as const,
          },
        ]
      : [];
  });
  const limits = (input.limits ?? []).map((l) => `${l.what}: ${l.reason}`);
  const verdict = limits.length > 0 ? 'incomplete' : (findings[0]?.severity ?? 'clean');
  return { verdict, findings, limits, counts: { files: input.files.length, bytes: 0, parsed: 0, unparsable: 0 } };
}

function run(path: string, options: Partial<ScanCommandOptions> = {}) {
  let out = '';
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: () => {},
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    columns: 80,
    env: {},
    cwd: root,
  };
  const code = scanCommand(path, { failOn: 'warn', ...options }, io, scan);
  return { code, out };
}

describe('scan', () => {
  it.each([
    ['clean', 'warn', 0],
    ['info', 'warn', 0],
    ['info', 'info', 1],
    ['warn', 'warn', 1],
    ['warn', 'critical', 0],
    ['critical', 'critical', 1],
    ['critical', 'never', 0],
  ] as const)('of %s code with --fail-on %s ends with %i', (text, failOn, code) => {
    put('p/index.js', text);
    expect(run('p', { failOn }).code).toBe(code);
  });

  it('of something that was not read whole ends with 3 under --strict', () => {
    put('p/index.js', `/*${'\0a'.repeat(400)}*/`);
    expect(run('p').code).toBe(0);
    const { code, out } = run('p', { strict: true });
    expect(code).toBe(3);
    expect(out).toContain('not judged');
  });

  it('reads an npm tarball, a directory and a file alike, and knows a plugin from a skill', () => {
    put('package/index.js', 'critical');
    put('package/openclaw.plugin.json', '{}');
    put('skill/SKILL.md', 'warn');
    execFileSync('tar', ['-C', root, '-czf', join(root, 'p.tgz'), 'package']);
    const kinds = ['p.tgz', 'package', 'skill', 'package/index.js'].map((path) => {
      const result = JSON.parse(run(path, { json: true }).out) as { kind: string; findings: unknown[] };
      return [result.kind, result.findings.length];
    });
    expect(kinds).toEqual([
      ['plugin', 1],
      ['plugin', 1],
      ['skill', 1],
      ['package', 1],
    ]);
  });

  it('shows the place of each finding, and no control characters', () => {
    put('p/index.js', 'critical');
    const { out } = run('p');
    expect(out).toContain('index.js:1:1 here');
    expect(out).not.toContain('\u001b');
  });

  it('of what is not there, or is no archive, is a mistake of the caller', () => {
    put('x.tgz', 'text '.repeat(300));
    expect(() => run('gone')).toThrow(UsageError);
    expect(() => run('x.tgz')).toThrow(/no tar archive/);
  });
});
