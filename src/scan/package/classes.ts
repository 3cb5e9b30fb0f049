import { directory, fileName } from '../paths.ts';
import type { FileClass } from '../types.ts';
import type { Description } from './description.ts';
import { loadsComputed } from './imports.ts';
import type { PackageFiles, SourceFile } from './package-files.ts';

const VENDORED = /(?:^|\/)(?:node_modules|bower_components|jspm_packages)\//;
const TEST_PLACE =
  /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|tests?|specs?|e2e|fixtures|testdata|bench(?:marks?)?)\//i;
const TEST_NAME =
  /(?:\.(?:test|spec|bench|e2e|stories|setup)\.[cm]?[jt]sx?|(?:^|\/)(?:test_\w+|\w+_test|conftest)\.py)$/i;

/** Which files the host loads, as far as the package says. */
export class Classes {
  private readonly files: PackageFiles;
  private readonly description: Description;
  private readonly loaded = new Set<string>();
  private readonly open: boolean;
  private readonly mentions: string;

  constructor(files: PackageFiles, description: Description) {
    this.files = files;
    this.description = description;
    this.follow(description.entries);
    const scripts = [...this.loaded].flatMap((p) => files.get(p) ?? []);
    // Without entries, or with a module that is loaded by a computed name, any file may be loaded.
    this.open =
      description.entries.length === 0 ||
      scripts.some((s) => s.kind === 'script' && !VENDORED.test(s.path) && loadsComputed(s.text));
    this.mentions = this.textsThatName();
  }

  /** Marks files as loaded that the analysis saw being loaded, with what they import. */
  follow(paths: readonly string[]): void {
    const stack = [...paths];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const path = this.files.real(next);
      if (this.loaded.has(path) || !this.files.has(path)) continue;
      this.loaded.add(path);
      const source = this.files.get(path);
      if (source?.kind === 'script') stack.push(...this.files.importsOf(source));
    }
  }

  of(path: string): FileClass {
    if (this.loaded.has(path)) return 'shipped';
    const source = this.files.get(path);
    if (VENDORED.test(path)) return 'vendored';
    if (this.inSkill(path)) return this.isTest(path) && !this.isNamed(path) ? 'test' : 'shipped';
    if (source && source.kind !== 'script') return this.ofText(source);
    if (this.open) return 'shipped';
    return this.isTest(path) ? 'test' : 'unreachable';
  }

  /** Loaded for certain, by what is known so far. */
  isLoaded(path: string): boolean {
    return this.loaded.has(path);
  }

  private ofText(source: SourceFile): FileClass {
    // People and models read documents wherever they lie, and package.json acts by itself.
    if (source.kind === 'markdown' || source.kind === 'json' || source.kind === 'other')
      return this.isTest(source.path) ? 'test' : 'shipped';
    if (this.open || this.isNamed(source.path)) return 'shipped';
    return this.isTest(source.path) ? 'test' : 'unreachable';
  }

  private isTest(path: string): boolean {
    return TEST_PLACE.test(path) || TEST_NAME.test(path);
  }

  private inSkill(path: string): boolean {
    return this.description.skills.some((dir) => dir === '' || path.startsWith(`${dir}/`));
  }

  private isNamed(path: string): boolean {
    const name = fileName(path);
    return (
      name.length > 3 &&
      this.mentions.includes(name) &&
      (this.mentions.includes(`${fileName(directory(path))}/${name}`) || directory(path) === '')
    );
  }

  /** What can tell the host or the model to run a file: loaded code, package.json and skill texts. */
  private textsThatName(): string {
    const named = this.files.sources.filter(
      (s) => this.loaded.has(s.path) || s.path === 'package.json' || (s.kind === 'markdown' && this.inSkill(s.path)),
    );
    return named
      .map((s) => s.text)
      .join('\n')
      .slice(0, 4_000_000);
  }
}
