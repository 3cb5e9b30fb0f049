import type { Cases } from '../core/cases.ts';
import type { Check } from '../core/check.ts';
import { caseText, severitiesOf } from './catalogue.ts';
import { visible } from '../core/text.ts';
import { styler, type TerminalOptions, wrapText } from './terminal.ts';

/**
 * One check for people: what, why, how to fix, an unsafe and a safe example.
 *
 * @param id as asked, perhaps filled in: `channels.telegram.dm.open` for `channels.<provider>.dm.open`
 */
export function renderExplanation(
  check: Omit<Check<never>, 'run'>,
  cases: Cases | undefined,
  options: TerminalOptions,
  id: string = check.id,
): string {
  const style = styler(options.color);
  const width = Math.max(40, Math.min(options.columns, 100));
  const say = placeholders(check.id, id);
  const out: string[] = [style(say(check.title), 'bold')];
  const deep = check.needs.some((n) => n === 'gateway' || n === 'code') ? ', needs --deep' : '';
  out.push(style(`${visible(id)} (${severitiesOf(check).join(' or ')}${deep})`, 'dim'), '');
  const block = (heading: string, text: string) => {
    out.push(style(heading, 'bold'));
    for (const l of wrapText(say(text), width - 2)) out.push(`  ${l}`);
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

/** Puts what the id tells where the words leave a place open; what only a finding tells is named: `<key>`. */
function placeholders(pattern: string, id: string): (text: string) => string {
  const words = id.split('.');
  const known = new Map<string, string>();
  for (const [i, part] of pattern.split('.').entries()) {
    const name = /^<(\w+)>$/.exec(part)?.[1];
    if (name !== undefined && words[i] !== undefined) known.set(name, words[i]);
  }
  return (text) => text.replace(/\{(\w+)\}/g, (_, name: string) => visible(known.get(name) ?? `<${name}>`));
}
