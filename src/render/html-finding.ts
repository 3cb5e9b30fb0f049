import type { Finding, Location } from '../core/finding.ts';
import type { Fix, FixOp } from '../core/fix.ts';
import { formatKeyPath } from '../core/ref.ts';
import type { Rule } from '../core/rule.ts';
import type { Severity } from '../core/severity.ts';
import { formatMode, plural } from '../core/text.ts';
import { html } from './escape.ts';
import { assetOf } from './finding-flows.ts';
import { CODE, COPY_BUTTON, placeHtml, prose } from './html-text.ts';
import { type PlaceOptions, placeText } from './place.ts';

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  warn: 'Warning',
  info: 'Note',
};

const PLACES_SHOWN = 8;

/**
 * One finding, folded. Files below the base directory are named relative to it.
 *
 * @param hasPaths the page has a section on paths, to which a finding about paths points
 */
export function findingHtml(f: Finding, rule: Rule | undefined, places: PlaceOptions, hasPaths = false): string {
  const asset = assetOf(f);
  const [place, ...rest] = f.locations;
  const onWays = new Set(f.flows?.flat().map((step) => placeText(step.location, places)));
  const others = rest.filter((l) => !onWays.has(placeText(l, places)));
  const area = f.checkId.split('.')[0]!;
  return [
    `<details class="finding ${f.severity}" id="${findingAnchor(f)}" data-severity="${f.severity}" data-area="${html(area)}">`,
    `<summary>${badge(f.severity)}<h3>${html(f.title, 300)}</h3><span class="where">${html(f.checkId, 300)}${place ? ` · ${placeHtml(place, places)}` : ''}</span></summary>`,
    '<div class="body">',
    `<p>${prose(f.detail)}</p>`,
    place?.excerpt ? excerptHtml(place) : '',
    f.flows ? flowsHtml(f.flows, places) : '',
    others.length > 0 ? othersHtml(others, places) : '',
    asset !== undefined && hasPaths ? `<p><a href="#paths" data-to="${html(asset)}">The paths to it</a></p>` : '',
    `<h4>Why it matters</h4><p>${prose(f.why)}</p>`,
    f.remediation ? `<h4>Next step</h4><p>${remedyHtml(f, rule)}</p>` : '',
    f.fixes.length > 0 ? `<h4>Fix</h4><ul>${f.fixes.map((x) => `<li>${fixHtml(x)}</li>`).join('')}</ul>` : '',
    `<p class="dim">Confidence ${f.confidence}${f.baselineState ? `, ${f.baselineState} since the baseline` : ''}${relatedText(rule)}</p>`,
    '</div></details>',
  ].join('\n');
}

/** The id of a finding's element. */
export function findingAnchor(f: Finding): string {
  return `f-${f.fingerprint.replace(/[^\w-]/g, '')}`;
}

export function badge(severity: Severity): string {
  return `<span class="badge ${severity}">${SEVERITY_WORDS[severity]}</span>`;
}

/** A fix in words: what it does, how safe it is, what else it changes. */
export function fixHtml(fix: Fix): string {
  const ops = fix.ops.map((op) => `<li><code>${html(opText(op), 500)}</code></li>`).join('');
  const effect = fix.sideEffect ? ` ${prose(fix.sideEffect)}` : '';
  return `${html(fix.title, 300)} <span class="dim">(${fix.safety})</span>.${effect}${ops ? `<ul>${ops}</ul>` : ''}`;
}

function opText(op: FixOp): string {
  switch (op.op) {
    case 'set':
      return `${formatKeyPath(op.key)}: ${JSON.stringify(op.value)}`;
    case 'remove':
      return `${formatKeyPath(op.key)}: removed`;
    case 'chmod':
      return `chmod ${formatMode(op.mode)} ${op.path}`;
    case 'run':
      return op.command;
  }
}

function relatedText(rule: Rule | undefined): string {
  return rule && rule.taxa.length > 0 ? `; ${rule.taxa.map((t) => `${html(t.id)} ${html(t.name)}`).join(', ')}` : '';
}

function othersHtml(others: readonly Location[], places: PlaceOptions): string {
  const rows = others.slice(0, PLACES_SHOWN).map((l) => `<li>${placeHtml(l, places)}</li>`);
  const more = others.length - PLACES_SHOWN;
  if (more > 0) rows.push(`<li>and ${plural(more, 'more place')}</li>`);
  return `<h4>Also at</h4><ul class="dim">${rows.join('')}</ul>`;
}

/** The ways of a finding, step by step. */
function flowsHtml(flows: NonNullable<Finding['flows']>, places: PlaceOptions): string {
  const rows = flows.slice(0, PLACES_SHOWN).map((steps) => {
    const list = steps.map(
      (s) => `<li>${prose(s.text)} <span class="dim">${placeHtml(s.location, places)}</span></li>`,
    );
    return `<ol>${list.join('')}</ol>`;
  });
  const more = flows.length - PLACES_SHOWN;
  if (more > 0) rows.push(`<p>and ${plural(more, 'more way')}</p>`);
  return `<h4>Step by step</h4>${rows.join('')}`;
}

function excerptHtml({ excerpt, line }: Location): string {
  const { startLine, lines, mark } = excerpt!;
  const width = String(startLine + lines.length - 1).length;
  const text = (raw: string) => html(raw.replaceAll('\t', '  '), 400);
  const rows = lines.map((raw, i) => {
    const number = startLine + i;
    const marked = mark && number === line;
    const shown = marked
      ? `${text(raw.slice(0, mark[0] - 1))}<mark>${text(raw.slice(mark[0] - 1, mark[1] - 1))}</mark>${text(raw.slice(mark[1] - 1))}`
      : text(raw);
    return `<span class="n">${String(number).padStart(width)} </span>${shown}`;
  });
  return `<pre tabindex="0" aria-label="Source">${rows.join('\n')}</pre>`;
}

/**
 * The next step. A command has a button that copies it only when it is the one of the check, with nothing filled in that
 * a shell acts on: who chose the name of an account must not choose what is pasted into a terminal.
 */
function remedyHtml(f: Finding, rule: Rule | undefined): string {
  const template = rule?.variants[f.variant as never]?.remedy ?? rule?.remedy ?? '';
  const ours = template.split(CODE);
  const parts = (f.remediation ?? '').split(CODE);
  const sameShape = ours.length === parts.length;
  return parts
    .map((part, i) => {
      if (!CODE.test(part)) return html(part);
      const command = part.slice(1, -1);
      const safe = sameShape && / /.test(command) && filledWith(ours[i]!.slice(1, -1)).test(command);
      return `<code>${html(command, 500)}</code>${safe ? COPY_BUTTON : ''}`;
    })
    .join('');
}

function filledWith(template: string): RegExp {
  const literal = template.split(/\{[a-zA-Z]\w*\}/).map((t) => t.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('[\\w.:@%+=,/\\[\\]-]*')}$`);
}
