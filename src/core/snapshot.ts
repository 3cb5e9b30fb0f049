import type { GatewayProbeFailure, LiveGateway } from './live.ts';
import type { SecretFact } from './secret.ts';
import type { Confidence, Severity } from './severity.ts';

/**
 * Everything that was read, as plain JSON: the only input of an audit. A test case, a bug report and an audit of another
 * machine are the same thing. No secret is in it, except that the config texts are whole while the snapshot stays in
 * memory; `collect/portable` masks them before a snapshot is written anywhere.
 */
export interface Snapshot {
  readonly format: 'openclaw-security.snapshot';
  readonly formatVersion: 1;
  /** Epoch milliseconds. */
  readonly collectedAt: number;
  /** Version of openclaw-security that collected. */
  readonly collector: string;
  readonly host: HostFacts;
  readonly home: HomeFacts;
  readonly openclaw: InstalledOpenClaw;
  readonly env: EnvFacts;
  readonly config: ConfigSource;
  readonly files: FileFacts;
  readonly pairing: readonly PairingStore[];
  readonly plugins: PluginFacts;
  readonly skills: SkillFacts;
  readonly machine: MachineState;
  readonly docker: DockerFacts;
  /** What could not be read, in the order met. */
  readonly gaps: readonly CollectGap[];
  /** Present when the live gateway was asked (`--deep`). */
  readonly gateway?: GatewayProbe;
  /** Present when plugin and skill code was scanned (`--deep`). */
  readonly code?: readonly CodeScan[];
}

/** Something that a collector wanted and did not get. */
export interface CollectGap {
  readonly what: string;
  readonly reason: string;
}

export interface HostFacts {
  readonly platform: 'linux' | 'darwin' | 'win32' | 'other';
  /** Effective user id of the auditor; null on Windows. */
  readonly uid: number | null;
  readonly gid: number | null;
  /** Home directory of the user as OpenClaw resolves it (`OPENCLAW_HOME`, `HOME`, `USERPROFILE`, system). */
  readonly homeDir: string;
  /** The home directory of the operating system's user. */
  readonly osHomeDir: string;
  readonly cwd: string;
}

/** The paths that are audited and why these. */
export interface HomeFacts {
  /** False when neither a state directory nor a config exists. */
  readonly found: boolean;
  readonly stateDir: string;
  readonly stateDirSource: string;
  readonly configPath: string;
  readonly configPathSource: string;
  readonly credentialsDir: string;
  readonly credentialsDirSource: string;
  /** Active profile (`--profile`, `--dev`, `OPENCLAW_PROFILE`), if any. */
  readonly profile?: string;
}

export interface InstalledOpenClaw {
  /** `--openclaw-version`. */
  readonly requested?: string;
  /** Version in the `package.json` of the installed OpenClaw, found without running anything. */
  readonly installed?: string;
  readonly installedPath?: string;
}

/** One environment variable as the gateway will see it. Its value is there only when it cannot be a secret. */
export interface EnvFact {
  /**
   * Which source wins: the process environment, then `<state>/.env`, then the config's `env` block.
   * The last two never move what is audited.
   */
  readonly source: 'process' | 'state-dotenv' | 'config-env';
  readonly value?: string;
  readonly secret?: SecretFact;
  /** 1-based line in `<state>/.env`. */
  readonly line?: number;
}

export interface EnvFacts {
  /** The variables that OpenClaw or the config refers to; a blank one counts as set to ''. */
  readonly vars: { readonly [name: string]: EnvFact };
  readonly stateDotenv: { readonly path: string; readonly status: 'ok' | 'missing' | 'unreadable' };
  /** Variables by which `<state>/.env` or the config's `env` block would move what is audited; not followed. */
  readonly attemptedMoves?: readonly AttemptedMove[];
}

export interface AttemptedMove {
  readonly name: string;
  readonly source: 'state-dotenv' | 'config-env';
  /** 1-based line in `<state>/.env`. */
  readonly line?: number;
  /** True when nothing that comes first sets the variable, so that OpenClaw itself follows it. */
  readonly effective: boolean;
}

/** A secret in a config text: the span of the whole literal, quotes included. */
export interface SecretSpan {
  readonly start: number;
  readonly end: number;
  /** The value after `${NAME}` substitution. Absent when a variable in it is not set. */
  readonly secret?: SecretFact;
  /** Names of `${NAME}` in the literal. */
  readonly vars: readonly string[];
  /** True when the literal is nothing but references, i.e. no secret stands in the file. */
  readonly byReference: boolean;
}

/** One file that makes up the config. */
export interface ConfigFile {
  /** Absolute path as configured or as resolved from the including file. */
  readonly path: string;
  /** Decoded text without a byte-order mark; '' when not readable. */
  readonly text: string;
  /** Byte-order mark in the file. */
  readonly bom: boolean;
  readonly secrets: readonly SecretSpan[];
  /** Why there is no text. */
  readonly error?: ConfigFileError;
}

export type ConfigFileError =
  | 'missing'
  | 'unreadable'
  | 'not-a-file'
  | 'too-large'
  | 'undecodable'
  | 'outside-root'
  | 'hard-linked'
  | 'changed-while-reading';

export interface ConfigSource {
  readonly status: 'ok' | 'missing' | 'unreadable';
  /** The main file first (when it was opened), then each included file once, in the order met. */
  readonly files: readonly ConfigFile[];
  /** What `$include` paths must stay under: directory of the configured path. */
  readonly includeRoot: string;
}

export type FileRole =
  | 'state-dir'
  | 'config'
  | 'config-include'
  | 'config-backup'
  | 'dotenv'
  | 'credentials-dir'
  | 'credential'
  | 'agents-dir'
  | 'agent-dir'
  | 'auth-profiles'
  | 'sessions-dir'
  | 'sessions-store'
  | 'transcript'
  | 'sqlite'
  | 'log-dir'
  | 'log'
  | 'exec-approvals'
  | 'identity'
  | 'extension'
  | 'skill'
  | 'workspace'
  | 'parent-dir'
  | 'other';

export type FileKind = 'file' | 'directory' | 'symlink' | 'fifo' | 'socket' | 'device' | 'missing' | 'unreadable';

/** What `lstat` and, for a link, `stat` say. Modes are the nine permission bits plus setuid, setgid and sticky. */
export interface FileFact {
  readonly path: string;
  readonly role: FileRole;
  /** The agent (normalised id) that owns it, where one does. */
  readonly agent?: string;
  /** Kind after following links; `symlink` only for a broken one. */
  readonly kind: FileKind;
  /** Mode after following links; of the link itself when it is broken. 0 when missing. */
  readonly mode: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly size?: number;
  readonly nlink?: number;
  /** Present when the path itself is a symbolic link. */
  readonly link?: { readonly target: string; readonly real?: string };
  readonly error?: string;
}

/**
 * Files of one role whose mode lets others in, counted; the walk keeps no list of a hundred thousand names. A file counts
 * once, under the first access of the list that its mode gives. A directory counts only where others may write: its
 * listing alone opens no file.
 */
export interface LooseGroup {
  readonly role: FileRole;
  readonly agent?: string;
  readonly access: 'world-write' | 'group-write' | 'world-read' | 'group-read';
  /** Those that others reach. */
  readonly count: number;
  /** The first few of them, in walk order. */
  readonly examples: readonly string[];
  /** More of them below a directory that neither group nor world may search: closed as long as that directory is. */
  readonly shielded?: number;
}

/** What lies in the state directory and belongs to another user than the directory itself, counted. */
export interface ForeignGroup {
  readonly role: FileRole;
  readonly uid: number;
  readonly count: number;
  /** The first few, in walk order. */
  readonly examples: readonly string[];
}

export interface FileFacts {
  /** The named files, missing ones included. Then links and special files that the walk met. */
  readonly named: readonly FileFact[];
  /** What the walk of the state directory saw below the named ones. */
  readonly loose: readonly LooseGroup[];
  /** Absent when there is none. */
  readonly foreign?: readonly ForeignGroup[];
  /** Entries seen by the walk. */
  readonly walked: number;
  /** Why the walk stopped early. */
  readonly truncated?: string;
  /** Windows access control lists are not modes; the checks then answer `unknown`. */
  readonly model: 'posix' | 'windows';
}

/** `<credentials>/<channel>[-<account>]-allowFrom.json` or the SQLite table of newer versions. */
export interface PairingStore {
  readonly channel: string;
  readonly account: string;
  readonly path: string;
  readonly entries: readonly string[];
  /** Why entries may be missing. */
  readonly error?: string;
}

/** A place that OpenClaw loads plugin code from. */
export interface PluginDir {
  /** Directory name or file base name. */
  readonly name: string;
  readonly path: string;
  /** Where it was found. */
  readonly from: 'state-extensions' | 'workspace-extensions' | 'load-path' | 'npm-projects' | 'git' | 'bundled';
  readonly kind: 'directory' | 'file' | 'symlink';
  readonly real?: string;
  /** From `openclaw.plugin.json`, when it is readable. */
  readonly id?: string;
  /** OpenClaw itself never loads it (`*.disabled`, `*.bak`, …). */
  readonly ignored: boolean;
  readonly package?: PackageFacts;
  readonly manifestError?: string;
}

export interface PackageFacts {
  readonly name?: string;
  readonly version?: string;
  /** `openclaw.extensions` of package.json. */
  readonly entries: readonly string[];
  readonly error?: string;
}

/** An entry of `plugins.installs`, `hooks.internal.installs` or the index in SQLite. */
export interface InstallRecord {
  readonly id: string;
  readonly kind: 'plugin' | 'hook';
  readonly source: string;
  readonly spec?: string;
  readonly version?: string;
  readonly resolvedVersion?: string;
  readonly integrity?: string;
  readonly installPath?: string;
  /** Version in the installed package.json. */
  readonly installedVersion?: string;
  /** `config` or the path of the database or file. */
  readonly recordedIn: string;
}

export interface PluginFacts {
  readonly dirs: readonly PluginDir[];
  /** Records that stand outside the config. Those inside are read from the config. */
  readonly installs: readonly InstallRecord[];
  /** Installed package versions for records in the config: key `plugin:<id>` or `hook:<id>`. */
  readonly installedVersions: { readonly [key: string]: string };
  /** True when `<state>/extensions` is itself a link. */
  readonly extensionsIsLink: boolean;
}

export interface SkillEscape {
  readonly path: string;
  readonly real?: string;
  readonly reason: 'outside' | 'unresolvable' | 'root-link';
}

export interface WorkspaceFacts {
  readonly agent: string;
  readonly path: string;
  readonly real?: string;
  readonly escapes: readonly SkillEscape[];
  readonly skillFiles: number;
  readonly truncated: boolean;
  readonly error?: string;
}

export interface SkillFacts {
  readonly workspaces: readonly WorkspaceFacts[];
}

/** State that newer versions keep in SQLite, or older ones in JSON files, reduced to what checks need. */
export interface MachineState {
  readonly databases: readonly DatabaseFacts[];
  readonly execApprovals?: ExecApprovals;
  /** Enabled server names in `<state>/skills/config/mcporter.json`. */
  readonly mcporter: { readonly status: 'missing' | 'ok' | 'unreadable'; readonly servers: readonly string[] };
  /** Plugin ids in the registry index. */
  readonly indexedPlugins: readonly string[];
}

export interface DatabaseFacts {
  readonly path: string;
  readonly status: 'ok' | 'corrupt' | 'unreadable' | 'changing' | 'too-large';
  readonly schemaVersion?: number;
  readonly appVersion?: string;
  /** Counts of credentials in clear text, by table: rows, or profiles where a row holds a set of auth profiles. */
  readonly secretRows: { readonly [table: string]: number };
  readonly error?: string;
}

export interface ExecApprovals {
  readonly path: string;
  readonly defaults: ExecApprovalScope;
  readonly agents: { readonly [agent: string]: ExecApprovalScope };
  /** Why scopes or patterns may be missing. */
  readonly error?: string;
}

export interface ExecApprovalScope {
  readonly security?: string;
  readonly ask?: string;
  readonly autoAllowSkills?: boolean;
  readonly allowlist: readonly string[];
}

export interface SandboxContainer {
  readonly name: string;
  readonly configHash?: string;
  readonly epoch?: string;
  /** Published ports as `host:port`; undefined when they could not be read. */
  readonly ports?: readonly { readonly host: string; readonly port: string; readonly container: string }[];
  /** False for a container that exists but does not run; its ports are then those it publishes when started. */
  readonly running?: boolean;
  /** True when the container shares the host's network, so that it publishes nothing and still listens on every address. */
  readonly hostNetwork?: boolean;
}

export interface DockerFacts {
  readonly status: 'ok' | 'absent' | 'timeout' | 'error' | 'not-asked';
  readonly containers: readonly SandboxContainer[];
  /** Why it is not `ok`, or what is missing although it is; for people. */
  readonly error?: string;
  /** Calls that did not answer in time. */
  readonly timeouts: readonly string[];
}

/** What the live gateway answered; see `collect/gateway`. The first five fields are those of OpenClaw's `deep.gateway`. */
export interface GatewayProbe {
  readonly attempted: boolean;
  readonly url: string;
  readonly ok: boolean;
  readonly error: string | null;
  readonly close: { readonly code: number; readonly reason: string } | null;
  /** Why `ok` is false. */
  readonly failure?: GatewayProbeFailure;
  readonly live?: LiveGateway;
}

/** What the code scan says of one plugin, skill or, before it is installed, package; see `scan/`. */
export interface CodeScan {
  readonly kind: 'plugin' | 'skill' | 'package';
  readonly name: string;
  /** Names of files in the rest are relative to it. */
  readonly path: string;
  /** Present when `path` is that file itself. */
  readonly oneFile?: true;
  /**
   * Worst first: `critical`, `incomplete` (nothing critical, and something that could be was not looked at), `warn`, `info`,
   * `clean`. Absent when it was not scanned.
   */
  readonly verdict?: 'critical' | 'incomplete' | 'warn' | 'info' | 'clean';
  /** Worst first; at most a hundred. */
  readonly findings: readonly CodeFinding[];
  /** How many more there are. */
  readonly moreFindings?: number;
  /** What was not looked at and why, one sentence each. */
  readonly limits: readonly string[];
  /** What is there and cannot be read, or why it was not scanned. */
  readonly failures: readonly { readonly what: string; readonly reason: string }[];
  readonly counts?: {
    readonly files: number;
    readonly bytes: number;
    readonly parsed: number;
    readonly unparsable: number;
  };
}

/** One finding of the code scan. */
export interface CodeFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  /** From where a value comes from to where it ends. */
  readonly steps: readonly {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly what: string;
  }[];
  /** Files of the last three kinds are not loaded, as far as the code shows. */
  readonly class: 'shipped' | 'test' | 'vendored' | 'unreachable';
}
