import { isCredentialName } from '../data/credential-names.ts';
import { OPENCLAW_CONFIG, OPENCLAW_LOGINS, OWN_LOGIN } from '../data/sensitive-paths.ts';
import type { SyntaxNode } from '../types.ts';
import type { Frame } from './frame.ts';
import type { Machine } from './machine.ts';
import type { Taint } from './value.ts';

/** Parts of OpenClaw's config (2026.3.7, 2026.9.6) that hold settings of plugins and places, and no token of others. */
/** Settings of all plugins or skills; those of one are its own. */
const ALL_ENTRIES = "the settings of all plugins in OpenClaw's config";
const CONFIG_WITHOUT_TOKENS = new Set(['agents', 'ui', 'meta', 'wizard', 'update', 'logging', 'version']);
/** What an index of sessions says about a conversation, beside what was said in it. */
const SESSION_METADATA = new Set([
  'lastTo',
  'lastChannel',
  'lastAccountId',
  'sessionId',
  'sessionKey',
  'updatedAt',
  'length',
  'size',
]);

/** Labels of one member. One variable of the environment is not the environment, one setting is not all tokens. */
export function memberTaints(
  machine: Machine,
  taints: readonly Taint[],
  name: string,
  node: SyntaxNode,
  frame: Frame,
  fromApi: boolean,
): readonly Taint[] {
  const out: Taint[] = [];
  for (const taint of taints) {
    if (taint.kind === 'env-all') {
      // The model of the platform answers for the variable itself.
      if (!fromApi && isCredentialName(name)) {
        out.push(machine.taint('env-secret', name, node, frame, `reads ${name} of the environment`));
      }
    } else if (
      taint.kind === 'credential-file' &&
      taint.detail === OPENCLAW_CONFIG &&
      CONFIG_WITHOUT_TOKENS.has(name)
    ) {
      out.push({ ...taint, kind: 'file', detail: `the ${name} of OpenClaw's config` });
    } else if (
      taint.kind === 'credential-file' &&
      taint.detail === OPENCLAW_CONFIG &&
      (name === 'plugins' || name === 'skills')
    ) {
      out.push({ ...taint, detail: ALL_ENTRIES });
    } else if (taint.detail === ALL_ENTRIES && name !== 'entries') {
      out.push({ ...taint, kind: 'file', detail: "its own settings in OpenClaw's config" });
    } else if (taint.kind === 'credential-file' && taint.detail === OPENCLAW_LOGINS && /^[\w-]+:[\w-]+$/.test(name)) {
      out.push({ ...taint, detail: OWN_LOGIN + name.replace(/:.*/, '') });
    } else if (taint.kind === 'session-store' && SESSION_METADATA.has(name)) {
      out.push({ ...taint, kind: 'file', detail: 'the index of sessions' });
    } else if (taint.kind !== 'env-names' || name !== 'length') out.push(taint);
  }
  return out;
}
