import type { SchemaTable } from '../config/schema/table.ts';
import { type ValidationResult, validateConfig } from '../config/schema/validate.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { type Agents, readAgents } from './agents.ts';
import { type Browser, readBrowser } from './browser.ts';
import { type ChannelAccount, readChannelAccounts } from './channels/accounts.ts';
import { type RawScope, readRawScopes } from './channels/raw.ts';
import { type DockerScope, readDockerScopes } from './docker-settings.ts';
import { type ExecScope, readExecScopes } from './exec.ts';
import { type Exposure, readExposure } from './exposure.ts';
import { type Files, readFiles } from './files.ts';
import { readSetFlags, type SetFlag } from './flags.ts';
import { type Gateway, readGateway } from './gateway.ts';
import { type Hooks, readHooks } from './hooks.ts';
import { type McpSources, readMcpSources, readSkillBoundaries, type SkillBoundary } from './mcp.ts';
import { type ModelUse, readModelUses } from './models.ts';
import { type PlainSecret, readPlainSecrets } from './plain-secrets.ts';
import { type Plugins, readPlugins } from './plugins.ts';
import { readTextProblems, readUnreadableConfig, type TextProblem } from './problems.ts';
import { Settings } from './settings.ts';
import { readTarget, type Target } from './target.ts';
import { readToolContexts, type ToolContext } from './tools/contexts.ts';
import { FIRST_ERA, SECOND_ERA, type ToolTables } from './tools/tables.ts';

/**
 * What the snapshot means, in one dialect. Every part is read when a check first asks for it, so a run pays only for what
 * it reports on. Parts are immutable; nothing here reads the disk, the clock or the environment.
 */
export class Model {
  readonly snapshot: Snapshot;
  readonly settings: Settings;
  readonly target: Target;
  private readonly parts = new Map<string, unknown>();

  /** What the target version accepts in a config; loaded by who asks for it, since it is large. */
  private readonly schemaTable: SchemaTable | undefined;

  /** @param settings those of the snapshot's config, unless somebody asks what other ones would mean */
  constructor(snapshot: Snapshot, schemaTable?: SchemaTable, settings?: Settings) {
    this.snapshot = snapshot;
    this.schemaTable = schemaTable;
    this.settings = settings ?? new Settings(snapshot.config, snapshot.env);
    this.target = readTarget(snapshot, this.settings);
  }

  get agents(): Agents {
    return this.part('agents', () => readAgents(this.settings));
  }

  get gateway(): Gateway {
    return this.part('gateway', () => readGateway(this.settings, this.snapshot.env));
  }

  get hooks(): Hooks {
    return this.part('hooks', () => readHooks(this.settings));
  }

  get setFlags(): readonly SetFlag[] {
    return this.part('setFlags', () => readSetFlags(this.settings));
  }

  get channelScopes(): readonly RawScope[] {
    return this.part('channelScopes', () => readRawScopes(this.settings));
  }

  get channelAccounts(): readonly ChannelAccount[] {
    return this.part('channelAccounts', () => readChannelAccounts(this.settings, this.snapshot, this.target.secondEra));
  }

  /** Accounts that OpenClaw starts: enabled and with what they need to connect. */
  get liveAccounts(): readonly ChannelAccount[] {
    return this.channelAccounts.filter((a) => a.enabled && a.configured);
  }

  get exposure(): Exposure {
    return this.part('exposure', () => readExposure(this.settings, this.channelScopes, this.target.secondEra));
  }

  get execScopes(): readonly ExecScope[] {
    return this.part('execScopes', () => readExecScopes(this.settings, this.agents));
  }

  get skillBoundaries(): readonly SkillBoundary[] {
    return this.part('skillBoundaries', () =>
      readSkillBoundaries(this.settings, this.agents, this.execScopes, this.snapshot.machine),
    );
  }

  get mcpSources(): McpSources {
    return this.part('mcpSources', () => readMcpSources(this.settings, this.snapshot.machine));
  }

  get dockerScopes(): readonly DockerScope[] {
    return this.part('dockerScopes', () => readDockerScopes(this.settings, this.agents, 'docker'));
  }

  get sandboxBrowserScopes(): readonly DockerScope[] {
    return this.part('sandboxBrowserScopes', () => readDockerScopes(this.settings, this.agents, 'browser'));
  }

  get modelUses(): readonly ModelUse[] {
    return this.part('modelUses', () => readModelUses(this.settings, this.agents, this.target.secondEra));
  }

  get browser(): Browser {
    return this.part('browser', () => readBrowser(this.settings, this.target.secondEra));
  }

  get textProblems(): readonly TextProblem[] {
    return this.part('textProblems', () => readTextProblems(this.settings));
  }

  /** The main config file when there is one and it cannot be read. */
  get configUnreadable(): ReturnType<typeof readUnreadableConfig> {
    return this.part('configUnreadable', () => readUnreadableConfig(this.settings));
  }

  /** Why the target version refuses the config; undefined when its table was not loaded. */
  get validation(): ValidationResult | undefined {
    const table = this.schemaTable;
    return table && this.part('validation', () => validateConfig(this.settings.document.root, table));
  }

  get plugins(): Plugins {
    return this.part('plugins', () => readPlugins(this.settings, this.snapshot));
  }

  get plainSecrets(): readonly PlainSecret[] {
    return this.part('plainSecrets', () => readPlainSecrets(this.settings));
  }

  get files(): Files {
    return this.part('files', () => readFiles(this.snapshot, this.agents, this.target.secondEra));
  }

  /** Names, groups and profiles of tools in the target version. */
  get toolTables(): ToolTables {
    return this.target.secondEra ? SECOND_ERA : FIRST_ERA;
  }

  /** The defaults, then each agent. */
  get toolContexts(): readonly ToolContext[] {
    return this.part('toolContexts', () => readToolContexts(this.settings, this.agents, this.toolTables));
  }

  private part<T>(name: string, read: () => T): T {
    if (!this.parts.has(name)) this.parts.set(name, read());
    return this.parts.get(name) as T;
  }
}
