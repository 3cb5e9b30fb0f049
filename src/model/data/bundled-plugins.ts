import { CHANNEL_SPECS } from '../channels/specs.ts';

/** Plugins that come with OpenClaw and are no channel (2026.3.7 and 2026.9.6); naming them is no phantom. */
const BUNDLED = new Set([
  ...['browser', 'memory-core', 'memory-lancedb', 'diagnostics-otel', 'copilot-proxy', 'google-gemini-cli-auth'],
  ...['llm-task', 'lobster', 'open-prose', 'phone-control', 'qwen-portal-auth', 'talk-voice', 'thread-ownership'],
  ...['voice-call', 'device-pair', 'diffs', 'acpx', 'admin-http-rpc', 'policy', 'openai', 'anthropic', 'google'],
]);

/** True for the lower-case id of a plugin or channel that OpenClaw brings itself. */
export function isBundledPlugin(id: string): boolean {
  return BUNDLED.has(id) || CHANNEL_SPECS.some((c) => c.id === id);
}
