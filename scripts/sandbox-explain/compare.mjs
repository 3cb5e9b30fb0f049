// Our answer to a case against the one of the real OpenClaw, field by field.

/** The fields of one case: what we say, what they say, and whether that is the same. */
export function compare(ours, version, { config, question }, answer) {
  const model = new ours.Model(ours.scenario({ name: 'case', config: JSON.stringify(config), version }));
  const rows = [];
  const row = (field, own, theirs) =>
    rows.push({ field, ours: own, theirs, same: JSON.stringify(own ?? null) === JSON.stringify(theirs ?? null) });
  const { explain } = answer;
  const policy = ours.effectivePolicy(model, { agentId: explain.agentId, ...question.query });
  const { session, sandbox, elevated } = policy;
  if (answer.route) {
    const route = ours.routeToAgent(model, question.query);
    row('route: agent', route.agentId, answer.route.agentId);
    row('route: by', REASONS[route.reason], answer.route.matchedBy);
    row('session: key', session.key, answer.route.sessionKey);
    if (answer.route.policyKey) row('session: policy key', session.policyKey, answer.route.policyKey);
  }
  row('session: main key', session.mainKey, explain.mainSessionKey);
  if (question.raw) {
    // A key without an agent is of another agent for the command than for the gateway.
    const main = ours.isMainSessionKey(model, answer.agentId, question.sessionKey);
    const mode = ours.effectivePolicy(model, { agentId: answer.agentId }).sandbox.mode.value;
    row('session: key given', mode === 'all' || (mode === 'non-main' && !main.value), answer.sandboxed);
  } else {
    row('sandbox: sandboxed', sandbox.sandboxed.value, explain.sandbox.sessionIsSandboxed);
    row('at run time: sandboxed', sandbox.sandboxed.value, answer.sandboxed);
  }
  row('sandbox: mode', sandbox.mode.value, explain.sandbox.mode);
  row('sandbox: scope', sandbox.scope.value, explain.sandbox.scope);
  row('sandbox: workspace', sandbox.workspaceAccess.value, explain.sandbox.workspaceAccess);
  row('sandbox: allow', sandbox.allow.value, explain.sandbox.tools.allow);
  row('sandbox: deny', sandbox.deny.value, explain.sandbox.tools.deny);
  row('sandbox: allow from', sourceOf(sandbox.allow), explain.sandbox.tools.sources.allow.source);
  row('sandbox: deny from', sourceOf(sandbox.deny), explain.sandbox.tools.sources.deny.source);
  row('elevated: enabled', elevated.enabled.value, explain.elevated.enabled);
  if (explain.elevated.channel) {
    const anyone = ours.effectivePolicy(model, { ...policy.query, sender: { class: 'anyone' } });
    row('elevated: for anyone', anyone.elevated.allowed.value, explain.elevated.alwaysAllowedByConfig);
  }
  if (answer.tools) {
    const own = policy.tools.filter((t) => question.built.includes(t.name));
    const unknown = own.filter((t) => !t.allowed.known).map((t) => t.name);
    row(
      'at run time: tools',
      own.filter((t) => t.allowed.value).map((t) => t.name),
      answer.tools.filter((t) => !unknown.includes(t)),
    );
  }
  if (answer.exec) {
    row('at run time: host', policy.exec.host.value, answer.exec.host);
    row('at run time: security', policy.exec.security.value, answer.exec.security);
    row('at run time: ask', policy.exec.ask.value, answer.exec.ask);
  }
  return rows;
}

const REASONS = {
  peer: 'binding.peer',
  'parent-peer': 'binding.peer.parent',
  'any-peer': 'binding.peer.wildcard',
  'guild-roles': 'binding.guild+roles',
  guild: 'binding.guild',
  team: 'binding.team',
  account: 'binding.account',
  channel: 'binding.channel',
  default: 'default',
};

function sourceOf(fact) {
  if (!fact.set) return 'default';
  return fact.at.path[0] === 'agents' ? 'agent' : 'global';
}

/** Differences that are right, each with why. Written out in docs/decisions/0012-effective-policy.md. */
export const EXPLAINED = [
  {
    why: 'the command of 2026.3.7 leaves session.scope aside; its gateway does not',
    field: 'session: main key',
    applies: ({ version, config }) => version === '2026.3.7' && config.session?.scope === 'global',
  },
  {
    why: '2026.9.6 writes its default agent down as a binding of each channel while it reads the config; the agent is the same',
    field: 'route: by',
    applies: ({ version, own, theirs }) => version === '2026.9.6' && own === 'default' && theirs === 'binding.channel',
  },
  {
    why: 'a host sandbox without a sandbox is named by the settings and refused by the tool',
    field: 'at run time: host',
    applies: ({ own, theirs }) => own === 'none' && theirs === 'sandbox',
  },
  ...['security', 'ask'].map((what) => ({
    why: 'the settings are for a host; inside a sandbox the tool reads neither, and without the sandbox it is refused',
    field: `at run time: ${what}`,
    applies: ({ answer }) => answer.exec.host === 'sandbox',
  })),
];
