import type { RawFinding } from './findings.ts';
import { followScripts, followText } from './js/follow.ts';
import { suspicion } from './js/prefilter.ts';
import type { JudgeContext } from './judge/context.ts';
import { Classes } from './package/classes.ts';
import { type Description, describePackage } from './package/description.ts';
import { PackageFiles, type SourceFile } from './package/package-files.ts';
import { arrange, Places } from './places.ts';
import { scanShell } from './shell/scan.ts';
import type { InlineLanguage } from './shell/shell.ts';
import type { ScanInput, ScanResult, ScanVerdict, ScriptParser } from './types.ts';

/** Code inside of code inside of code … */
const MAX_NESTING = 4;

/** Judges the code of a plugin, skill or package. Pure: nothing is read, started or executed. Never throws. */
export function scanPackage(input: ScanInput, parser: ScriptParser): ScanResult {
  return new PackageScan(input, parser).run();
}

class PackageScan {
  private readonly input: ScanInput;
  private readonly parser: ScriptParser;
  private readonly files: PackageFiles;
  private readonly description: Description;
  private readonly classes: Classes;
  private readonly judge: JudgeContext;
  private readonly findings: RawFinding[] = [];
  private readonly limits: string[] = [];
  private readonly commands = new Map<string, readonly RawFinding[]>();
  private nesting = 0;

  constructor(input: ScanInput, parser: ScriptParser) {
    this.input = input;
    this.parser = parser;
    this.files = new PackageFiles(input, parser);
    this.description = describePackage(input, this.files.has, parser);
    this.classes = new Classes(this.files, this.description);
    this.judge = {
      capabilities: this.description.capabilities,
      scanCommand: (command) => this.scanCommand(command),
      checksums: new Set(this.files.sources.filter((s) => comparesChecksum(s.text)).map((s) => s.path)),
      installScripts: this.description.installScripts,
    };
  }

  run(): ScanResult {
    const order = this.order();
    const scripts = order.filter((s) => s.kind === 'script');
    const followed = followScripts(this.files, scripts, this.parser, this.judge);
    this.findings.push(...followed.findings);
    this.classes.follow([...followed.loaded]);
    for (const source of order) if (source.kind === 'shell') this.scanShellFile(source);
    for (const [path] of followed.unparsable) this.limits.push(`${path} has a syntax error.`);
    for (const [path, why] of followed.cut) this.limits.push(`${path}: ${why}`);
    const places = new Places((path) => this.files.get(path)?.text);
    const findings = arrange(this.findings, places, (path) => this.classes.of(path));
    return {
      verdict: this.verdict(findings),
      findings,
      limits: this.limits,
      counts: {
        files: this.input.files.length,
        bytes: this.input.files.reduce((n, f) => n + (f.bytes ?? f.text?.length ?? 0), 0),
        parsed: followed.parsed.size,
        unparsable: followed.unparsable.size,
      },
    };
  }

  /** What the host loads first, then what looks worst, then by path: a limit that is hit costs the least. */
  private order(): readonly SourceFile[] {
    const ranked = this.files.sources.map((source) => ({
      source,
      loaded: this.classes.isLoaded(source.path),
      words: suspicion(source.text),
    }));
    ranked.sort((a, b) => Number(b.loaded) - Number(a.loaded) || b.words - a.words);
    return ranked.map((r) => r.source);
  }

  private verdict(findings: ScanResult['findings']): ScanVerdict {
    const worst = findings[0]?.severity;
    if (worst === 'critical') return 'critical';
    if (this.limits.length > 0) return 'incomplete';
    return worst ?? 'clean';
  }

  private scanShellFile(source: SourceFile): void {
    const scanned = scanShell(
      source.text,
      { file: source.path, base: 0, scanInline: this.inlineOf(source.path) },
      this.judge,
    );
    this.findings.push(...scanned.findings);
    if (scanned.cut) this.limits.push(`${source.path} is longer than what is followed of a shell script.`);
  }

  private scanCommand(command: string): readonly RawFinding[] {
    let known = this.commands.get(command);
    if (!known) {
      if (this.nesting >= MAX_NESTING) return [];
      this.nesting++;
      known = scanShell(command, { file: '', base: 0, scanInline: this.inlineOf('') }, this.judge).findings;
      this.nesting--;
      this.commands.set(command, known);
    }
    return known;
  }

  private inlineOf(file: string): (language: InlineLanguage, code: string, pos: number) => readonly RawFinding[] {
    return (language, code, pos) => {
      if (this.nesting >= MAX_NESTING) return [];
      this.nesting++;
      const found = language === 'js' ? followText(code, file, this.files, this.parser, this.judge) : [];
      this.nesting--;
      return found.map((f) => ({ ...f, steps: f.steps.map((s) => ({ ...s, pos })) }));
    };
  }
}

function comparesChecksum(text: string): boolean {
  return (
    /\bcreateHash\b|\bsubtle\.digest\b|\bsha(?:256|512)sum\b|\bhashlib\b/.test(text) &&
    /\bdigest\b|\bcheck\b|===|!==|-c\b/.test(text)
  );
}
