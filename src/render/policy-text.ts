import type { Location } from '../core/finding.ts';
import type { PolicyReport, PolicyTool, PolicyYesNo } from '../core/policy.ts';
import { visible } from '../core/text.ts';
import { Page, type PageOptions } from './page.ts';
import { displayWidth, type Style } from './terminal.ts';

export interface PolicyTextOptions extends PageOptions {
  readonly stateDir: string;
}

/** Any answer of the report. */
interface Answer {
  readonly value?: boolean | string | number | readonly string[];
  readonly key: string;
  readonly location: Location;
  readonly set: boolean;
  readonly reason?: string;
}

/** The policy for people: routing, session, sandbox, tools by what decides them, commands, elevation, files. */
export function renderPolicy(report: PolicyReport, options: PolicyTextOptions): string {
  const page = new PolicyPage(options, report);
  page.header();
  page.routing();
  page.sandbox();
  page.tools();
  page.rest();
  page.notes();
  return page.toString();
}

const LABEL = 18;

const REASONS: Record<NonNullable<PolicyReport['route']>['by'], string> = {
  peer: 'a binding names this chat',
  'parent-peer': 'a binding names the group of this thread',
  'any-peer': 'a binding takes every chat of this kind',
  'guild-roles': 'a binding takes this role of the server',
  guild: 'a binding takes the server',
  team: 'a binding takes the team',
  account: 'a binding takes the account',
  channel: 'a binding takes the channel',
  default: 'the default agent',
};

const STEPS: Readonly<Record<string, string>> = {
  default: 'no list speaks of them',
  'owner-only': 'for owners alone',
  runtime: 'switched off',
  profile: 'the profile',
  'provider-profile': 'the profile for this model',
  global: 'the lists for all agents',
  'global-provider': 'the lists for this model',
  agent: 'the lists of the agent',
  'agent-provider': 'the lists of the agent for this model',
  group: 'the lists of the conversation',
  sender: 'the lists for the sender',
  sandbox: 'the lists of the sandbox',
  subagent: 'what a sub-agent may have',
};

class PolicyPage extends Page<PolicyTextOptions> {
  private readonly report: PolicyReport;

  constructor(options: PolicyTextOptions, report: PolicyReport) {
    super(options);
    this.report = report;
  }

  header(): void {
    const { question, openclawVersion } = this.report;
    this.line(this.style(`What ${this.who()} can make the agent ${visible(question.agent, 64)} do`, 'bold'));
    this.wrapped(`In ${this.path(this.options.stateDir)}, judged for OpenClaw ${openclawVersion}.`, '', 'dim');
    this.blank();
  }

  /** The question, in words. */
  private who(): string {
    const { channel, account, kind, peer, sender, senderId, subagent, provider, model } = this.report.question;
    const model_ = provider ? ` with ${visible(provider, 64)}${model ? `/${visible(model, 64)}` : ''}` : '';
    const inner = subagent ? ` in a sub-agent of depth ${subagent}` : '';
    if (channel === undefined) return `you at the terminal${inner}${model_}`;
    const person = { anyone: 'a stranger', allowed: 'an allowed sender', owner: 'an owner' }[sender ?? 'owner'];
    const where = kind === 'direct' ? 'a private chat' : `a ${kind}`;
    const named = peer !== undefined && kind !== 'direct' ? ` ${visible(peer, 64)}` : '';
    const id = senderId === undefined ? '' : ` (${visible(senderId, 64)})`;
    const which = account === undefined ? '' : ` account ${visible(account, 64)}`;
    return `${person}${id} in ${where}${named} of ${visible(channel, 64)}${which}${inner}${model_}`;
  }

  routing(): void {
    const { route, session, agent, owner } = this.report;
    this.heading('SESSION');
    if (route) {
      const to = route.agent === undefined ? 'no agent' : `agent ${visible(route.agent, 64)}`;
      this.row('Routed to', `${to}: ${REASONS[route.by]}`, this.place(route.location, route.key));
      if (route.reason) this.row('', `not certain: ${visible(route.reason)}`);
    } else this.row('Agent', visible(agent.id, 64), agent.configured ? this.place(agent.location) : undefined);
    this.row('Key', visible(session.key, 300));
    if (session.policyKey !== session.key) this.row('Decided as', visible(session.policyKey, 300));
    this.answer('Main session', session.main);
    this.answer('Owner', owner);
    this.blank();
  }

  sandbox(): void {
    const { sandbox } = this.report;
    this.heading('SANDBOX');
    this.answer('Sandboxed', sandbox.sandboxed, 'green', 'yellow');
    this.answer('Mode', sandbox.mode);
    this.answer('Scope', sandbox.scope);
    this.answer('Workspace', sandbox.workspaceAccess);
    this.blank();
  }

  tools(): void {
    const { tools } = this.report;
    const of = (state: boolean | undefined) => tools.filter((t) => t.allowed.value === state);
    const parts: readonly [string, Style, readonly PolicyTool[]][] = [
      ['allowed', 'green', of(true)],
      ['denied', 'red', of(false)],
      ['not known', 'yellow', of(undefined)],
    ];
    const counts = parts.filter(([, , list]) => list.length > 0).map(([word, , list]) => `${list.length} ${word}`);
    this.heading(`TOOLS (${counts.join(', ')})`);
    for (const [word, style, list] of parts) {
      if (list.length === 0) continue;
      this.line(`  ${this.style(word.charAt(0).toUpperCase() + word.slice(1), 'bold', style)}`);
      for (const group of byDecision(list)) this.writeGroup(group);
      this.blank();
    }
  }

  private writeGroup(group: readonly PolicyTool[]): void {
    const { allowed, by } = group[0]!;
    const step = STEPS[by] ?? by;
    const why = allowed.reason === undefined ? step : `${step}: ${visible(allowed.reason)}`;
    this.wrapped(group.map((t) => visible(t.name, 64) + (t.core ? '' : '*')).join(', '), '    ');
    const place = by === 'default' ? '' : `, ${this.decides(allowed)}`;
    this.wrapped(`${why}${place}`, '      ', 'dim');
  }

  rest(): void {
    const { exec, elevated, fs, subagents } = this.report;
    this.heading('COMMANDS');
    this.answer('Run on', exec.host);
    this.answer('Security', exec.security);
    this.answer('Ask', exec.ask);
    this.answer('Approval', exec.approvalNeeded, 'green', 'yellow', ['asked for', 'not asked for']);
    this.answer('Elevated', elevated.enabled, undefined, undefined, ['on', 'off']);
    this.answer('This sender may', elevated.allowed, 'yellow', 'green');
    this.blank();
    this.heading('FILES AND SUB-AGENTS');
    this.answer('Workspace only', fs.workspaceOnly, 'green', 'yellow');
    this.answer('May start others', subagents.canSpawn);
  }

  notes(): void {
    const { notes } = this.report;
    if (notes.length === 0) return;
    this.blank();
    this.heading('NOTES');
    for (const note of notes) {
      const mark = note.startsWith('Tools that only') ? '* ' : '';
      this.wrapped(visible(mark + note, 500), '  ');
    }
  }

  private answer(
    label: string,
    answer: Answer | PolicyYesNo,
    yes?: Style,
    no?: Style,
    words: readonly [string, string] = ['yes', 'no'],
  ): void {
    const { value, reason } = answer;
    if (value === undefined) {
      this.row(label, `not known: ${visible(reason ?? '')}`, this.place(answer.location, answer.key), 'yellow');
      return;
    }
    if (typeof value === 'boolean') this.row(label, words[value ? 0 : 1], this.decides(answer), value ? yes : no);
    else this.row(label, visible(String(value), 100), this.decides(answer));
  }

  /** Label, answer and, where it fits, the place on one line. */
  private row(label: string, text: string, place?: string, style?: Style): void {
    const start = `  ${label.padEnd(LABEL)}`;
    const room = this.width - start.length;
    if (place !== undefined && displayWidth(text) + 2 + displayWidth(place) <= room) {
      this.line(`${start}${this.styled(text, style)}  ${this.style(place, 'dim')}`);
      return;
    }
    const indent = ' '.repeat(start.length);
    if (displayWidth(text) <= room) this.line(`${start}${this.styled(text, style)}`);
    else {
      this.line(start.trimEnd());
      this.wrapped(text, '    ', ...(style ? [style] : []));
    }
    if (place === undefined) return;
    this.wrapped(place, displayWidth(place) <= room ? indent : '    ', 'dim');
  }

  private styled(text: string, style: Style | undefined): string {
    return style ? this.style(text, style) : text;
  }

  /** `file:line:column key`, or for a default the key that would change it. */
  private decides({ set, key, location }: Answer): string {
    return set ? this.place(location, key) : `by default (${visible(key)})`;
  }

  private place(location: Location, key = location.keyPath): string {
    const file = this.path(location.file);
    if (location.line === undefined) return key && key !== location.file ? `${file} ${visible(key)}` : file;
    return `${file}:${location.line}:${location.column ?? 1}${key ? ` ${visible(key)}` : ''}`;
  }
}

/** Tools that the same entry decides about, together, in the order of the first of each. */
function byDecision(tools: readonly PolicyTool[]): readonly (readonly PolicyTool[])[] {
  const groups = new Map<string, PolicyTool[]>();
  for (const tool of tools) {
    const key = JSON.stringify([tool.by, tool.allowed.key, tool.allowed.reason ?? null]);
    const group = groups.get(key);
    if (group) group.push(tool);
    else groups.set(key, [tool]);
  }
  return [...groups.values()];
}
