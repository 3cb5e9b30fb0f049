import { type Check, type NotApplicable, notApplicable, type UnknownResult } from '../../core/check.ts';
import type { AssetKind } from '../../core/exposure.ts';
import { shellByMessage, type WorstPath, worstPaths } from '../../exposure/worst.ts';
import type { Model } from '../../model/model.ts';
import { defineCheck } from '../define.ts';

export interface ExposurePathCheck {
  readonly asset: AssetKind;
  readonly title: string;
  readonly why: string;
}

/** A check for an asset that is worth a great deal: the worst path that leads to it. */
export function graveAssetCheck(of: ExposurePathCheck): Check<Model, 'stranger' | 'circle'> {
  return defineCheck({
    ...words(of),
    variants: {
      stranger: { severity: 'critical', text: '{way}. Nothing on the way holds: {reasons}.' },
      circle: { severity: 'warn', text: '{way}. Nothing on the way holds: {reasons}.' },
    },
    *run(model, hit) {
      for (const found of look(model, of.asset))
        if ('way' in found) yield hit(found.severity === 'critical' ? 'stranger' : 'circle', details(found));
        else yield found;
    },
  });
}

/** The same for an asset that a stranger must not have, and that does less harm. */
export function lesserAssetCheck(of: ExposurePathCheck): Check<Model, 'stranger'> {
  return defineCheck({
    ...words(of),
    variants: { stranger: { severity: 'warn', text: '{way}. Nothing on the way holds: {reasons}.' } },
    *run(model, hit) {
      for (const found of look(model, of.asset)) yield 'way' in found ? hit('stranger', details(found)) : found;
    },
  });
}

function words({ asset, title, why }: ExposurePathCheck) {
  return {
    id: `exposure.path.${asset}`,
    title,
    why,
    remedy: `Run \`openclaw-security paths --to ${asset}\`: it shows each step with its place, and the fewest edits that close the ways.`,
    since: '0.1.0',
    confidence: 'high',
    needs: ['config'],
  } as const;
}

/** The worst open path, and what may be worse. */
function* look(model: Model, asset: AssetKind): Generator<WorstPath | UnknownResult | NotApplicable> {
  const byAsset = worstPaths(model);
  const { open, possible } = byAsset.get(asset) ?? {};
  if (!open && !possible && byAsset.has('host-shell'))
    return yield notApplicable('whoever gets so far has the shell of the host as well: exposure.path.host-shell');
  if (open && open.severity !== 'info') yield open;
  if (possible && possible.severity !== 'info')
    yield { result: 'unknown', reason: `possible: ${possible.way}`, at: possible.refs[0]! };
}

function details({ way, why, refs }: WorstPath) {
  return { at: refs[0]!, also: refs.slice(1), args: { way: way.charAt(0).toUpperCase() + way.slice(1), reasons: why } };
}

/** For heuristics: the way that a stranger's message really takes, or nothing. */
export function followed(model: Model): string {
  const path = shellByMessage(model);
  return path ? ` Followed to its end: ${path.way}.` : '';
}
