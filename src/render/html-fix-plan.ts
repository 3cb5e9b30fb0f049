import type { Finding } from '../core/finding.ts';
import type { FixSafety } from '../core/fix.ts';
import { PRODUCT_NAME } from '../core/product.ts';
import type { Report } from '../core/report.ts';
import { plural } from '../core/text.ts';
import { html } from './escape.ts';
import { badge, findingAnchor, fixHtml } from './html-finding.ts';
import { COPY_BUTTON, isPlainCommand } from './html-text.ts';

/** True when a finding has a fix. */
export function hasFixPlan(findings: readonly Finding[]): boolean {
  return findings.some((f) => f.fixes.length > 0);
}

/** What to run, ready to copy, and every fix with what it does. */
export function fixPlanHtml({ findings }: Report): string {
  if (!hasFixPlan(findings)) return '';
  const rows = findings.flatMap((f) => f.fixes.map((fix) => fixRow(f, fixHtml(fix))));
  const having = (safety: FixSafety) => findings.filter((f) => f.fixes.some((x) => x.safety === safety));
  const safe = having('safe').length;
  const unsafe = [...new Set(having('unsafe').map((f) => f.checkId))].map(
    (id) => `${PRODUCT_NAME} fix apply --only ${id} --unsafe`,
  );
  const steps = [
    ...(safe > 0
      ? commands(`${plural(safe, 'finding')} with a safe fix, all at once:`, [`${PRODUCT_NAME} audit --fix`])
      : []),
    ...(unsafe.length > 0
      ? commands('Fixes that change who or what works; keep the lines that you want:', unsafe.filter(isPlainCommand))
      : []),
  ];
  return `<section aria-labelledby="fixes"><h2 id="fixes" tabindex="-1">Fix plan</h2>
${steps.join('\n')}
<p class="dim">See every change as a diff first: <code>${PRODUCT_NAME} fix plan --all</code>${COPY_BUTTON}</p>
<table><thead><tr><th scope="col">Finding</th><th scope="col">Fix</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></section>`;
}

function commands(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [
    `<p>${title}</p>`,
    `<div class="copied"><pre tabindex="0" aria-label="Commands">${lines.map((l) => html(l, 1000)).join('\n')}</pre>${COPY_BUTTON}</div>`,
  ];
}

function fixRow(f: Finding, fix: string): string {
  return `<tr><td>${badge(f.severity)}<a href="#${findingAnchor(f)}">${html(f.title, 300)}</a></td><td>${fix}</td></tr>`;
}
