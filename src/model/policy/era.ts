import { FIRST_ERA, SECOND_ERA, type ToolTables } from '../tools/tables.ts';

/** What differs between the eras beyond names of tools. Facts of OpenClaw 2026.3.7 and 2026.9.6. */
export interface PolicyTables {
  readonly tools: ToolTables;
  readonly secondEra: boolean;
  /** What an entry of a list means besides or instead of the tool of that name. */
  readonly families: Readonly<Record<string, readonly string[]>>;
  /** Tools that everybody else lacks, whatever the lists say. */
  readonly ownerOnly: readonly string[];
  /** Known tools that plugins bring. */
  readonly pluginTools: readonly string[];
  readonly subagents: {
    /** When `agents.defaults.subagents.maxSpawnDepth` is not written. */
    readonly maxSpawnDepth: number;
    readonly deny: readonly string[];
    /** Denied on top where no deeper sub-agent may be started. */
    readonly leafDeny: readonly string[];
    /** `tools.subagents.tools.allow` and `alsoAllow` lift built-in denials. */
    readonly allowLifts: boolean;
  };
}

const MEMORY_TOOLS = ['memory_search', 'memory_get'];
/** Of the tools that plugins bring, the known ones; by the plugin, or as the group of all. */
const PLUGIN_FAMILIES = {
  'group:plugins': ['group:plugins', ...MEMORY_TOOLS],
  'memory-core': ['memory-core', ...MEMORY_TOOLS],
};

const FIRST: PolicyTables = {
  tools: FIRST_ERA,
  secondEra: false,
  families: PLUGIN_FAMILIES,
  ownerOnly: ['whatsapp_login', 'cron', 'gateway'],
  pluginTools: MEMORY_TOOLS,
  subagents: {
    maxSpawnDepth: 1,
    deny: [
      ...['gateway', 'agents_list', 'whatsapp_login', 'session_status', 'cron'],
      ...['memory_search', 'memory_get', 'sessions_send'],
    ],
    leafDeny: ['sessions_list', 'sessions_history', 'sessions_spawn'],
    allowLifts: true,
  },
};

const SECOND: PolicyTables = {
  tools: SECOND_ERA,
  secondEra: true,
  families: { ...PLUGIN_FAMILIES, canvas: ['canvas', 'show_widget'], update_plan: ['progress_card'] },
  ownerOnly: [
    ...['automations', 'gateway', 'plugins', 'sessions', 'screen', 'terminal', 'portal', 'conversations_list'],
    ...['conversations_send', 'conversations_turn', 'nodes', 'computer', 'mobile_ui', 'openclaw'],
  ],
  pluginTools: MEMORY_TOOLS,
  subagents: {
    maxSpawnDepth: 5,
    deny: [
      ...['gateway', 'agents_list', 'openclaw', 'session_status', 'progress_card', 'automations', 'message'],
      ...['sessions_send', 'conversations_list', 'conversations_send', 'conversations_turn'],
    ],
    leafDeny: ['subagents', 'sessions_list', 'sessions_history', 'sessions_search', 'sessions_spawn'],
    allowLifts: false,
  },
};

/** The tables of the target version. */
export function policyTables(secondEra: boolean): PolicyTables {
  return secondEra ? SECOND : FIRST;
}

/** Every built-in tool, in OpenClaw's order of groups. */
export function coreTools(tables: PolicyTables): readonly string[] {
  const sections = Object.entries(tables.tools.groups).filter(([name]) => name !== 'group:openclaw');
  return [...new Set(sections.flatMap(([, tools]) => tools))];
}
