import { walkValues } from '../config/document.ts';
import { formatKeyPath, keyRef, type Ref } from '../core/ref.ts';
import type { Settings } from './settings.ts';

/** A secret that is written in the config itself. */
export interface PlainSecret {
  readonly key: string;
  readonly at: Ref;
}

/** Keys with findings of their own, and a block whose plain variables only look like secrets. */
const REPORTED_ELSEWHERE = new Set(['gateway.auth.password', 'hooks.token']);

/** Secrets as text, in config order; references, placeholders and short words of the env block are none. */
export function readPlainSecrets(settings: Settings): readonly PlainSecret[] {
  const out: PlainSecret[] = [];
  const { root } = settings.document;
  if (!root) return out;
  walkValues(root, (path, value) => {
    if (value.kind !== 'string' || !value.secret || value.secret.byReference) return;
    const { secret } = value.secret;
    if (!secret || secret.placeholder) return;
    const key = formatKeyPath(path);
    const shortVariable = path[0] === 'env' && secret.lengthClass === '1-7';
    if (!REPORTED_ELSEWHERE.has(key) && !shortVariable) out.push({ key, at: keyRef(...path) });
  });
  return out;
}
