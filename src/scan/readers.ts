import type { RawFinding } from './findings.ts';
import { followText } from './js/follow.ts';
import type { JudgeContext } from './judge/context.ts';
import { forPeople, isObeyed, scanMarkdown } from './markdown/scan.ts';
import { judgeCommandsInData } from './package/commands-in-data.ts';
import type { Description } from './package/description.ts';
import { judgeManifest } from './package/manifest.ts';
import type { PackageFiles, SourceFile } from './package/package-files.ts';
import { scanPowershell } from './powershell/scan.ts';
import { scanPython } from './python/scan.ts';
import { scanShell } from './shell/scan.ts';
import type { InlineLanguage } from './shell/shell.ts';
import type { ScanInput, ScriptParser } from './types.ts';

/** Code inside of code inside of code: deeper than this it is not read. */
const MAX_NESTING = 4;
/** Different command lines that are read for one package. */
const MAX_COMMANDS = 20_000;

/** Hands every text to the scanner of its language, also those that are found inside of others. */
export class Readers {
  readonly judge: JudgeContext;
  /** Shell texts that were too long to be followed to their end. */
  readonly cut = new Set<string>();
  private readonly files: PackageFiles;
  private readonly parser: ScriptParser;
  private readonly kind: ScanInput['kind'];
  private readonly commands = new Map<string, readonly RawFinding[]>();
  private nesting = 0;

  constructor(files: PackageFiles, description: Description, parser: ScriptParser, kind: ScanInput['kind']) {
    this.files = files;
    this.parser = parser;
    this.kind = kind;
    this.judge = {
      capabilities: description.capabilities,
      scanCommand: (command) => this.scanCommand(command),
      checksums: new Set(files.sources.filter((s) => comparesChecksum(s.text)).map((s) => s.path)),
      installScripts: description.installScripts,
    };
  }

  /** Findings of a file that is no script of JavaScript. */
  read(source: SourceFile): readonly RawFinding[] {
    switch (source.kind) {
      case 'markdown':
        return [...this.markdown(source), ...judgeManifest(source.file, this.judge)];
      case 'json':
        return [
          ...judgeManifest(source.file, this.judge),
          ...judgeCommandsInData(source.path, source.text, this.judge),
        ];
      case 'shell':
      case 'python':
      case 'powershell':
        return this.code(source.kind, source.path, source.text, 0);
      default:
        return judgeCommandsInData(source.path, source.text, this.judge);
    }
  }

  private markdown(source: SourceFile): readonly RawFinding[] {
    const { findings, code } = scanMarkdown(source.path, source.text, this.kind, this.judge);
    const inside = code.flatMap((c) => this.code(c.language, source.path, c.text, c.offset));
    return [...findings, ...(isObeyed(source.path, this.kind) ? inside : inside.map(forPeople))];
  }

  /** Code of any language at an offset of a file. */
  private code(language: string, path: string, text: string, offset: number): readonly RawFinding[] {
    const shifted = (found: readonly RawFinding[]): readonly RawFinding[] =>
      offset === 0
        ? found
        : found.map((f) => ({
            ...f,
            steps: f.steps.map((s) => (s.file === path ? { ...s, pos: s.pos + offset } : s)),
          }));
    switch (language) {
      case 'shell':
      case 'sh': {
        const scanned = scanShell(text, { file: path, base: offset, scanInline: this.inlineOf(path) }, this.judge);
        if (scanned.cut) this.cut.add(path);
        return scanned.findings;
      }
      case 'python':
        return shifted(scanPython(path, text, this.judge));
      case 'powershell':
        return shifted(scanPowershell(path, text, this.judge));
      case 'js':
      case 'jsx':
      case 'ts':
      case 'tsx':
        return shifted(followText(text, path, this.files, this.parser, this.judge));
      default:
        return [];
    }
  }

  private scanCommand(command: string): readonly RawFinding[] {
    const known = this.commands.get(command);
    if (known) return known;
    if (this.nesting >= MAX_NESTING || this.commands.size >= MAX_COMMANDS) return [];
    const found = this.nested(
      () => scanShell(command, { file: '', base: 0, scanInline: this.inlineOf('') }, this.judge).findings,
    );
    this.commands.set(command, found);
    return found;
  }

  private inlineOf(file: string): (language: InlineLanguage, code: string, pos: number) => readonly RawFinding[] {
    return (language, code, pos) => {
      if (this.nesting >= MAX_NESTING) return [];
      const found = this.nested(() => this.code(language === 'py' ? 'python' : language, file, code, 0));
      return found.map((f) => ({ ...f, steps: f.steps.map((s) => ({ ...s, file, pos })) }));
    };
  }

  private nested<T>(work: () => T): T {
    this.nesting++;
    try {
      return work();
    } finally {
      this.nesting--;
    }
  }
}

function comparesChecksum(text: string): boolean {
  return (
    /\bcreateHash\b|\bsubtle\.digest\b|\bsha(?:256|512)sum\b|\bhashlib\b/.test(text) &&
    /\bdigest\b|\bcheck\b|===|!==|-c\b/.test(text)
  );
}
