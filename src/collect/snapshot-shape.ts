/** What is wrong with a value: `files.named[3].mode is not a number`; undefined when nothing is. */
type Shape = (value: unknown, at: string) => string | undefined;

const kind =
  (word: string, is: (value: unknown) => boolean): Shape =>
  (value, at) =>
    is(value) ? undefined : `${at} is not ${word}`;

const text = kind('a string', (v) => typeof v === 'string');
const number = kind('a number', (v) => typeof v === 'number' && Number.isFinite(v));
const flag = kind('true or false', (v) => typeof v === 'boolean');

const oneOf = (...words: readonly string[]): Shape =>
  kind(`one of ${words.join(', ')}`, (v) => words.includes(v as string));
const optional =
  (shape: Shape): Shape =>
  (value, at) =>
    value === undefined ? undefined : shape(value, at);
const orNull =
  (shape: Shape): Shape =>
  (value, at) =>
    value === null ? undefined : shape(value, at);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list =
  (item: Shape): Shape =>
  (value, at) => {
    if (!Array.isArray(value)) return `${at} is not a list`;
    for (const [i, v] of value.entries()) {
      const problem = item(v, `${at}[${i}]`);
      if (problem) return problem;
    }
    return undefined;
  };

const record =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, at) => {
    if (!isRecord(value)) return `${at} is not an object`;
    for (const [key, shape] of Object.entries(shapes)) {
      const problem = shape(Object.hasOwn(value, key) ? value[key] : undefined, at === '' ? key : `${at}.${key}`);
      if (problem) return problem;
    }
    return undefined;
  };

const mapOf =
  (item: Shape): Shape =>
  (value, at) =>
    isRecord(value) ? list(item)(Object.values(value), at) : `${at} is not an object`;

const texts = list(text);
const severity = oneOf('critical', 'warn', 'info');
const codeScan = record({
  kind: oneOf('plugin', 'skill', 'package'),
  name: text,
  path: text,
  oneFile: optional(flag),
  verdict: optional(oneOf('critical', 'incomplete', 'warn', 'info', 'clean')),
  findings: list(
    record({
      rule: text,
      severity,
      confidence: oneOf('high', 'medium', 'low'),
      message: text,
      steps: list(record({ file: text, line: number, column: number, what: text })),
      class: oneOf('shipped', 'test', 'vendored', 'unreachable'),
    }),
  ),
  moreFindings: optional(number),
  limits: texts,
  failures: list(record({ what: text, reason: text })),
  counts: optional(record({ files: number, bytes: number, parsed: number, unparsable: number })),
});
const secret = record({
  origin: text,
  lengthClass: oneOf('0', '1-7', '8-15', '16-23', '24-31', '32+'),
  fingerprint: text,
  placeholder: optional(text),
  weakness: optional(text),
});
const scope = record({
  security: optional(text),
  ask: optional(text),
  autoAllowSkills: optional(flag),
  allowlist: texts,
});
const loose = record({
  role: text,
  agent: optional(text),
  access: text,
  count: number,
  examples: texts,
  shielded: optional(number),
});
const install = record({
  id: text,
  kind: oneOf('plugin', 'hook'),
  source: text,
  recordedIn: text,
  ...Object.fromEntries(
    ['spec', 'version', 'resolvedVersion', 'integrity', 'installPath', 'installedVersion'].map((k) => [
      k,
      optional(text),
    ]),
  ),
});
const gap = record({ what: text, reason: text });

/** The parts of a snapshot that are looked into; more may stand beside them. */
const SNAPSHOT = record({
  collectedAt: kind('a time', (v) => typeof v === 'number' && Math.abs(v) <= 8.64e15),
  collector: text,
  host: record({
    platform: oneOf('linux', 'darwin', 'win32', 'other'),
    uid: orNull(number),
    gid: orNull(number),
    homeDir: text,
    osHomeDir: text,
    cwd: text,
  }),
  home: record({
    found: flag,
    stateDir: text,
    stateDirSource: text,
    configPath: text,
    configPathSource: text,
    credentialsDir: text,
    credentialsDirSource: text,
    profile: optional(text),
  }),
  openclaw: record({ requested: optional(text), installed: optional(text), installedPath: optional(text) }),
  env: record({
    vars: mapOf(
      record({
        source: oneOf('process', 'state-dotenv', 'config-env'),
        value: optional(text),
        secret: optional(secret),
        line: optional(number),
      }),
    ),
    stateDotenv: record({ path: text, status: text }),
    attemptedMoves: optional(list(record({ name: text, source: text, line: optional(number), effective: flag }))),
  }),
  config: record({
    status: oneOf('ok', 'missing', 'unreadable'),
    files: list(
      record({
        path: text,
        text: text,
        bom: flag,
        error: optional(text),
        secrets: list(record({ start: number, end: number, secret: optional(secret), vars: texts, byReference: flag })),
      }),
    ),
    includeRoot: text,
  }),
  files: record({
    named: list(
      record({
        path: text,
        role: text,
        agent: optional(text),
        kind: text,
        mode: number,
        uid: optional(number),
        gid: optional(number),
        size: optional(number),
        nlink: optional(number),
        link: optional(record({ target: text, real: optional(text) })),
        error: optional(text),
      }),
    ),
    loose: list(loose),
    foreign: optional(list(record({ role: text, uid: number, count: number, examples: texts }))),
    walked: number,
    truncated: optional(text),
    model: oneOf('posix', 'windows'),
  }),
  pairing: list(record({ channel: text, account: text, path: text, entries: texts, error: optional(text) })),
  plugins: record({
    dirs: list(
      record({
        name: text,
        path: text,
        from: text,
        kind: text,
        real: optional(text),
        id: optional(text),
        ignored: flag,
        package: optional(
          record({ name: optional(text), version: optional(text), entries: texts, error: optional(text) }),
        ),
        manifestError: optional(text),
      }),
    ),
    installs: list(install),
    installedVersions: mapOf(text),
    extensionsIsLink: flag,
  }),
  skills: record({
    workspaces: list(
      record({
        agent: text,
        path: text,
        real: optional(text),
        escapes: list(record({ path: text, real: optional(text), reason: text })),
        skillFiles: number,
        truncated: flag,
        error: optional(text),
      }),
    ),
  }),
  machine: record({
    databases: list(
      record({
        path: text,
        status: text,
        schemaVersion: optional(number),
        appVersion: optional(text),
        secretRows: mapOf(number),
        error: optional(text),
      }),
    ),
    execApprovals: optional(record({ path: text, defaults: scope, agents: mapOf(scope), error: optional(text) })),
    mcporter: record({ status: text, servers: texts }),
    indexedPlugins: texts,
  }),
  docker: record({
    status: oneOf('ok', 'absent', 'timeout', 'error', 'not-asked'),
    containers: list(
      record({
        name: text,
        configHash: optional(text),
        epoch: optional(text),
        ports: optional(list(record({ host: text, port: text, container: text }))),
        running: optional(flag),
        hostNetwork: optional(flag),
      }),
    ),
    error: optional(text),
    timeouts: texts,
  }),
  gaps: list(gap),
  gateway: optional(record({ attempted: flag, url: text, ok: flag, error: orNull(text), live: optional(record({})) })),
  code: optional(list(codeScan)),
});

/** The first thing about a snapshot that is not as this version writes it, for people; undefined when all is. */
export function snapshotProblem(value: unknown): string | undefined {
  return SNAPSHOT(value, '');
}
