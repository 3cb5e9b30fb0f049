import type { Confidence, Severity } from '../../core/severity.ts';
import { type RawFinding, snippet } from '../findings.ts';
import { directory, extension, fileName, resolveInside } from '../paths.ts';
import type { ScanFile } from '../types.ts';

const ARCHIVES = new Set([
  '.zip',
  '.tar',
  '.tgz',
  '.gz',
  '.bz2',
  '.xz',
  '.7z',
  '.rar',
  '.zst',
  '.jar',
  '.whl',
  '.egg',
  '.asar',
  '.cab',
  '.dmg',
  '.iso',
  '.pkg',
  '.deb',
  '.rpm',
  '.msi',
  '.apk',
  '.crx',
  '.xpi',
  '.vsix',
]);
/** Installers and disk images: opened, they install. */
const INSTALLERS = new Set(['.dmg', '.iso', '.pkg', '.deb', '.rpm', '.msi', '.apk']);
const NATIVE = new Set([
  '.exe',
  '.dll',
  '.so',
  '.dylib',
  '.node',
  '.bin',
  '.com',
  '.scr',
  '.sys',
  '.o',
  '.a',
  '.lib',
  '.elf',
  '.app',
]);
const BYTECODE = new Set(['.pyc', '.pyo', '.jsc', '.class', '.dex', '.luac', '.beam']);
const SCRIPTS = new Set([
  '.js',
  '.cjs',
  '.mjs',
  '.ts',
  '.mts',
  '.cts',
  '.jsx',
  '.tsx',
  '.py',
  '.pyw',
  '.sh',
  '.bash',
  '.zsh',
  '.command',
  '.ps1',
  '.psm1',
  '.bat',
  '.cmd',
  '.vbs',
  '.wsf',
  '.hta',
  '.rb',
  '.pl',
  '.php',
  '.applescript',
  '.scpt',
]);
/** Runs with a double click, or looks at nothing but its own name. */
const LAUNCHERS = new Set([
  '.exe',
  '.scr',
  '.com',
  '.bat',
  '.cmd',
  '.vbs',
  '.hta',
  '.wsf',
  '.lnk',
  '.pif',
  '.js',
  '.jse',
  '.ps1',
  '.sh',
  '.command',
  '.app',
  '.jar',
  '.msi',
  '.dmg',
  '.pkg',
]);
const IMAGES = new Set(['.png', '.jpg', '.jpeg', '.gif', '.webp', '.bmp', '.ico', '.tiff', '.avif', '.heic']);
const DOCUMENTS = new Set([
  '.pdf',
  '.doc',
  '.docx',
  '.xls',
  '.xlsx',
  '.ppt',
  '.pptx',
  '.odt',
  '.rtf',
  '.txt',
  '.png',
  '.jpg',
  '.jpeg',
  '.gif',
  '.mp3',
  '.mp4',
  '.mov',
  '.csv',
]);
const TEXT_NAMES = new Set([
  '.txt',
  '.md',
  '.markdown',
  '.json',
  '.csv',
  '.log',
  '.yml',
  '.yaml',
  '.toml',
  '.html',
  '.css',
  '.svg',
  '.xml',
  '.ini',
  '.cfg',
  '.lock',
  '.map',
  '.ts',
  '.js',
  '.py',
  '.sh',
]);

/** Hidden directories that tools make, and that hold no code of their own. */
const TOOL_DIRECTORIES = new Set([
  '.git',
  '.github',
  '.vscode',
  '.idea',
  '.husky',
  '.circleci',
  '.gitlab',
  '.changeset',
  '.devcontainer',
  '.storybook',
  '.yarn',
  '.claude',
  '.cursor',
  '.agents',
  '.codex',
  '.openclaw',
  '.clawhub',
  '.claude-plugin',
  '.cargo',
  '.well-known',
  '.next',
  '.nuxt',
  '.cache',
  '.pytest_cache',
  '.venv',
  '.config',
  '.bin',
  '.pnpm',
  '.vitepress',
  '.docusaurus',
  '.vercel',
  '.netlify',
  '.nyc_output',
  '.turbo',
  '.mypy_cache',
  '.ruff_cache',
  '.dist',
  '.build',
  '.output',
  '.gemini',
  '.windsurf',
  '.kiro',
  '.opencode',
  '.trae',
  '.roo',
]);

/** Prebuilt add-ons lie here by convention. */
const PREBUILT =
  /(?:^|\/)(?:node_modules|prebuilds|prebuilt|build\/Release|bin|lib|native|vendor|binaries|platforms?|resources|assets|dist|wasm)\//;

/** What the files of a package are, beside what they say: archives, programs, code that cannot be read, hidden code. */
export function judgeFiles(files: readonly ScanFile[]): readonly RawFinding[] {
  const out: RawFinding[] = [];
  const paths = new Set(files.map((f) => f.path));
  for (const file of files) out.push(...judgeFile(file, paths));
  out.push(...hiddenCode(files), ...minified(files));
  return out;
}

function finding(
  file: ScanFile,
  rule: string,
  severity: Severity,
  message: string,
  confidence: Confidence = 'high',
): RawFinding {
  return {
    rule,
    severity,
    confidence,
    message,
    steps: [{ file: file.path, pos: 0, what: 'is part of what is installed' }],
  };
}

function judgeFile(file: ScanFile, paths: ReadonlySet<string>): readonly RawFinding[] {
  const out: RawFinding[] = [];
  const kind = extension(file.path);
  const shown = snippet(file.path, 80);
  if (file.symlink !== undefined) return judgeLink(file, file.symlink, shown);
  if (/[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2060\ufeff]/.test(file.path)) {
    out.push(
      finding(
        file,
        'hidden-unicode',
        'critical',
        `The name of ${shown} holds characters that cannot be seen and change how it is shown.`,
      ),
    );
  }
  const double = doubleExtension(file);
  if (double)
    out.push(
      finding(
        file,
        'disguised-file',
        double.severity,
        `${shown} looks like a ${double.pretends} file and is a ${double.is} file.`,
      ),
    );
  const vendored = /(?:^|\/)node_modules\//.test(file.path);
  if (BYTECODE.has(kind)) {
    const source = sourceOf(file.path);
    const cached = /(?:^|\/)__pycache__\//.test(file.path) && source !== undefined && paths.has(source);
    out.push(
      cached || vendored
        ? finding(
            file,
            'compiled-code',
            'info',
            `${shown} is compiled code; its source lies beside it, but nothing says that it is the same.`,
            'medium',
          )
        : finding(
            file,
            'compiled-code',
            'warn',
            `${shown} is compiled code without its source, so that nobody can read what it does.`,
          ),
    );
  } else if (ARCHIVES.has(kind) && file.binary !== false) {
    const severity = INSTALLERS.has(kind) && !vendored ? 'warn' : 'info';
    out.push(
      finding(
        file,
        'bundled-archive',
        severity,
        INSTALLERS.has(kind)
          ? `${shown} is an installer. What it puts on the machine was not read.`
          : `${shown} is an archive. What it holds was not read.`,
      ),
    );
  } else if (isNative(file, kind)) {
    const usual = vendored || kind === '.node' || kind === '.a' || kind === '.o' || PREBUILT.test(file.path);
    out.push(
      finding(
        file,
        'native-binary',
        usual ? 'info' : 'warn',
        `${shown} is a program for the processor. What it does was not read.`,
        usual ? 'medium' : 'high',
      ),
    );
  } else if (file.binary === true && (TEXT_NAMES.has(kind) || (file.executable === true && IMAGES.has(kind)))) {
    out.push(
      finding(
        file,
        'disguised-file',
        file.executable === true ? 'critical' : 'warn',
        `${shown} has the name of ${TEXT_NAMES.has(kind) ? 'a text' : 'an image'} and holds something else${file.executable === true ? ' that can be run' : ''}.`,
        'medium',
      ),
    );
  } else if (IMAGES.has(kind) && file.text !== undefined) {
    const code = scriptInside(file.text);
    if (code)
      out.push(finding(file, 'disguised-file', 'critical', `${shown} has the name of an image and is ${code}.`));
  } else if (
    file.text !== undefined &&
    file.executable === true &&
    /^\.(?:txt|md|json|csv|log|css)$/.test(kind) &&
    /^#!/.test(file.text)
  ) {
    out.push(
      finding(file, 'disguised-file', 'warn', `${shown} has the name of a text and is a script that can be run.`),
    );
  }
  return out;
}

function judgeLink(file: ScanFile, target: string, shown: string): readonly RawFinding[] {
  const absolute = /^(?:[\\/]|[A-Za-z]:|~)/.test(target);
  if (!absolute && resolveInside(directory(file.path), target) !== undefined) return [];
  const secret =
    /\.ssh|\.aws|\.gnupg|\.env|\.openclaw|\.clawdbot|credentials|\/etc\/(?:passwd|shadow)|Keychains|\.config\/gh/.test(
      target,
    );
  const message = `${shown} is a link to ${snippet(target, 80)}, outside of what is installed.${secret ? ' Whoever reads the package reads what lies there.' : ''}`;
  return [finding(file, 'symlink-escape', secret ? 'critical' : 'warn', message)];
}

/** `report.pdf.exe`, `photo.png.js`. */
function doubleExtension(
  file: ScanFile,
): { readonly pretends: string; readonly is: string; readonly severity: Severity } | undefined {
  const name = fileName(file.path).toLowerCase();
  const spaced = /(\.\w{1,5})\s{3,}(\.\w{1,5})$/.exec(name);
  const plain = /(\.\w{1,5})(\.\w{1,7})$/.exec(name);
  const match = spaced ?? plain;
  if (!match) return undefined;
  const [, first, last] = match;
  if (!DOCUMENTS.has(first!) || !LAUNCHERS.has(last!)) return undefined;
  // Generators write `icon.png.js` and `data.csv.ts`; only what starts with a double click is a disguise for sure.
  const modules = last === '.js' || last === '.sh';
  if (modules && !spaced)
    return first === '.pdf' || first === '.docx' || first === '.doc'
      ? { pretends: first!, is: last!, severity: 'warn' }
      : undefined;
  return { pretends: first!, is: last!, severity: 'critical' };
}

function isNative(file: ScanFile, kind: string): boolean {
  if (kind === '.com' || kind === '.app' || kind === '.lib' || kind === '.a' || kind === '.o')
    return file.binary === true;
  if (NATIVE.has(kind) || /\.so\.\d/.test(file.path)) return file.text === undefined;
  return file.binary === true && file.executable === true && (kind === '' || /^\.\d+$/.test(kind));
}

/** The source of `__pycache__/name.cpython-312.pyc` and `name.pyc`. */
function sourceOf(path: string): string | undefined {
  const cached = /^(.*?)__pycache__\/([^/]+?)\.[\w-]+\.pyc$/.exec(path);
  if (cached) return `${cached[1]}${cached[2]}.py`;
  return /\.py[co]$/.test(path) ? path.slice(0, -1) : undefined;
}

function scriptInside(text: string): string | undefined {
  const head = text.slice(0, 400).trimStart();
  if (head.startsWith('#!')) return 'a script';
  if (head.startsWith('<?php')) return 'PHP code';
  if (
    /^(?:import\s+[\w{*]|const\s+\w+\s*=|var\s+\w+\s*=|require\(|function\s+\w+\(|\(function|from\s+\w+\s+import|\$\w+\s*=|powershell)/i.test(
      head,
    )
  )
    return 'code';
  return undefined;
}

/** Directories whose name starts with a dot and that hold code; one finding for each directory. */
function hiddenCode(files: readonly ScanFile[]): readonly RawFinding[] {
  const seen = new Map<string, { file: ScanFile; count: number }>();
  for (const file of files) {
    if (!SCRIPTS.has(extension(file.path)) || /(?:^|\/)node_modules\//.test(file.path)) continue;
    const parts = file.path.split('/');
    const at = parts.findIndex(
      (p) => p.startsWith('.') && p !== '.' && p !== '..' && !TOOL_DIRECTORIES.has(p.toLowerCase()),
    );
    if (at < 0) continue;
    // A hidden file at the top is a tool's settings: `.eslintrc.js`.
    if (
      at === parts.length - 1 &&
      /^\.[\w-]*(?:rc|config|ignore|setup|hooks?|lintstaged|prettier|release-it|versionrc|mocharc|size-limit|dependency-cruiser|remarkrc|pnpmfile|puppeteerrc|eleventy)[\w.-]*$/i.test(
        parts[at]!,
      )
    )
      continue;
    const key = parts.slice(0, at + 1).join('/');
    const known = seen.get(key);
    if (known) known.count++;
    else seen.set(key, { file, count: 1 });
  }
  return [...seen].map(([path, { file, count }]) =>
    finding(
      file,
      'hidden-code',
      'warn',
      `Keeps code out of sight in ${snippet(path, 80)}${count > 1 ? ` (${count} files)` : ''}.`,
      'medium',
    ),
  );
}

/** Source in few very long lines, beside files that people can read. */
function minified(files: readonly ScanFile[]): readonly RawFinding[] {
  const sources = files.filter(
    (f) =>
      f.text !== undefined &&
      f.text.length > 1500 &&
      /\.(?:[cm]?[jt]s|py)$/.test(f.path) &&
      !/(?:^|\/)(?:node_modules|vendor|third_party)\//.test(f.path),
  );
  const dense = sources.filter(
    (f) =>
      lineLength(f.text!) > 600 && !/\.min\.|(?:^|\/)(?:dist|build|out|lib|bundle|static|assets|public)\//.test(f.path),
  );
  if (dense.length === 0 || dense.length * 2 > sources.length) return [];
  return dense.map((f) =>
    finding(
      f,
      'minified-source',
      'info',
      `${snippet(f.path, 80)} is packed into long lines, unlike the other sources beside it.`,
      'low',
    ),
  );
}

/** Mean length of the lines. */
function lineLength(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return text.length / lines;
}
