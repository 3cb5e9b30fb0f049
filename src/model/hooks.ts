import type { Fact } from '../core/fact.ts';
import type { SecretInput, Settings } from './settings.ts';

/** Webhook ingress: `hooks.*`. */
export interface Hooks {
  readonly enabled: Fact<boolean>;
  readonly token: SecretInput;
  readonly path: Fact<string | undefined>;
  readonly defaultSessionKey: Fact<string | undefined>;
  readonly allowRequestSessionKey: Fact<boolean>;
  readonly allowedSessionKeyPrefixes: Fact<readonly string[] | undefined>;
  readonly allowedAgentIds: Fact<readonly string[] | undefined>;
}

export function readHooks(settings: Settings): Hooks {
  return {
    enabled: settings.boolean(['hooks', 'enabled'], false),
    token: settings.secret('hooks', 'token'),
    path: settings.string(['hooks', 'path'], undefined),
    defaultSessionKey: settings.string(['hooks', 'defaultSessionKey'], undefined),
    allowRequestSessionKey: settings.boolean(['hooks', 'allowRequestSessionKey'], false),
    allowedSessionKeyPrefixes: settings.strings(['hooks', 'allowedSessionKeyPrefixes']),
    allowedAgentIds: settings.strings(['hooks', 'allowedAgentIds']),
  };
}
