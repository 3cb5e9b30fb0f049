import type { Finding } from '../core/finding.ts';
import { severityRank } from '../core/severity.ts';

/**
 * What to fix first among findings of one severity: doors that strangers can use today, then what they reach behind
 * them, then doors inside the machine, then the rest in catalogue order. `*` stands for one word of an id.
 */
const FIRST: readonly string[] = [
  'gateway.bind_no_auth',
  'gateway.tailscale_funnel',
  'gateway.token_placeholder_value',
  'gateway.password_placeholder_value',
  'exposure.path.*',
  'security.exposure.open_groups_with_runtime_or_fs',
  'security.exposure.open_channels_with_exec',
  'channels.*.dm.open',
  'channels.*.groups.open',
  'channels.telegram.groups.allowFrom.wildcard',
  'channels.telegram.groups.allowFrom.missing',
  'channels.discord.commands.native.unrestricted',
  'channels.slack.commands.slash.useAccessGroups_off',
  'security.exposure.open_groups_with_elevated',
  'security.exposure.open_groups_with_control_plane_tools',
  'tools.exec.security_full_configured',
  'tools.elevated.allowFrom.*.wildcard',
  'tools.elevated.agent_wildcard',
  'plugins.code_safety',
  'skills.code_safety',
  'hooks.token_reuse_gateway_token',
  'gateway.control_ui.allowed_origins_wildcard',
  'gateway.control_ui.host_header_origin_fallback',
  'gateway.control_ui.device_auth_disabled',
  'gateway.http.no_auth',
  'gateway.loopback_no_auth',
  'gateway.trusted_proxy_no_proxies',
  'gateway.trusted_proxy_no_user_header',
  'browser.control_no_auth',
  'gateway.control_ui.allowed_origins_required',
  'sandbox.dangerous_bind_mount',
  'sandbox.dangerous_network_mode',
  'fs.config.perms_writable',
  'fs.state_dir.perms_world_writable',
  'fs.parent_dir.writable',
  'fs.config.perms_world_readable',
  'gateway.token_too_short',
  'gateway.secret_guessable',
  'gateway.password_too_short',
  'gateway.auth_no_rate_limit',
  'hooks.request_session_key_enabled',
  'hooks.token_too_short',
  'channels.*.dm.scope_main_multiuser',
  'channels.dm.session_collision.*.*',
  'channels.*.allowFrom.name_based_entries',
  'config.unparseable',
  'config.schema_invalid',
];

const PATTERNS = FIRST.map((id) => id.split('.'));

function urgency(checkId: string): number {
  const words = checkId.split('.');
  const at = PATTERNS.findIndex(
    (p) => p.length === words.length && p.every((word, i) => word === '*' || word === words[i]),
  );
  return at === -1 ? PATTERNS.length : at;
}

/** Sorts worst first; findings of equal severity and urgency keep their order. */
export function byUrgency<T extends Finding>(findings: readonly T[]): T[] {
  const keyed = findings.map((finding) => ({
    finding,
    // Reminders that are often beside the point come last.
    at: finding.confidence === 'low' ? PATTERNS.length + 1 : urgency(finding.checkId),
  }));
  keyed.sort((a, b) => severityRank(b.finding.severity) - severityRank(a.finding.severity) || a.at - b.at);
  return keyed.map((k) => k.finding);
}
