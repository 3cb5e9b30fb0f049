import { type Dirent, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FileFact, FileRole, HostFacts } from '../core/snapshot.ts';
import { copiesOf } from './config-copies.ts';
import { errnoReason, isAbsent } from './errno.ts';
import { fileFact } from './file-fact.ts';
import type { ReportGap } from './gap-report.ts';
import { isInside } from './inside.ts';
import { realPathOf } from './real-path.ts';
import { isDatabaseFile } from './state-places.ts';

/** What decides which files are looked at by name. All paths are absolute. */
export interface FileInput {
  readonly stateDir: string;
  readonly configPath: string;
  readonly credentialsDir: string;
  /** Files that the config includes. */
  readonly includePaths: readonly string[];
  /** Agents of the config, as directory names. */
  readonly agentIds: readonly string[];
  /** `agentDir` of agents that set it. */
  readonly extraAgentDirs: readonly { readonly agent: string; readonly path: string }[];
  /** Session indexes that the config puts elsewhere. */
  readonly sessionStores: readonly { readonly agent: string; readonly path: string }[];
  /** `logging.file`. */
  readonly logFile?: string;
  readonly platform: HostFacts['platform'];
}

const SIDECARS = ['-wal', '-shm', '-journal'];
const MAX_UNLISTED_AGENTS = 200;
const MAX_CREDENTIALS = 1000;
const MAX_CREDENTIAL_DEPTH = 6;
const MAX_LISTED = 200;

/**
 * A WhatsApp login keeps thousands of single Signal keys beside `creds.json` (Baileys' multi-file store). They are
 * counted by the walk and not named.
 */
const SIGNAL_KEY =
  /^(?:pre-key|session|sender-key|sender-key-memory|app-state-sync-key|app-state-sync-version|lid-mapping|device-list|tctoken|identity-key)-.*\.json$/;

/** Files that have a meaning of their own, missing ones included, each with what `lstat` and `stat` say. */
export class NamedFiles {
  readonly facts: FileFact[] = [];
  readonly #input: FileInput;
  readonly #report: ReportGap;
  readonly #modes: boolean;
  readonly #seen = new Set<string>();

  constructor(input: FileInput, report: ReportGap) {
    this.#input = input;
    this.#report = report;
    this.#modes = input.platform !== 'win32';
    this.#home();
    this.#config();
    this.#credentials();
    this.#agents();
    this.#machine();
  }

  /** Names by directory, for a walk that must not count them again. */
  byDirectory(): ReadonlyMap<string, ReadonlySet<string>> {
    const out = new Map<string, Set<string>>();
    for (const { path, kind } of this.facts) {
      if (kind === 'missing') continue;
      const dir = dirname(path);
      const names = out.get(dir);
      if (names) names.add(basename(path));
      else out.set(dir, new Set([basename(path)]));
    }
    return out;
  }

  #add(path: string, role: FileRole, agent?: string): FileFact | undefined {
    if (this.#seen.has(`${role}\0${path}`)) return undefined;
    this.#seen.add(`${role}\0${path}`);
    this.#seen.add(path);
    const fact = fileFact(path, { role, modes: this.#modes, ...(agent !== undefined && { agent }) });
    this.facts.push(fact);
    return fact;
  }

  #addExisting(path: string, role: FileRole, agent?: string): void {
    const fact = this.#add(path, role, agent);
    if (fact?.kind === 'missing') this.facts.pop();
  }

  #list(dir: string): Dirent[] {
    try {
      return readdirSync(dir, { withFileTypes: true });
    } catch (error) {
      if (!isAbsent(error)) this.#report({ what: dir, reason: errnoReason(error) });
      return [];
    }
  }

  #home(): void {
    const { stateDir } = this.#input;
    this.#add(stateDir, 'state-dir');
    // Who may write above a link replaces the link; who may write above its target replaces the target.
    for (const path of [stateDir, realOf(stateDir)]) for (const dir of ancestors(path)) this.#add(dir, 'parent-dir');
  }

  #config(): void {
    const { stateDir, configPath, includePaths } = this.#input;
    this.#add(configPath, 'config');
    for (const path of includePaths) this.#add(path, 'config-include');
    const parts = new Set([configPath, ...includePaths]);
    const names = new Map<string, string[]>();
    for (const part of parts) {
      const dir = dirname(part);
      let listed = names.get(dir);
      if (!listed) {
        listed = this.#list(dir).flatMap((e) => (e.isDirectory() ? [] : [e.name]));
        names.set(dir, listed);
      }
      for (const name of copiesOf(basename(part), listed).slice(0, MAX_LISTED)) {
        const path = join(dir, name);
        if (!parts.has(path)) this.#add(path, 'config-backup');
      }
    }
    this.#add(join(stateDir, '.env'), 'dotenv');
  }

  #credentials(): void {
    const { stateDir, credentialsDir } = this.#input;
    const top = this.#add(credentialsDir, 'credentials-dir');
    if (top?.kind !== 'directory') return;
    // `OPENCLAW_OAUTH_DIR` may name the state directory itself or one above it: not all of that is credentials.
    const depth = isInside(realOf(stateDir), realOf(credentialsDir)) ? 0 : MAX_CREDENTIAL_DEPTH;
    const queue = [{ dir: credentialsDir, left: depth }];
    for (let next = queue.shift(), named = 0; next; next = queue.shift()) {
      for (const entry of this.#list(next.dir)) {
        const path = join(next.dir, entry.name);
        if (named >= MAX_CREDENTIALS) return;
        if (SIGNAL_KEY.test(entry.name) || this.#seen.has(path)) continue;
        if (entry.isDirectory()) {
          if (next.left === 0) continue;
          this.#add(path, 'credentials-dir');
          queue.push({ dir: path, left: next.left - 1 });
        } else if (depth > 0 || entry.name.endsWith('.json')) {
          this.#addExisting(path, 'credential');
        }
        named++;
      }
    }
  }

  #agents(): void {
    const { stateDir, agentIds, extraAgentDirs, sessionStores } = this.#input;
    const agentsDir = join(stateDir, 'agents');
    this.#add(agentsDir, 'agents-dir');
    const ids = new Set(agentIds);
    const unlisted = this.#list(agentsDir).filter(
      (e) => e.isDirectory() && !ids.has(e.name) && !e.name.includes('\ufffd'),
    );
    for (const { name } of unlisted.slice(0, MAX_UNLISTED_AGENTS)) ids.add(name);
    for (const id of ids) {
      const home = join(agentsDir, id);
      this.#add(home, 'agent-dir', id);
      this.#agentDir(join(home, 'agent'), id);
      this.#add(join(home, 'sessions'), 'sessions-dir', id);
      this.#add(join(home, 'sessions', 'sessions.json'), 'sessions-store', id);
    }
    for (const { agent, path } of extraAgentDirs) this.#agentDir(path, agent);
    for (const { agent, path } of sessionStores) {
      this.#add(dirname(path), 'sessions-dir', agent);
      this.#add(path, 'sessions-store', agent);
    }
  }

  #agentDir(path: string, agent: string): void {
    this.#add(path, 'agent-dir', agent);
    this.#add(join(path, 'auth-profiles.json'), 'auth-profiles', agent);
    this.#database(join(path, 'openclaw-agent.sqlite'), agent);
  }

  /** The database and those of SQLite's side files that are there: they hold its newest rows. */
  #database(path: string, agent?: string): void {
    this.#add(path, 'sqlite', agent);
    for (const suffix of SIDECARS) this.#addExisting(path + suffix, 'sqlite', agent);
  }

  #machine(): void {
    const { stateDir, logFile } = this.#input;
    const inState = (...parts: string[]) => join(stateDir, ...parts);
    this.#add(inState('state'), 'other');
    this.#database(inState('state', 'openclaw.sqlite'));
    const databases = this.#list(inState('state')).filter((e) => isDatabaseFile(e.name));
    for (const { name } of databases.slice(0, MAX_LISTED)) this.#addExisting(inState('state', name), 'sqlite');
    this.#add(inState('exec-approvals.json'), 'exec-approvals');
    this.#add(inState('secrets.json'), 'credential');
    for (const dir of ['identity', 'devices', 'nodes']) {
      this.#addExisting(inState(dir), 'identity');
      for (const { name } of this.#list(inState(dir)).slice(0, MAX_LISTED)) {
        this.#addExisting(inState(dir, name), 'identity');
      }
    }
    for (const dir of ['extensions', 'hooks', 'npm', 'git']) this.#addExisting(inState(dir), 'extension');
    this.#addExisting(inState('skills'), 'skill');
    this.#add(inState('logs'), 'log-dir');
    if (logFile !== undefined) this.#add(logFile, 'log');
  }
}

/** Where a path leads through its links, or the path itself where that cannot be told. */
export function realOf(path: string): string {
  return realPathOf(path) ?? path;
}

/** The directories above a path, the nearest first. */
export function ancestors(path: string): string[] {
  const out: string[] = [];
  for (let dir = dirname(path), below = path; dir !== below; below = dir, dir = dirname(dir)) out.push(dir);
  return out;
}
