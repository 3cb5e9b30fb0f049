/** Tools that `/tools/invoke` refuses unless `gateway.tools.allow` names them (OpenClaw 2026.3.7 and 2026.9.6). */
export const HTTP_DENIED_TOOLS: Readonly<Record<'first' | 'second', readonly string[]>> = {
  first: ['sessions_spawn', 'sessions_send', 'cron', 'gateway', 'whatsapp_login'],
  second: [
    ...['exec', 'spawn', 'shell', 'fs_write', 'fs_delete', 'fs_move', 'apply_patch', 'terminal', 'portal'],
    ...['sessions_spawn', 'sessions_send', 'conversations_list', 'conversations_send', 'conversations_turn'],
    ...['automations', 'gateway', 'plugins', 'nodes', 'computer', 'mobile_ui', 'openclaw'],
  ],
};
