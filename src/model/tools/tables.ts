/**
 * Tool names as OpenClaw groups them. Facts of OpenClaw 2026.3.7 (`FIRST_ERA`) and 2026.9.6 (`SECOND_ERA`).
 */
export interface ToolTables {
  readonly aliases: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** `full` and unknown profiles restrict nothing and are left out. */
  readonly profiles: Readonly<Record<string, readonly string[]>>;
  readonly sandboxDefaults: { readonly allow: readonly string[]; readonly deny: readonly string[] };
  /** `apply_patch` passes an allow list that has this tool. */
  readonly impliesApplyPatch: string;
}

const SESSION_TOOLS = [
  'sessions_list',
  'sessions_history',
  'sessions_send',
  'sessions_spawn',
  'subagents',
  'session_status',
];

// Channel names in OpenClaw's own denials are those of each version's bundle.
const CHANNELS_9_6 = [
  ...['feishu', 'googlechat', 'nostr', 'buzz', 'msteams', 'mattermost', 'nextcloud-talk', 'matrix', 'raft', 'a2a'],
  ...['line', 'zalo', 'clickclack', 'zalouser', 'sms', 'synology-chat', 'tlon', 'discord', 'imessage', 'irc', 'reef'],
  ...['signal', 'slack', 'telegram', 'twitch', 'whatsapp'],
];

const CHANNELS_3_7 = ['telegram', 'whatsapp', 'discord', 'irc', 'googlechat', 'slack', 'signal', 'imessage', 'line'];

export const FIRST_ERA: ToolTables = {
  aliases: { bash: 'exec', 'apply-patch': 'apply_patch' },
  groups: {
    'group:openclaw': [
      ...['web_search', 'web_fetch', 'memory_search', 'memory_get', ...SESSION_TOOLS, 'browser', 'canvas', 'message'],
      ...['cron', 'gateway', 'nodes', 'agents_list', 'image', 'tts'],
    ],
    'group:fs': ['read', 'write', 'edit', 'apply_patch'],
    'group:runtime': ['exec', 'process'],
    'group:web': ['web_search', 'web_fetch'],
    'group:memory': ['memory_search', 'memory_get'],
    'group:sessions': SESSION_TOOLS,
    'group:ui': ['browser', 'canvas'],
    'group:messaging': ['message'],
    'group:automation': ['cron', 'gateway'],
    'group:nodes': ['nodes'],
    'group:agents': ['agents_list'],
    'group:media': ['image', 'tts'],
  },
  profiles: {
    minimal: ['session_status'],
    coding: [
      ...['read', 'write', 'edit', 'apply_patch', 'exec', 'process', 'memory_search', 'memory_get'],
      ...SESSION_TOOLS,
      ...['cron', 'image'],
    ],
    messaging: ['sessions_list', 'sessions_history', 'sessions_send', 'session_status', 'message'],
  },
  sandboxDefaults: {
    allow: ['exec', 'process', 'read', 'write', 'edit', 'apply_patch', 'image', ...SESSION_TOOLS],
    deny: ['browser', 'canvas', 'nodes', 'cron', 'gateway', ...CHANNELS_3_7],
  },
  impliesApplyPatch: 'exec',
};

const SESSION_TOOLS_9_6 = [
  ...['sessions', 'sessions_list', 'sessions_history', 'sessions_search', 'conversations_list', 'conversations_send'],
  ...['conversations_turn', 'sessions_send', 'sessions_spawn', 'github_identity_status', 'github_publish'],
  ...['agents_wait', 'sessions_yield', 'subagents', 'session_status', 'suggest_task', 'dismiss_task'],
];
const NOT_FOR_MESSAGING = ['github_identity_status', 'github_publish', 'agents_wait', 'suggest_task', 'dismiss_task'];
const AGENT_TOOLS_9_6 = ['get_goal', 'create_goal', 'update_goal', 'progress_card', 'ask_user', 'skill_workshop'];
const GENERATORS_9_6 = ['image_generate', 'music_generate', 'video_generate'];

export const SECOND_ERA: ToolTables = {
  aliases: { bash: 'exec', 'apply-patch': 'apply_patch', cron: 'automations' },
  groups: {
    'group:openclaw': [
      ...['code_execution', 'secrets', 'web_search', 'web_fetch', 'x_search', 'memory_search', 'memory_get'],
      ...SESSION_TOOLS_9_6,
      ...['browser', 'screen', 'theme', 'dashboard', 'terminal', 'portal', 'show_widget', 'message'],
      ...['heartbeat_respond', 'automations', 'gateway', 'plugins', 'openclaw', 'nodes', 'computer', 'mobile_ui'],
      ...['agents_list', ...AGENT_TOOLS_9_6, 'view_image', ...GENERATORS_9_6, 'tts', 'pdf'],
    ],
    'group:fs': ['ls', 'read', 'write', 'edit', 'apply_patch'],
    'group:runtime': ['exec', 'process', 'code_execution', 'secrets'],
    'group:web': ['web_search', 'web_fetch', 'x_search'],
    'group:memory': ['memory_search', 'memory_get'],
    'group:sessions': SESSION_TOOLS_9_6,
    'group:ui': ['browser', 'screen', 'theme', 'dashboard', 'terminal', 'portal', 'canvas', 'show_widget'],
    'group:messaging': ['message'],
    'group:automation': ['heartbeat_respond', 'automations', 'gateway', 'plugins', 'openclaw'],
    'group:nodes': ['nodes', 'computer', 'mobile_ui'],
    'group:agents': ['agents_list', ...AGENT_TOOLS_9_6],
    'group:media': ['view_image', ...GENERATORS_9_6, 'tts', 'pdf'],
  },
  profiles: {
    minimal: ['session_status', 'gateway'],
    coding: [
      ...['ls', 'read', 'write', 'edit', 'apply_patch', 'exec', 'process', 'code_execution', 'secrets'],
      ...['web_search', 'web_fetch', 'x_search', 'memory_search', 'memory_get', ...SESSION_TOOLS_9_6],
      ...['screen', 'theme', 'dashboard', 'terminal', 'portal', 'automations', 'gateway', 'plugins'],
      ...[...AGENT_TOOLS_9_6, 'view_image', ...GENERATORS_9_6, 'bundle-mcp'],
    ],
    messaging: [
      'secrets',
      ...SESSION_TOOLS_9_6.filter((tool) => !NOT_FOR_MESSAGING.includes(tool)),
      ...['theme', 'message', 'gateway', 'ask_user', 'bundle-mcp'],
    ],
  },
  sandboxDefaults: {
    allow: [
      ...['exec', 'process', 'read', 'ls', 'write', 'edit', 'apply_patch', 'view_image', 'sessions_list'],
      ...['sessions_history', 'sessions_search', 'sessions_send', 'sessions_spawn', 'sessions_yield', 'subagents'],
      'session_status',
    ],
    deny: ['browser', 'canvas', 'computer', 'mobile_ui', 'nodes', 'automations', 'gateway', ...CHANNELS_9_6],
  },
  impliesApplyPatch: 'write',
};

/** Tools that run programs, and tools that touch files: what makes an open door dangerous. */
export const RUNTIME_TOOLS = ['exec', 'process'] as const;
export const FILE_TOOLS = ['read', 'write', 'edit', 'apply_patch'] as const;
/** Tools that change the bot itself (2026.9.6). */
export const CONTROL_PLANE_TOOLS = ['automations', 'gateway', 'plugins'] as const;
