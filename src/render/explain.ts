import type { Cases } from '../core/cases.ts';
import type { Check } from '../core/check.ts';
import { caseText, severitiesOf } from './catalogue.ts';
import { styler, type TerminalOptions, wrapText } from './terminal.ts';

/** One check for people: what, why, how to fix, an unsafe and a safe example. */
export function renderExplanation(
  check: Omit<Check<never>, 'run'>,
  cases: Cases | undefined,
  options: TerminalOptions,
): string {
  const style = styler(options.color);
  const width = Math.max(40, Math.min(options.columns, 100));
  const out: string[] = [style(check.title, 'bold')];
  const deep = check.needs.some((n) => n === 'gateway' || n === 'code') ? ', needs --deep' : '';
  out.push(style(`${check.id} (${severitiesOf(check).join(' or ')}${deep})`, 'dim'), '');
  const block = (heading: string, text: string) => {
    out.push(style(heading, 'bold'));
    for (const l of wrapText(text, width - 2)) out.push(`  ${l}`);
    out.push('');
  };
  block('Why it matters', check.why);
  block('What to do', check.remedy);
  for (const [name, v] of Object.entries(check.variants)) block(`Reported as ${v.severity} (${name})`, v.text);
  const code = (heading: string, text: string) => {
    out.push(style(heading, 'bold'));
    for (const l of text.split('\n')) out.push(`  ${l}`);
    out.push('');
  };
  const bad = cases?.fail[0];
  const good = cases?.pass?.[0] ?? cases?.near?.[0];
  if (bad) code(`Unsafe: ${bad.name}`, caseText(bad));
  if (good) code(`Safe: ${good.name}`, caseText(good));
  const { from, before } = check.appliesTo ?? {};
  if (from || before)
    block(
      'OpenClaw versions',
      [from ? `from ${from}` : '', before ? `before ${before}` : ''].filter(Boolean).join(', '),
    );
  return `${out.join('\n').trimEnd()}\n`;
}
