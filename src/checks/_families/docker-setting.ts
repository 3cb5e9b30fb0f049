import { type Check, notApplicable, unknown } from '../../core/check.ts';
import { formatRef } from '../../core/ref.ts';
import type { DockerScope } from '../../model/docker-settings.ts';
import type { Model } from '../../model/model.ts';
import { defineCheck } from '../define.ts';

export interface DockerSettingCheck {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  readonly scopes: (model: Model) => readonly DockerScope[];
  /** Why there is nothing to check without a scope. */
  readonly none: string;
  readonly key: string;
  /** Whether a value, trimmed and in lower case, is dangerous. */
  readonly isDangerous: (value: string) => boolean;
}

/** A check of one text setting of every sandbox container, or of every sandbox browser. */
export function dockerSettingCheck(of: DockerSettingCheck): Check<Model, 'set'> {
  return defineCheck({
    id: of.id,
    title: of.title,
    why: of.why,
    remedy: of.remedy,
    since: '0.1.0',
    confidence: 'high',
    needs: ['config'],
    variants: { set: { severity: 'critical', text: '{key} is "{value}".' } },
    *run(model, hit) {
      const scopes = of.scopes(model);
      if (scopes.length === 0) return yield notApplicable(of.none);
      for (const { path } of scopes) {
        const fact = model.settings.string([...path, of.key], undefined);
        if (!fact.known) {
          yield unknown(fact);
          continue;
        }
        const value = fact.value?.trim() ?? '';
        if (of.isDangerous(value.toLowerCase()))
          yield hit('set', { at: fact, args: { key: formatRef(fact.at), value } });
      }
    },
  });
}

/** Networks that a sandbox shares with the host or with another container. */
export const isSharedNetwork = (value: string): boolean => value === 'host' || value.startsWith('container:');
