import { describe, expect, test } from 'vitest';
import type { ExposureReport } from '../../src/core/exposure.ts';
import { markdown, markdownCode, markdownHtml } from '../../src/render/escape.ts';
import { renderMarkdown } from '../../src/render/markdown.ts';
import { hostileExposure, smallExposure } from './exposures.ts';
import { emptyReport, finding, HOSTILE, hostileReport, RAW } from './reports.ts';

const LIMIT = 65_536;

/** The Markdown without its fenced blocks and code spans, in which nothing is acted on; unclosed ones are refused. */
function outsideCode(text: string): string {
  const out: string[] = [];
  let fence = '';
  for (const line of text.split('\n')) {
    const run = /^`{3,}/.exec(line)?.[0] ?? '';
    if (fence !== '') {
      if (line.trim() === fence) fence = '';
      continue;
    }
    if (run !== '' && !line.slice(run.length).includes('`')) fence = run;
    else out.push(withoutSpans(line));
  }
  expect(fence).toBe('');
  return out.join('\n');
}

function withoutSpans(line: string): string {
  let out = '';
  let at = 0;
  while (at < line.length) {
    if (line[at] === '\\') {
      out += line.slice(at, at + 2);
      at += 2;
    } else if (line[at] === '`') {
      const run = /^`+/.exec(line.slice(at))![0];
      const close = new RegExp(`(?<!\`)\`{${run.length}}(?!\`)`).exec(line.slice(at + run.length));
      expect(close, `an unclosed code span: ${line.slice(0, 200)}`).not.toBeNull();
      at += run.length + close!.index + run.length;
    } else out += line[at++];
  }
  return out;
}

/** The hostile graph with the path of one name and the edit that closes it. */
function hostilePath(name: string): ExposureReport {
  const all = hostileExposure();
  const i = HOSTILE.indexOf(name);
  return { ...all, paths: [all.paths[i]!], cut: { ...all.cut, edits: [all.edits[i]!.id] } };
}

describe('Markdown', () => {
  test('a table, then each finding to unfold with its place, excerpt and next step', () => {
    const text = renderMarkdown(
      { ...emptyReport(), findings: [finding(1)], summary: { critical: 1, warn: 0, info: 0 } },
      { baseDir: '/home/u' },
    );
    expect(text).toContain('| Critical | 1 |');
    expect(text).toContain('### Critical (1)');
    expect(text).toContain('without authentication</b> .openclaw/openclaw.json:3:5</summary>');
    expect(text).toContain('```\n  gateway: {\n    bind: "lan",\n```');
    expect(text).toContain('- `.openclaw/openclaw.json:3:5` `gateway.bind`');
    expect(text).toContain('**Next:** Run `openclaw config set gateway.bind loopback`.');
  });

  test('the worst five paths with their places, and the smallest set of edits', () => {
    const text = renderMarkdown({ ...emptyReport(), exposure: smallExposure() });
    expect(text).toContain(
      '### Attack paths (6)\n\n6 attack paths, 5 of them critical, 2 with a boundary that could not be judged. 3 edits close 4 of 5 critical paths.\n\n1. **Anybody who writes a direct message → Host shell** (critical): Anyone on Telegram → Telegram direct messages → main session → agent main → exec → Commands on the host\n',
    );
    expect(text.match(/^1\. /gm)).toHaveLength(5);
    expect(text).toContain('** (critical, possible): Anyone on the local network →');
    expect(text).toContain('\nand 1 more path\n');
    expect(text).toContain(
      '- Run the tools of agent main in a sandbox (unsafe): `openclaw-security fix apply --edit sandbox`\n- Ask senders',
    );
  });

  test('what was accepted and what is not known is said', () => {
    const base = emptyReport();
    const text = renderMarkdown({
      ...base,
      suppressedFindings: [{ ...finding(1), suppression: { source: 'file', reason: 'our tailnet' } }],
      coverage: {
        checks: [{ checkId: 'gateway.bind_no_auth', outcome: 'unknown', reason: 'not set' }],
        gaps: [{ what: '/home/u/x', reason: 'permission denied' }],
      },
    });
    expect(text).toContain('- critical `gateway.bind_no_auth`: our tailnet');
    expect(text).toContain('<summary>Not known (2)</summary>');
    expect(text).toContain('- `/home/u/x`: permission denied');
  });

  test('500 findings stay below the limit of a comment, the worst come first and the rest is counted', () => {
    const findings = Array.from({ length: 500 }, (_, i) =>
      finding(i, { severity: i < 300 ? 'critical' : 'warn', detail: `number ${i}: ${'detail '.repeat(40)}` }),
    );
    const text = renderMarkdown({ ...emptyReport(), findings, summary: { critical: 300, warn: 200, info: 0 } });
    expect(text.length).toBeLessThan(LIMIT);
    expect(text.length).toBeGreaterThan(LIMIT * 0.9);
    const shown = (text.match(/<details>|^- \*\*/gm) ?? []).length;
    const [, left, critical, warn] = /\*\*(\d+) more findings left out, .*?\*\* (\d+) critical, (\d+) warn/.exec(text)!;
    expect(shown + Number(left)).toBe(500);
    expect(Number(critical) + Number(warn)).toBe(Number(left));
    expect(Number(warn)).toBe(200);
  });

  test('hostile names stay text: no markup, link, mention or row of theirs, and the report stays in its limit', () => {
    for (const name of HOSTILE) {
      const report = hostileReport();
      const one = {
        ...report,
        findings: report.findings.filter((f) => f.detail === name),
        suppressedFindings: report.suppressedFindings!.slice(0, 3),
        exposure: hostilePath(name),
      };
      const text = renderMarkdown(one, { baseDir: '/home/u' });
      expect(text.replaceAll('\u200b', '')).not.toMatch(RAW);
      expect(text.length).toBeLessThan(LIMIT);
      const prose = outsideCode(text);
      const tags = prose.match(/<[a-z/!][^>]*>?/gi) ?? [];
      expect(tags.filter((t) => !/^<\/?(?:details|summary|b)>$/.test(t))).toEqual([]);
      expect(tags.filter((t) => t === '<details>').length).toBe(tags.filter((t) => t === '</details>').length);
      expect(prose).not.toMatch(/(?<!\\)\]\(|(?<!\\)!\[/);
      expect(prose).not.toMatch(/@\w|(?<![&\\])#\d|https?:\/\/|www\.\w/);
      for (const row of prose.split('\n').filter((l) => l.startsWith('|'))) expect(row.match(/\|/g)).toHaveLength(3);
    }
  });

  test.each(HOSTILE.map((h) => [h.slice(0, 30), h] as const))('escapes %j for each place in Markdown', (_, name) => {
    expect(outsideCode(`x ${markdown(name)}`)).not.toMatch(/[<>|]|(?<!\\)[`*_[\]]/);
    expect(markdownHtml(name)).not.toMatch(/[<>"']|&(?!#\d+;)/);
    expect(withoutSpans(markdownCode(name))).toBe('');
  });
});
