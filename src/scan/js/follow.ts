import type { RawFinding } from '../findings.ts';
import type { Unit } from '../flow/frame.ts';
import { Machine, type WorkLimits } from '../flow/machine.ts';
import type { JudgeContext } from '../judge/context.ts';
import { judgeEvents } from '../judge/judge.ts';
import type { PackageFiles, SourceFile } from '../package/package-files.ts';
import type { ScriptParser } from '../types.ts';
import { specifiersOf } from '../package/imports.ts';
import { ScriptHost } from './host.ts';
import { isModelled } from './language.ts';
import { isInteresting } from './prefilter.ts';

/** What following the scripts of a package gave. */
export interface Followed {
  readonly findings: RawFinding[];
  /** Files that were parsed and run on abstract values. */
  readonly parsed: Set<string>;
  readonly unparsable: Map<string, string>;
  /** Files whose analysis ended early, and why. */
  readonly cut: Map<string, 'work' | 'depth'>;
  /** Files that the analysis saw being loaded. */
  readonly loaded: Set<string>;
  /** Files that other files use and that were followed apart from them. */
  readonly apart: Set<string>;
  /** True when there were more sinks than are kept. */
  full: boolean;
}

/** Characters of source that are followed at once: a tree and what is learned about it take some seventy bytes for each. */
const BATCH_CHARS = 1_500_000;
/** Characters of source that are followed in all, some ten seconds of work. What looks worst comes first. */
const TOTAL_CHARS = 6_000_000;
/** Visited nodes for each character of source, beside a fixed share. */
const WORK_PER_CHAR = 40;
const WORK_BASE = 4_000_000;
const WORK_PART = 1_500_000;

/**
 * Follows values through the scripts of a package. Files come in `order`; each is taken with all it imports, as far as
 * they fit into one batch, so that flows between files are seen.
 */
export function followScripts(
  files: PackageFiles,
  order: readonly SourceFile[],
  parser: ScriptParser,
  judge: JudgeContext,
): Followed {
  const out: Followed = {
    findings: [],
    parsed: new Set(),
    unparsable: new Map(),
    cut: new Map(),
    loaded: new Set(),
    apart: new Set(),
    full: false,
  };
  const wanted = worthFollowing(files, order);
  const done = new Set<string>();
  let batch: string[] = [];
  let size = 0;
  let total = 0;
  for (const source of order) {
    if (!wanted.has(source.path) || done.has(source.path)) continue;
    for (const path of closure(files, source, wanted, done)) {
      const length = files.get(path)!.text.length;
      total += length;
      if (total > TOTAL_CHARS) {
        out.cut.set(path, 'work');
        continue;
      }
      if (size + length > BATCH_CHARS && batch.length > 0) {
        runBatch(files, batch, parser, judge, out);
        batch = [];
        size = 0;
      }
      batch.push(path);
      size += length;
    }
  }
  if (batch.length > 0) runBatch(files, batch, parser, judge, out);
  return out;
}

/** Files that can do something, and all that import them: a value may pass through any of those. */
function worthFollowing(files: PackageFiles, order: readonly SourceFile[]): ReadonlySet<string> {
  const wanted = new Set<string>();
  const importers = new Map<string, string[]>();
  const stack: string[] = [];
  for (const source of order) {
    for (const path of files.importsOf(source)) {
      const list = importers.get(path);
      if (list) list.push(source.path);
      else importers.set(path, [source.path]);
    }
    if (isInteresting(source.text) || specifiersOf(source.text).some((s) => !s.startsWith('.') && isModelled(s)))
      stack.push(source.path);
  }
  for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
    if (wanted.has(path)) continue;
    wanted.add(path);
    stack.push(...(importers.get(path) ?? []));
  }
  return wanted;
}

/** A file and what it imports, depth first, without what was taken before; adds them to `done`. */
function closure(
  files: PackageFiles,
  start: SourceFile,
  wanted: ReadonlySet<string>,
  done: Set<string>,
): readonly string[] {
  const out: string[] = [];
  const stack = [start.path];
  for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
    const source = files.get(path);
    if (!source || done.has(path) || !wanted.has(path)) continue;
    done.add(path);
    out.push(path);
    stack.push(...[...files.importsOf(source)].reverse());
  }
  return out;
}

function runBatch(
  files: PackageFiles,
  paths: readonly string[],
  parser: ScriptParser,
  judge: JudgeContext,
  out: Followed,
): void {
  // Modules that were followed in another batch may be needed again here.
  const host = new ScriptHost(files, parser, BATCH_CHARS * 2);
  const chars = paths.reduce((n, p) => n + files.get(p)!.text.length, 0);
  const limits: WorkLimits = { total: WORK_BASE + chars * WORK_PER_CHAR, part: WORK_PART };
  const machine = new Machine(host, limits);
  host.machine = machine;
  const units = paths.map((p) => host.unit(p)).filter((u): u is Unit => u !== undefined);
  machine.run(units);
  out.findings.push(...judgeEvents(machine.events, judge, (value) => machine.deep(value)));
  for (const path of paths) if (host.units.has(path)) out.parsed.add(path);
  for (const path of host.units.keys()) out.parsed.add(path);
  for (const [path, reason] of host.unparsable) out.unparsable.set(path, reason);
  for (const [path, why] of machine.cut) out.cut.set(path, why);
  for (const path of host.loaded) out.loaded.add(path);
  for (const path of host.refused) out.apart.add(path);
  out.full ||= machine.eventsFull;
}

/** Judges code of one string by itself. */
export function followText(
  text: string,
  file: string,
  files: PackageFiles,
  parser: ScriptParser,
  judge: JudgeContext,
): readonly RawFinding[] {
  const host = new ScriptHost(files, parser, 0);
  const machine = new Machine(host, { total: WORK_BASE, part: WORK_PART });
  host.machine = machine;
  const unit = host.inlineUnit(text, file);
  if (!unit) return [];
  machine.run([unit]);
  return judgeEvents(machine.events, judge, (value) => machine.deep(value));
}
