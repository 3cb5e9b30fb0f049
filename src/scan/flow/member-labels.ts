import { isCredentialName } from '../data/credential-names.ts';
import { ONE_CHANNEL, OPENCLAW_CONFIG, OPENCLAW_LOGINS, OWN_LOGIN, RUNNING_CONFIG } from '../data/sensitive-paths.ts';
import type { SyntaxNode } from '../types.ts';
import type { Frame } from './frame.ts';
import type { Machine } from './machine.ts';
import type { Taint } from './value.ts';

/** Settings of all plugins or skills; those of one are its own. */
const ALL_ENTRIES = "the settings of all plugins in OpenClaw's config";
const ALL_CHANNELS = "the settings of all channels in OpenClaw's config";
const ALL_PROVIDERS = "the keys of all model providers in OpenClaw's config";
/** Parts of OpenClaw's config (2026.3.7, 2026.9.6) that hold no token. */
const CONFIG_WITHOUT_TOKENS = new Set(
  'agents ui meta wizard update logging version session messages tools browser commands cron'.split(' '),
);
/** Fields of one provider, whose name was not constant. */
const PROVIDER_FIELDS = new Set(['baseUrl', 'apiKey', 'api', 'headers', 'models', 'auth']);
/** Parameters that hold the key of a wallet. */
const WALLET_WORDS =
  /^(?:seed|mnemonic|recovery|secret|wallet)_?(?:phrase|words?|key)s?$|^(?:mnemonic|phrase|privateKey|private_key)$/i;
/** What an index of sessions says about a conversation, beside what was said in it. */
const SESSION_METADATA = new Set(
  'lastTo lastChannel lastAccountId sessionId sessionKey updatedAt length size success durationMs error usage timestamp'.split(
    ' ',
  ),
);

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
    switch (taint.kind) {
      case 'env-all':
        // The model of the platform answers for the variable itself.
        if (!fromApi && isCredentialName(name)) {
          out.push(machine.taint('env-secret', name, node, frame, `reads ${name} of the environment`));
        }
        break;
      case 'env-names':
        if (name !== 'length') out.push(taint);
        break;
      case 'credential-file':
        out.push(ofCredentials(taint, name));
        break;
      case 'session-store':
        out.push(SESSION_METADATA.has(name) ? { ...taint, kind: 'file', detail: 'the index of sessions' } : taint);
        break;
      case 'input':
        out.push(WALLET_WORDS.test(name) ? { ...taint, kind: 'literal-secret', detail: name } : taint);
        break;
      default:
        out.push(taint);
    }
  }
  return out;
}

/** One part of a file with credentials. */
function ofCredentials(taint: Taint, name: string): Taint {
  const as = (detail: string): Taint => ({ ...taint, detail });
  const harmless = (detail: string): Taint => ({ ...taint, kind: 'file', detail });
  switch (taint.detail) {
    case OPENCLAW_CONFIG:
    case RUNNING_CONFIG:
      if (name === 'plugins' || name === 'skills') return as(ALL_ENTRIES);
      if (name === 'channels') return as(ALL_CHANNELS);
      if (name === 'models') return as(ALL_PROVIDERS);
      return CONFIG_WITHOUT_TOKENS.has(name) ? harmless(`the ${name} of OpenClaw's config`) : taint;
    case ALL_ENTRIES:
      return name === 'entries' ? taint : harmless("its own settings in OpenClaw's config");
    case ALL_CHANNELS:
      return as(ONE_CHANNEL + name);
    case ALL_PROVIDERS:
      return name === 'providers' || PROVIDER_FIELDS.has(name) ? taint : as(OWN_LOGIN + name);
    case OPENCLAW_LOGINS:
      return /^[\w-]+:[\w-]+$/.test(name) ? as(OWN_LOGIN + name.replace(/:.*/, '')) : taint;
    default:
      return taint;
  }
}
