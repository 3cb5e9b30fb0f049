import type { Severity } from '../../core/severity.ts';
import { downloadTrust } from '../data/downloads.ts';
import { destination } from '../data/hosts.ts';
import { type RawFinding, snippet } from '../findings.ts';
import type { JudgeContext } from '../judge/context.ts';
import { hiddenUnicode } from '../markdown/unicode.ts';
import { resolveInside } from '../paths.ts';
import { judgeDependency } from './dependencies.ts';
import { field, type JsonNode, readJson, textOf } from './placed-json.ts';

/** Keys under `metadata` that the host reads; the older names are the same product's. */
const HOSTS = ['openclaw', 'clawdbot', 'moltbot', 'clawdis'];
const MAX_STEPS = 50;

/**
 * Judges the front matter of a skill: the install steps that the host offers with one click (`metadata.openclaw.install`:
 * brew, node, go, uv, download), and texts that cannot be seen.
 */
export function judgeSkillInstall(path: string, root: JsonNode, judge: JudgeContext): readonly RawFinding[] {
  const out: RawFinding[] = [];
  const metadata = field(root, 'metadata');
  const text = textOf(metadata);
  // `metadata: '{"openclaw": …}'` is a text that holds JSON.
  const read = metadata && text !== undefined ? readJson(text, metadata.start + 1) : metadata;
  for (const host of HOSTS) {
    for (const step of installSteps(field(read, host))) out.push(...judgeStep(path, step, judge));
  }
  for (const step of installSteps(root)) out.push(...judgeStep(path, step, judge));
  for (const name of ['name', 'description']) {
    const node = field(root, name);
    const value = textOf(node);
    if (node && value !== undefined) out.push(...hiddenUnicode(path, value, node.start));
  }
  return out;
}

function installSteps(node: JsonNode | undefined): readonly JsonNode[] {
  const install = field(node, 'install');
  if (!install) return [];
  return (install.items ?? [install]).slice(0, MAX_STEPS);
}

function judgeStep(path: string, step: JsonNode, judge: JudgeContext): readonly RawFinding[] {
  const out: RawFinding[] = [];
  const add = (node: JsonNode, rule: string, severity: Severity, message: string): void => {
    out.push({
      rule,
      severity,
      confidence: 'high',
      message,
      steps: [{ file: path, pos: node.start, what: 'an install step of the skill' }],
    });
  };
  const kind = textOf(field(step, 'kind')) ?? textOf(field(step, 'type')) ?? '';
  const url = field(step, 'url');
  const address = textOf(url);
  if (url && address !== undefined) {
    const trust = downloadTrust(address);
    const severity: Severity = trust.level === 'bad' ? 'critical' : trust.level === 'unknown' ? 'warn' : 'info';
    if (trust.level !== 'official' && trust.level !== 'release')
      add(
        url,
        'download-and-execute',
        severity,
        `Installs a program that it downloads from ${snippet(destination(address).host)}: ${trust.why}.`,
      );
  }
  const target = field(step, 'targetDir');
  const place = textOf(target);
  if (
    target &&
    place !== undefined &&
    (/^(?:[\\/]|[A-Za-z]:)/.test(place) ||
      place.includes('..') ||
      (place.startsWith('~') && resolveInside('', place.slice(1).replace(/^\//, '')) === undefined))
  ) {
    add(target, 'path-escape', 'warn', `Unpacks what it downloads to ${snippet(place)}, outside of its own directory.`);
  }
  for (const key of ['formula', 'package', 'module', 'cask', 'tap']) {
    const node = field(step, key);
    const name = textOf(node);
    if (!node || name === undefined) continue;
    if (name.startsWith('-') || /[\s;&|`$<>]/.test(name))
      add(
        node,
        'command-injection',
        'warn',
        `The name of what it installs, ${snippet(name)}, is an option or a command line.`,
      );
    else if (key === 'package' && kind !== 'go') {
      const judged = judgeDependency(name, name, path);
      if (judged && !/^@?[\w.-]+\/[\w.-]+$/.test(name)) add(node, 'dependency-source', judged.severity, judged.message);
    }
  }
  for (const key of ['command', 'run', 'script', 'cmd', 'shell', 'exec']) {
    const node = field(step, key);
    const script =
      textOf(node) ??
      (node?.items?.every((i) => typeof i.value === 'string')
        ? node.items.map((i) => String(i.value)).join(' ')
        : undefined);
    if (node && script !== undefined) out.push(...commandFindings(path, node, script, judge));
  }
  if (typeof step.value === 'string') out.push(...commandFindings(path, step, step.value, judge));
  return out;
}

function commandFindings(path: string, node: JsonNode, script: string, judge: JudgeContext): readonly RawFinding[] {
  return judge
    .scanCommand(script)
    .filter((f) => f.severity !== 'info')
    .map((f) => ({ ...f, steps: [{ file: path, pos: node.start, what: 'an install step of the skill' }] }));
}
