import type {
  AssetKind,
  BoundaryKind,
  BoundaryState,
  ExposureEdge,
  ExposureEdit,
  ExposureNode,
  ExposurePath,
  ExposureReport,
  PrincipalKind,
} from '../../src/core/exposure.ts';
import type { Location } from '../../src/core/finding.ts';
import type { Severity } from '../../src/core/severity.ts';
import { HOSTILE } from './reports.ts';

const at = (file: string, line: number, keyPath: string): Location => ({
  file: `/home/u/.openclaw/${file}`,
  line,
  column: 5,
  keyPath,
  exact: true,
});

const node = (
  id: string,
  kind: ExposureNode['kind'],
  label: string,
  over: Partial<ExposureNode> = {},
): ExposureNode => ({ id, kind, label, ...over });

type Boundary = readonly [BoundaryKind, BoundaryState, string, Location?];

const edge = (id: string, from: string, to: string, text: string, boundaries: readonly Boundary[]): ExposureEdge => ({
  id,
  from,
  to,
  text,
  state: boundaries.some(([, s]) => s === 'holds')
    ? 'holds'
    : boundaries.some(([, s]) => s === 'unknown')
      ? 'unknown'
      : 'open',
  boundaries: boundaries.map(([kind, state, why, place]) => ({
    kind,
    state,
    text: why,
    locations: place ? [place] : [],
  })),
});

/** Telegram and the gateway of a careless home: six paths, five of them critical, three edits that close four. */
export function smallExposure(): ExposureReport {
  const nodes = [
    node('p:tg', 'principal', 'Anyone on Telegram', { principal: 'anyone-dm' }),
    node('p:group', 'principal', 'Members of Telegram groups', { principal: 'group-member' }),
    node('p:lan', 'principal', 'Anyone on the local network', { principal: 'lan' }),
    node('i:dm', 'ingress', 'Telegram direct messages'),
    node('i:group', 'ingress', 'Telegram groups'),
    node('i:http', 'ingress', 'Gateway on port 18789'),
    node('s:main', 'session', 'main session'),
    node('a:main', 'agent', 'agent main'),
    node('t:exec', 'tool', 'exec'),
    node('t:read', 'tool', 'read'),
    node('t:elevated', 'tool', 'exec, elevated'),
    node('x:shell', 'asset', 'Commands on the host', { asset: 'host-shell' }),
    node('x:cred', 'asset', 'Keys of the providers', { asset: 'credentials' }),
  ];
  const edges = [
    edge('e0', 'p:tg', 'i:dm', 'writes a direct message', [
      [
        'allowlist',
        'open',
        'allowFrom holds "*"; set it with `openclaw config set`',
        at('channels.json5', 6, 'channels.telegram.allowFrom'),
      ],
      ['pairing', 'open', 'dmPolicy is open', at('channels.json5', 5, 'channels.telegram.dmPolicy')],
    ]),
    edge('e1', 'p:group', 'i:group', 'writes in a group', [
      ['allowlist', 'open', 'groupPolicy is open', at('channels.json5', 7, 'channels.telegram.groupPolicy')],
    ]),
    edge('e2', 'p:lan', 'i:http', 'sends a request', [
      ['network', 'open', 'bind is lan', at('openclaw.json', 9, 'gateway.bind')],
      ['auth', 'unknown', 'the token comes from a variable that is not set', at('openclaw.json', 10, 'gateway.auth')],
    ]),
    edge('e3', 'i:dm', 's:main', 'becomes a prompt', []),
    edge('e4', 'i:group', 's:main', 'becomes a prompt', [['mention-gate', 'open', 'no mention is asked for']]),
    edge('e5', 'i:http', 's:main', 'becomes a prompt', []),
    edge('e6', 's:main', 'a:main', 'is answered by', [['routing', 'open', 'it is the default agent']]),
    edge('e7', 'a:main', 't:exec', 'calls', [
      ['tool-policy', 'open', 'the profile is full', at('openclaw.json', 50, 'tools.profile')],
      ['approval', 'open', 'ask is off', at('openclaw.json', 51, 'tools.exec.ask')],
    ]),
    edge('e8', 'a:main', 't:read', 'calls', [['tool-policy', 'open', 'the profile is full']]),
    edge('e9', 't:exec', 'x:shell', 'runs as your user', [
      ['sandbox', 'open', 'sandbox mode is off', at('openclaw.json', 36, 'agents.defaults.sandbox.mode')],
    ]),
    edge('e10', 't:read', 'x:cred', 'reads', [['workspace', 'open', 'reading is not limited to the workspace']]),
    edge('e12', 'a:main', 't:elevated', 'calls', [['approval', 'open', 'elevated is on for everybody']]),
    edge('e13', 't:elevated', 'x:shell', 'runs as your user', []),
    edge('e11', 'p:lan', 'i:dm', 'cannot write there', [['network', 'holds', 'Telegram calls out']]),
  ];
  const path = (
    id: string,
    principal: PrincipalKind,
    asset: AssetKind,
    severity: Severity,
    ids: string,
    closedBy: readonly string[],
    over: Partial<ExposurePath> = {},
  ): ExposurePath => {
    const steps = ids.split(' ').map((n) => edges.find((e) => e.id === `e${n}`)!);
    return {
      id,
      principal,
      asset,
      severity,
      state: steps.some((e) => e.state === 'unknown') ? 'possible' : 'open',
      nodes: [steps[0]!.from, ...steps.map((e) => e.to)],
      edges: steps.map((e) => e.id),
      closedBy,
      ...over,
    };
  };
  const paths = [
    path('p1', 'anyone-dm', 'host-shell', 'critical', '0 3 6 7 9', ['dm']),
    path('p2', 'group-member', 'host-shell', 'critical', '1 4 6 7 9', ['group'], {
      otherEdges: ['e12', 'e13'],
      closedByAll: [
        ['group', 'sandbox'],
        ['group', 'deny'],
      ],
    }),
    path('p3', 'anyone-dm', 'credentials', 'critical', '0 3 6 8 10', ['dm']),
    path('p4', 'group-member', 'credentials', 'critical', '1 4 6 8 10', ['group']),
    path('p5', 'lan', 'host-shell', 'critical', '2 5 6 7 9', ['sandbox']),
    path('p6', 'lan', 'credentials', 'warn', '2 5 6 8 10', []),
  ];
  const edit = (id: string, title: string, over: Partial<ExposureEdit>): ExposureEdit => ({
    id,
    title,
    safety: 'unsafe',
    commands: [],
    locations: [],
    closes: paths.filter((p) => p.closedBy.includes(id)).map((p) => p.id),
    ...over,
  });
  return {
    nodes,
    edges,
    paths,
    edits: [
      edit('sandbox', 'Run the tools of agent main in a sandbox', {
        sideEffect: 'Programs no longer see the files of the host.',
        commands: [
          'openclaw config set agents.defaults.sandbox.mode all',
          'openclaw-security fix apply --edit sandbox',
        ],
        locations: [at('openclaw.json', 36, 'agents.defaults.sandbox.mode')],
      }),
      edit('dm', 'Ask senders on Telegram to pair first', {
        safety: 'safe',
        commands: ['openclaw config set channels.telegram.dmPolicy pairing', 'openclaw-security fix apply --edit dm'],
      }),
      edit('group', 'Close the groups of Telegram', {
        commands: ["openclaw config set channels.telegram.groups '{}'", 'openclaw config set x $(id)'],
      }),
      edit('deny', 'Take elevated commands away', { safety: 'manual', commands: ['echo "$(openssl rand -hex 32)"'] }),
    ],
    cut: { edits: ['sandbox', 'dm', 'deny'], closes: 4, of: 5, minimal: true },
    gaps: ['The plugin quick-notes brings a channel that is not read.'],
  };
}

const PRINCIPALS: readonly PrincipalKind[] = ['anyone-dm', 'group-member', 'lan', 'code-author', 'local-user'];
const ASSETS: readonly AssetKind[] = ['host-shell', 'credentials', 'host-files', 'outbound-messages'];
const SEVERITIES: readonly Severity[] = ['critical', 'warn', 'info'];

/** A home with many channels, agents and groups: as many paths as asked for, each of five steps. */
export function bigExposure(count: number): ExposureReport {
  const many = (n: number, make: (i: number) => ExposureNode) => Array.from({ length: n }, (_, i) => make(i));
  const who = many(230, (i) =>
    node(`p${i}`, 'principal', `Members of group ${i}`, { principal: PRINCIPALS[i % PRINCIPALS.length]! }),
  );
  const ways = many(30, (i) => node(`i${i}`, 'ingress', `channel ${i}`));
  const sessions = many(50, (i) => node(`s${i}`, 'session', `session of agent ${i}`));
  const agents = many(50, (i) => node(`a${i}`, 'agent', `agent ${i}`));
  const tools = many(12, (i) => node(`t${i}`, 'tool', `tool ${i}`));
  const assets = many(4, (i) => node(`x${i}`, 'asset', `asset ${i}`, { asset: ASSETS[i]! }));
  const edges = new Map<string, ExposureEdge>();
  const link = (from: string, to: string) => {
    const id = `${from}-${to}`;
    if (!edges.has(id))
      edges.set(
        id,
        edge(id, from, to, 'passes on', [
          ['allowlist', 'open', 'everybody is on it', at('channels.json5', edges.size, `channels.${from}`)],
          ['routing', 'open', `to ${to}`],
        ]),
      );
    return id;
  };
  const edits = Array.from({ length: 40 }, (_, i) => `edit${i}`);
  const paths = Array.from({ length: count }, (_, i): ExposurePath => {
    const nodes = [`p${i % 230}`, `i${i % 30}`, `s${i % 50}`, `a${i % 50}`, `t${i % 12}`, `x${i % 4}`];
    return {
      id: `path${i}`,
      principal: PRINCIPALS[(i % 230) % PRINCIPALS.length]!,
      asset: ASSETS[i % 4]!,
      severity: SEVERITIES[Math.floor((i * 3) / count)]!,
      state: 'open',
      nodes,
      edges: nodes.slice(1).map((to, k) => link(nodes[k]!, to)),
      closedBy: [edits[i % 40]!],
    };
  });
  return {
    nodes: [...who, ...ways, ...sessions, ...agents, ...tools, ...assets],
    edges: [...edges.values()],
    paths,
    edits: edits.map((id, i) => ({
      id,
      title: `Close door ${i}`,
      safety: 'unsafe',
      commands: [`openclaw config set channels.c${i}.groupPolicy allowlist`],
      locations: [],
      closes: paths.filter((p) => p.closedBy.includes(id)).map((p) => p.id),
    })),
    cut: { edits: edits.slice(0, 10), closes: Math.floor(count / 12), of: Math.ceil(count / 3), minimal: false },
    gaps: [],
  };
}

/** A graph in whose every slot for text stands a hostile name, for each of them. */
export function hostileExposure(): ExposureReport {
  const place = (h: string): Location => ({ file: `/home/u/${h}`, line: 2, keyPath: h, exact: false });
  const nodes = HOSTILE.flatMap((h, i) => [
    node(`p${h}${i}`, 'principal', h, { principal: 'anyone-dm' }),
    node(`a${h}${i}`, 'agent', `agent ${h}`),
    node(`x${h}${i}`, 'asset', h, { asset: 'host-shell' }),
  ]);
  const edges = HOSTILE.flatMap((h, i) => [
    edge(`1${h}${i}`, `p${h}${i}`, `a${h}${i}`, h, [['allowlist', 'open', h, place(h)]]),
    edge(`2${h}${i}`, `a${h}${i}`, `x${h}${i}`, h, [['sandbox', 'unknown', `\`${h}\``, place(h)]]),
  ]);
  const paths = HOSTILE.map(
    (h, i): ExposurePath => ({
      id: `path ${h}${i}`,
      principal: 'anyone-dm',
      asset: 'host-shell',
      severity: 'critical',
      state: 'possible',
      nodes: [`p${h}${i}`, `a${h}${i}`, `x${h}${i}`],
      edges: [`1${h}${i}`, `2${h}${i}`],
      closedBy: [`edit ${h}${i}`],
    }),
  );
  return {
    nodes,
    edges,
    paths,
    edits: HOSTILE.map((h, i) => ({
      id: `edit ${h}${i}`,
      title: `Close ${h}`,
      safety: 'manual',
      sideEffect: h,
      commands: [`openclaw config set ${h} x`],
      locations: [place(h)],
      closes: [`path ${h}${i}`],
    })),
    cut: { edits: [`edit ${HOSTILE[0]}0`], closes: 1, of: HOSTILE.length, minimal: false },
    gaps: HOSTILE,
  };
}
