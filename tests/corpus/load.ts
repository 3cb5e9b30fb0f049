import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expand } from './notation.ts';

/** The half of the corpus a sample belongs to: rules are written against `tune` only. */
export type Half = 'tune' | 'held-out';

/** What a sample is handed to the scan as. */
export type SampleKind = 'plugin' | 'skill' | 'package';

/** One labelled sample; `files` holds what a scanner would see, with the stored notation expanded. */
export interface Sample {
  readonly name: string;
  readonly label: 'malicious' | 'benign';
  readonly language: string;
  readonly technique: string;
  /** Why it is malicious or benign, in one clause. */
  readonly why: string;
  readonly half: Half;
  readonly kind: SampleKind;
  readonly files: Readonly<Record<string, string>>;
}

const LANGUAGES = new Set(['js', 'ts', 'sh', 'py', 'ps1', 'md', 'manifest', 'mixed']);

/** The half of a name: FNV-1a over its UTF-16 units, by parity. A name never changes halves unless it is renamed. */
export function halfOf(name: string): Half {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return hash % 2 === 0 ? 'tune' : 'held-out';
}

/** Every sample below `folder`, in the order of their names. Throws on a file that breaks the format or the halves. */
export function loadCorpus(folder: string): Sample[] {
  const samples: Sample[] = [];
  for (const half of ['tune', 'held-out'] as const)
    for (const file of readdirSync(path.join(folder, half)).sort()) {
      const at = path.join(folder, half, file);
      for (const sample of parseFamily(readFileSync(at, 'utf8'), half, at)) samples.push(sample);
    }
  samples.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (let i = 1; i < samples.length; i++)
    if (samples[i]!.name === samples[i - 1]!.name) throw new Error(`two samples are called ${samples[i]!.name}`);
  return samples;
}

function parseFamily(text: string, half: Half, at: string): Sample[] {
  return text
    .split(/^@@ /m)
    .slice(1)
    .map((block) => parseSample(block, half, at));
}

function parseSample(block: string, half: Half, at: string): Sample {
  const [head = '', why = '', ...rest] = block.split('\n');
  const [name, label, language, technique] = head.split(' | ');
  const fault = (what: string) => new Error(`${at}: ${head}: ${what}`);
  if (!name || !technique || !language || !why) throw fault('a header is "name | label | language | technique"');
  if (label !== 'malicious' && label !== 'benign') throw fault('the label is malicious or benign');
  if (!LANGUAGES.has(language)) throw fault(`unknown language ${language}`);
  if (halfOf(name) !== half) throw fault(`belongs to ${halfOf(name)}`);
  const own = parseFiles(rest.join('\n'));
  if (Object.keys(own).length === 0) throw fault('has no file');
  const kind = kindOf(own, language);
  return { name, label, language, technique, why, half, kind, files: { ...frame(kind, own), ...own } };
}

function parseFiles(body: string): Record<string, string> {
  const files: Record<string, string> = {};
  // A path has a dot or a slash; the rule of a front matter, `---`, stands alone.
  for (const part of body.split(/^--- (?=\S+$)/m).slice(1)) {
    const end = part.indexOf('\n');
    files[part.slice(0, end)] = expand(part.slice(end + 1));
  }
  return files;
}

function kindOf(files: Readonly<Record<string, string>>, language: string): SampleKind {
  if (files['SKILL.md']) return 'skill';
  if (files['package.json']) return 'package';
  return language === 'sh' || language === 'py' || language === 'ps1' ? 'skill' : 'plugin';
}

/** The files that any plugin or skill has around its code, so that a sample need only hold what matters. */
function frame(kind: SampleKind, own: Readonly<Record<string, string>>): Record<string, string> {
  const paths = Object.keys(own);
  const first = paths[0]!;
  if (kind === 'skill') return own['SKILL.md'] ? {} : { 'SKILL.md': skillText(first) };
  if (kind === 'package' || own['openclaw.plugin.json']) return {};
  const entry = paths.find((p) => /^(src\/)?index\.[cm]?[jt]s$/.test(p)) ?? first;
  return {
    'package.json': JSON.stringify({
      name: 'openclaw-sample',
      version: '1.0.0',
      type: /^\s*(import|export)\b/m.test(own[entry]!) ? 'module' : 'commonjs',
      openclaw: { extensions: [`./${entry}`] },
    }),
    'openclaw.plugin.json': JSON.stringify({ id: 'openclaw-sample', configSchema: { type: 'object', properties: {} } }),
  };
}

function skillText(script: string): string {
  const how = script.endsWith('setup.py')
    ? 'Install it with `pip install .`'
    : `Run \`${script.endsWith('.py') ? 'python3' : script.endsWith('.ps1') ? 'pwsh -File' : 'bash'} ${script}\``;
  return `---\nname: helper\ndescription: A small helper.\n---\n# Helper\n\n${how} and show the result.\n`;
}
