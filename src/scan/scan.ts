import type { RawFinding } from './findings.ts';
import { type Followed, followScripts } from './js/follow.ts';
import { suspicion } from './js/prefilter.ts';
import { scanTokens } from './js/tokens.ts';
import { gatherLimits } from './limits.ts';
import { Classes } from './package/classes.ts';
import { describePackage } from './package/description.ts';
import { judgeFiles } from './package/files.ts';
import { PackageFiles, type SourceFile } from './package/package-files.ts';
import { arrange, Places } from './places.ts';
import { Readers } from './readers.ts';
import type { ScanInput, ScanResult, ScanVerdict, ScriptParser } from './types.ts';

/**
 * Judges the code of a plugin, skill or package: values are followed from where they come from to where they end. Pure:
 * nothing is read, started or executed, and the same input gives the same result.
 */
export function scanPackage(input: ScanInput, parser: ScriptParser): ScanResult {
  const files = new PackageFiles(input);
  const description = describePackage(input, files.has);
  const classes = new Classes(files, description);
  const readers = new Readers(files, description, parser, input.kind);
  const order = workingOrder(files, classes);

  const findings: RawFinding[] = [...judgeFiles(input.files)];
  const scripts = order.filter((s) => s.kind === 'script');
  const followed = followScripts(files, scripts, parser, readers.judge);
  findings.push(...followed.findings, ...tokensOf(files, followed));
  for (const source of order) if (source.kind !== 'script') findings.push(...readers.read(source));

  classes.follow([...followed.loaded]);
  const classOf = (path: string) => classes.of(path);
  const places = new Places((path) => files.get(path)?.text);
  const arranged = arrange(findings, places, classOf);
  const limits = gatherLimits(input, followed, readers.cut, classOf, (path) => files.leadsOut(path));
  return {
    verdict: verdictOf(arranged, limits.hides),
    findings: arranged,
    limits: limits.texts,
    counts: {
      files: input.files.length,
      bytes: input.files.reduce((n, f) => n + (f.bytes ?? f.text?.length ?? 0), 0),
      parsed: followed.parsed.size,
      unparsable: followed.unparsable.size,
    },
  };
}

/** What the host loads first, then what looks worst, then by path: a limit that is hit costs the least. */
function workingOrder(files: PackageFiles, classes: Classes): readonly SourceFile[] {
  const ranked = files.sources.map((source) => ({
    source,
    loaded: classes.isLoaded(source.path) ? 1 : 0,
    words: suspicion(source.text),
  }));
  ranked.sort((a, b) => b.loaded - a.loaded || b.words - a.words);
  return ranked.map((r) => r.source);
}

/** A syntax error or a great length hides nothing: such files are read token by token. */
function tokensOf(files: PackageFiles, followed: Followed): readonly RawFinding[] {
  const paths = new Set([...followed.unparsable.keys(), ...followed.cut.keys()]);
  return [...paths].flatMap((path) => {
    const source = files.get(path);
    return source?.kind === 'script' ? scanTokens(path, source.text) : [];
  });
}

function verdictOf(findings: ScanResult['findings'], hides: boolean): ScanVerdict {
  const worst = findings[0]?.severity;
  if (worst === 'critical') return 'critical';
  return hides ? 'incomplete' : (worst ?? 'clean');
}
