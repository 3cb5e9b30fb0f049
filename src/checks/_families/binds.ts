import { formatKeyPath, keyRef, type Ref } from '../../core/ref.ts';
import type { DockerScope } from '../../model/docker-settings.ts';
import type { Settings } from '../../model/settings.ts';

/** One entry of a `binds` list. */
export interface Bind {
  readonly text: string;
  readonly key: string;
  readonly at: Ref;
}

/** Every bind of the given docker or browser objects, in config order. */
export function bindsOf(settings: Settings, scopes: readonly DockerScope[]): readonly Bind[] {
  return scopes.flatMap(({ path }) => {
    const list = settings.value(...path, 'binds');
    if (list?.kind !== 'array') return [];
    return list.items.flatMap((item, i) => {
      const at = [...path, 'binds', i];
      return item.kind === 'string' ? [{ text: item.value, key: formatKeyPath(at), at: keyRef(...at) }] : [];
    });
  });
}
