import type { KeyPath } from '../../core/ref.ts';

/** A switch that takes a protection away. `*` stands for any key, index, agent or defaults object at that place. */
export interface DangerousFlag {
  readonly path: KeyPath;
  /** The value that is dangerous. */
  readonly when: boolean | string;
  readonly effect: string;
  /** Versions whose own audit reports it under `config.insecure_or_dangerous_flags`. */
  readonly reported: 'both' | 'first' | 'second' | 'neither';
}

/** Facts of OpenClaw 2026.3.7 and 2026.9.6, in the order of their reports; the last ones are ours. */
export const DANGEROUS_FLAGS: readonly DangerousFlag[] = [
  {
    path: ['gateway', 'controlUi', 'allowInsecureAuth'],
    when: true,
    reported: 'first',
    effect: 'sign-in works without a secure context',
  },
  {
    path: ['gateway', 'controlUi', 'dangerouslyAllowHostHeaderOriginFallback'],
    when: true,
    reported: 'both',
    effect: 'the Host header decides which pages may connect',
  },
  {
    path: ['gateway', 'controlUi', 'dangerouslyDisableDeviceAuth'],
    when: true,
    reported: 'first',
    effect: 'no device pairing is asked for',
  },
  {
    path: ['hooks', 'gmail', 'allowUnsafeExternalContent'],
    when: true,
    reported: 'both',
    effect: 'mail text reaches the agent unmarked',
  },
  {
    path: ['hooks', 'mappings', '*', 'allowUnsafeExternalContent'],
    when: true,
    reported: 'both',
    effect: 'webhook text reaches the agent unmarked',
  },
  {
    path: ['tools', 'exec', 'applyPatch', 'workspaceOnly'],
    when: false,
    reported: 'both',
    effect: 'patches may change files outside the workspace',
  },
  {
    path: ['hooks', 'allowRequestSessionKey'],
    when: true,
    reported: 'second',
    effect: 'webhook senders choose their session',
  },
  {
    path: ['browser', 'ssrfPolicy', 'dangerouslyAllowPrivateNetwork'],
    when: true,
    reported: 'second',
    effect: 'the browser may open addresses of your own network',
  },
  {
    path: ['tools', 'fs', 'workspaceOnly'],
    when: false,
    reported: 'second',
    effect: 'file tools reach beyond the workspace',
  },
  {
    path: ['agents', '*', 'sandbox', 'docker', 'dangerouslyAllowReservedContainerTargets'],
    when: true,
    reported: 'second',
    effect: 'mounts may replace the workspace inside the sandbox',
  },
  {
    path: ['agents', '*', 'sandbox', 'docker', 'dangerouslyAllowExternalBindSources'],
    when: true,
    reported: 'second',
    effect: 'any host directory may be mounted into the sandbox',
  },
  {
    path: ['agents', '*', 'sandbox', 'docker', 'dangerouslyAllowContainerNamespaceJoin'],
    when: true,
    reported: 'second',
    effect: 'the sandbox may join the network of another container',
  },
  {
    path: ['agents', '*', 'tools', 'exec', 'applyPatch', 'workspaceOnly'],
    when: false,
    reported: 'neither',
    effect: 'patches of this agent may change files outside the workspace',
  },
  {
    path: ['browser', 'ssrfPolicy', 'allowPrivateNetwork'],
    when: true,
    reported: 'neither',
    effect: 'the browser may open addresses of your own network',
  },
  {
    path: ['browser', 'noSandbox'],
    when: true,
    reported: 'neither',
    effect: 'the browser runs without its own sandbox',
  },
  {
    path: ['agents', '*', 'sandbox', 'browser', 'allowHostControl'],
    when: true,
    reported: 'neither',
    effect: 'a sandboxed agent may steer the browser of the host',
  },
  {
    path: ['secrets', 'providers', '*', 'allowInsecurePath'],
    when: true,
    reported: 'neither',
    effect: 'secrets are read from files that others may change',
  },
  {
    path: ['secrets', 'providers', '*', 'allowSymlinkCommand'],
    when: true,
    reported: 'neither',
    effect: 'the secret command may be swapped through a link',
  },
  {
    path: ['plugins', 'entries', '*', 'hooks', 'allowPromptInjection'],
    when: true,
    reported: 'neither',
    effect: 'a plugin may put text into every prompt',
  },
  {
    path: ['agents', 'defaults', 'embeddedPi', 'projectSettingsPolicy'],
    when: 'trusted',
    reported: 'neither',
    effect: 'settings found in a project are obeyed',
  },
  {
    path: ['tools', 'message', 'allowCrossContextSend'],
    when: true,
    reported: 'neither',
    effect: 'an agent may write to other conversations',
  },
  { path: ['commands', 'bash'], when: true, reported: 'neither', effect: 'chat commands run programs on the host' },
  { path: ['commands', 'config'], when: true, reported: 'neither', effect: 'chat commands change the config' },
  { path: ['commands', 'debug'], when: true, reported: 'neither', effect: 'chat commands change settings at run time' },
];
