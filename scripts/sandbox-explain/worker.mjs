// Runs inside the Node of an installed OpenClaw: what its own code says about configs and questions, one answer a case.
//
//   node worker.mjs <folder of the package openclaw> <cases.json> <answers.json>
//
// HOME, OPENCLAW_STATE_DIR and OPENCLAW_CONFIG_PATH name a scratch home; the config file is written anew for each case.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [packageDir, casesFile, answersFile] = process.argv.slice(2);
const dist = path.join(packageDir, 'dist');
const sources = fs
  .readdirSync(dist)
  .filter((f) => /\.m?js$/.test(f))
  .map((f) => [path.join(dist, f), fs.readFileSync(path.join(dist, f), 'utf8')]);

/** A function of the bundle by its name in the source, or undefined where it is not exported. */
async function internal(name) {
  for (const [file, text] of sources) {
    if (!text.includes(`function ${name}(`)) continue;
    const start = text.lastIndexOf('export {');
    if (start === -1) continue;
    const names = text.slice(start + 8, text.indexOf('}', start)).split(',');
    const entry = names.map((n) => n.trim().split(/\s+as\s+/)).find(([own]) => own === name);
    if (entry) return (await import(pathToFileURL(file)))[entry[1] ?? entry[0]];
  }
  return undefined;
}

async function internals(...names) {
  return Object.fromEntries(await Promise.all(names.map(async (n) => [n, await internal(n)])));
}

const api = await internals(
  ...['sandboxExplainCommand', 'registerSandboxCli', 'loadConfig', 'getRuntimeConfig', 'clearRuntimeConfigSnapshot'],
  ...['resolveAgentRoute', 'resolveSandboxRuntimeStatus', 'resolveEffectiveToolPolicy', 'resolveGroupToolPolicy'],
  ...['resolveSenderToolPolicy', 'resolveSubagentToolPolicy', 'resolveToolProfilePolicy', 'mergeAlsoAllowPolicy'],
  ...['applyToolPolicyPipeline', 'buildDefaultToolPolicyPipelineSteps', 'applyOwnerOnlyToolPolicy'],
  ...['resolveExecDefaults', 'resolveSandboxToolPolicyForAgent', 'resolveSubagentToolPolicyForSession'],
  ...['resolveRuntimePolicySessionKey', 'resolveTelegramScopedGroupConfig', 'resolveTelegramDirectToolPolicy'],
  'pickSandboxToolPolicy',
);
const readConfig = api.getRuntimeConfig ?? api.loadConfig;

/** `openclaw sandbox explain --json`, in this process. */
async function explain(argv) {
  if (api.sandboxExplainCommand) {
    let answer;
    const keep = (value) => (answer = value);
    const runtime = { log: (text) => keep(JSON.parse(text)), writeJson: keep, error: () => {}, exit: () => {} };
    const at = (flag) => (argv.includes(flag) ? argv[argv.indexOf(flag) + 1] : undefined);
    const options = { json: true, session: at('--session'), agent: at('--agent') };
    await api.sandboxExplainCommand(options, runtime);
    return answer;
  }
  const { createRequire } = await import('node:module');
  const { Command } = createRequire(path.join(dist, 'entry.js'))('commander');
  const printed = [];
  const { log } = console;
  console.log = (...words) => printed.push(words.join(' '));
  try {
    const program = new Command().exitOverride();
    api.registerSandboxCli(program);
    await program.parseAsync(['sandbox', 'explain', '--json', ...argv], { from: 'user' });
  } finally {
    console.log = log;
  }
  return JSON.parse(printed.join('\n'));
}

/** What the newer Telegram plugin hands over with a private message. */
function directPolicy(cfg, query) {
  if (query.channel !== 'telegram' || query.peer?.kind !== 'direct' || !api.resolveTelegramDirectToolPolicy)
    return undefined;
  const { accounts, ...shared } = cfg.channels?.telegram ?? {};
  const own = Object.entries(accounts ?? {}).find(([id]) => id.toLowerCase() === (query.account ?? 'default'))?.[1];
  const { groupConfig } = api.resolveTelegramScopedGroupConfig({ ...shared, ...own }, query.peer.id);
  const senderId = query.sender?.id ?? 'nobody-that-is-listed';
  return api.pickSandboxToolPolicy(api.resolveTelegramDirectToolPolicy({ directConfig: groupConfig, senderId }));
}

/** The tools left of a list, by OpenClaw's own steps in its own order. */
function tools(cfg, question, sessionKey, sandboxed) {
  const { agentId, query, built, plugins, ownerOnly, owner } = question;
  const who = { config: cfg, sessionKey, agentId, modelProvider: query.provider, modelId: query.modelId };
  const effective = api.resolveEffectiveToolPolicy(who);
  const id = query.sender?.id;
  const sender = {
    senderId: id ?? 'nobody-that-is-listed',
    senderE164: id?.startsWith('+') ? id : undefined,
    messageProvider: query.channel,
  };
  const peer = query.peer && query.peer.kind !== 'direct' ? { groupId: query.peer.id, groupSpace: query.guildId } : {};
  const groupPolicy =
    directPolicy(cfg, query) ??
    api.resolveGroupToolPolicy({
      config: cfg,
      sessionKey,
      accountId: query.account,
      ...peer,
      ...sender,
    });
  const senderPolicy = query.channel && api.resolveSenderToolPolicy?.({ config: cfg, agentId, sessionKey, ...sender });
  const widen = (profile, also) => api.mergeAlsoAllowPolicy(api.resolveToolProfilePolicy(profile), also);
  const steps = api.buildDefaultToolPolicyPipelineSteps({
    ...effective,
    profilePolicy: widen(effective.profile, effective.profileAlsoAllow),
    providerProfilePolicy: widen(effective.providerProfile, effective.providerProfileAlsoAllow),
    groupPolicy,
    senderPolicy,
  });
  if (sandboxed)
    steps.push({ policy: api.resolveSandboxToolPolicyForAgent(cfg, agentId), label: 'sandbox tools.allow' });
  if (query.subagent) {
    const policy = api.resolveSubagentToolPolicy
      ? api.resolveSubagentToolPolicy(cfg, query.subagent)
      : api.resolveSubagentToolPolicyForSession(cfg, sessionKey);
    steps.push({ policy, label: 'subagent tools.allow' });
  }
  let list = built.map((name) => ({ name }));
  if (api.applyOwnerOnlyToolPolicy) list = api.applyOwnerOnlyToolPolicy(list, owner);
  else if (!owner) steps.push({ policy: { deny: ownerOnly }, label: 'owner' });
  return api
    .applyToolPolicyPipeline({
      tools: list,
      toolMeta: (tool) => (plugins.includes(tool.name) ? { pluginId: 'memory-core' } : undefined),
      warn: () => {},
      steps,
    })
    .map((tool) => tool.name);
}

async function answer({ config, question }) {
  fs.writeFileSync(process.env.OPENCLAW_CONFIG_PATH, JSON.stringify(config));
  api.clearRuntimeConfigSnapshot?.();
  const cfg = readConfig();
  const { query } = question;
  const out = {};
  if (query.channel && !query.subagent) {
    const route = api.resolveAgentRoute({
      cfg,
      channel: query.channel,
      accountId: query.account,
      peer: query.peer ?? { kind: 'direct', id: query.sender?.id ?? '' },
      guildId: query.guildId,
      teamId: query.teamId,
      memberRoleIds: query.roles,
    });
    out.route = { agentId: route.agentId, sessionKey: route.sessionKey, matchedBy: route.matchedBy };
  }
  let sessionKey = question.sessionKey ?? out.route?.sessionKey;
  // The newer gateway decides sandbox and tools by a key of its own.
  if (out.route && api.resolveRuntimePolicySessionKey) {
    const { kind, id } = query.peer;
    const ctx = {
      ChatType: kind,
      Provider: query.channel,
      AccountId: query.account,
      SenderId: kind === 'direct' ? id : 'x',
    };
    sessionKey = api.resolveRuntimePolicySessionKey({ cfg, agentId: out.route.agentId, sessionKey, ctx });
    out.route.policyKey = sessionKey;
  }
  const argv = [
    ...(sessionKey ? ['--session', sessionKey] : []),
    ...(question.agentId ? ['--agent', question.agentId] : []),
  ];
  out.explain = await explain(argv);
  const key = sessionKey ?? out.explain.sessionKey;
  const status = api.resolveSandboxRuntimeStatus({ cfg, sessionKey: key, agentId: question.agentId });
  out.sandboxed = status.sandboxed;
  out.agentId = status.agentId;
  if (question.built) out.tools = tools(cfg, question, key, status.sandboxed);
  if (question.built && api.resolveExecDefaults) {
    const { effectiveHost, security, ask } = api.resolveExecDefaults({
      cfg,
      sessionKey: key,
      agentId: question.agentId,
    });
    out.exec = { host: effectiveHost, security, ask };
  }
  return out;
}

const answers = [];
for (const c of JSON.parse(fs.readFileSync(casesFile, 'utf8'))) {
  try {
    answers.push(await answer(c));
  } catch (error) {
    answers.push({ error: String(error?.message ?? error).slice(0, 500) });
  }
}
fs.writeFileSync(answersFile, JSON.stringify(answers));
process.exit(0);
