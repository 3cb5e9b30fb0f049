import { embeddedContext } from '../embedded.ts';
import type { Confidence, Severity } from '../../core/severity.ts';
import { type RawFinding, snippet } from '../findings.ts';
import type { JudgeContext } from '../judge/context.ts';
import { hiddenUnicode } from '../markdown/unicode.ts';
import { fileName, resolveInside } from '../paths.ts';
import type { ScanFile } from '../types.ts';
import { judgeDependency } from './dependencies.ts';
import { readFrontMatter } from './placed-yaml.ts';
import { field, type JsonNode, readJson, textOf } from './placed-json.ts';
import { judgeSkillInstall } from './skill-install.ts';

/** A manifest longer than this is read up to here. */
const MAX_TEXT = 1_000_000;

/**
 * Judges what a manifest makes happen: `package.json` (scripts that run at installation, where dependencies come from,
 * names of its programs), `openclaw.plugin.json`, and the front matter of `SKILL.md` with its install steps. Other files
 * give nothing.
 */
export function judgeManifest(
  file: ScanFile,
  judge: JudgeContext = embeddedContext(file.path, true),
): readonly RawFinding[] {
  const text = file.text?.slice(0, MAX_TEXT);
  if (text === undefined) return [];
  const name = fileName(file.path);
  if (name === 'package.json') return judgePackage(file.path, readJson(text), judge);
  if (/^(?:openclaw|clawdbot|moltbot)\.plugin\.json$/.test(name)) return judgePlugin(file.path, readJson(text), text);
  if (name.toLowerCase() === 'skill.md') return judgeSkillInstall(file.path, readFrontMatter(text).root, judge);
  return [];
}

type Make = (
  node: JsonNode,
  rule: string,
  severity: Severity,
  message: string,
  what: string,
  confidence?: Confidence,
) => RawFinding;

function maker(path: string): Make {
  return (node, rule, severity, message, what, confidence = 'high') => ({
    rule,
    severity,
    confidence,
    message,
    steps: [{ file: path, pos: node.start, what }],
  });
}

/** Scripts that a package manager runs by itself when the package is installed or removed. */
const AT_INSTALL = [
  'preinstall',
  'install',
  'postinstall',
  'preprepare',
  'prepare',
  'postprepare',
  'prepublish',
  'preuninstall',
  'uninstall',
  'postuninstall',
  'dependencies',
];
/** Only for a checkout or a git dependency. */
const FROM_SOURCE = new Set(['preprepare', 'prepare', 'postprepare', 'prepublish']);

/** Commands of build tools that run at installation in many packages. */
const BENIGN =
  /^(?:(?:npx |pnpm exec |yarn |npm exec (?:-- )?|cross-env (?:\w+=\S* )*|is-ci \|\| |\w+=\w+ )*(?:node-gyp(?:-build)?|node-pre-gyp|prebuild-install|prebuildify|husky(?: install)?|is-ci|tsc|tsup|tsdown|unbuild|rollup|esbuild|vite|swc|babel|patch-package|lerna|nx|turbo|simple-git-hooks|lefthook|ngcc|electron-builder|prisma generate|playwright install|only-allow \w+|opencollective\S*|rimraf|del-cli|mkdirp|shx|husky-init|napi|cmake-js|neon|link-workspace|syncpack|svelte-kit sync|nuxi? prepare|nuxt-module-build|wxt prepare|astro sync|panda codegen|rm -rf (?:\.\/)?(?:dist|build|lib|out)|echo [\w\s'":.,!-]*|exit 0|true|:|(?:npm|pnpm|yarn|bun)(?: run)? (?:build|compile|prepare|clean|generate|lint|typecheck|test|setup:?\w*)[\w:-]*)\b[^;&|`$<>]*)$/;

function isBenign(script: string): boolean {
  return script.split(/&&|\|\||;/).every((part) => part.trim() === '' || BENIGN.test(part.trim()));
}

function judgePackage(path: string, root: JsonNode, judge: JudgeContext): readonly RawFinding[] {
  const out: RawFinding[] = [];
  const make = maker(path);
  for (const name of AT_INSTALL) {
    const node = field(root, 'scripts', name);
    const script = textOf(node);
    if (node && script !== undefined && script.trim() !== '') out.push(...judgeScript(path, name, node, script, judge));
  }
  for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies']) {
    for (const [name, node] of field(root, kind)?.fields ?? []) {
      const spec = textOf(node);
      const judged = spec === undefined ? undefined : judgeDependency(name, spec, path);
      if (judged)
        out.push(make(node, 'dependency-source', judged.severity, judged.message, `depends on ${snippet(name)}`));
    }
  }
  out.push(...judgePrograms(root, make));
  for (const key of ['main', 'module']) {
    const node = field(root, key);
    const target = textOf(node);
    if (node && target !== undefined && leaves(target))
      out.push(
        make(
          node,
          'path-escape',
          'warn',
          `Its ${key} file ${snippet(target)} lies outside of the package.`,
          'names a file outside',
        ),
      );
  }
  return out;
}

function leaves(target: string): boolean {
  return /^(?:[\\/~]|[A-Za-z]:[\\/])/.test(target) || resolveInside('', target) === undefined;
}

function judgeScript(
  path: string,
  name: string,
  node: JsonNode,
  script: string,
  judge: JudgeContext,
): readonly RawFinding[] {
  const found = judge.scanCommand(script).filter((f) => f.severity !== 'info');
  const when = FROM_SOURCE.has(name)
    ? 'when it is installed from its source'
    : /uninstall$/.test(name)
      ? 'when it is removed'
      : 'when it is installed';
  const what = `the ${name} script, which runs ${when}`;
  if (found.length > 0) {
    return found.map((f) => ({
      ...f,
      message: `${f.message} This happens ${when}, before anything of it was looked at.`,
      steps: [{ file: path, pos: node.start, what }],
    }));
  }
  if (isBenign(script)) return [];
  const inline = /\b(?:node|python3?|perl|ruby|bun|deno)\s+(?:-e|-c|-p|--eval|eval)\b/.test(script);
  const hides =
    inline &&
    /child_process|https?:|\beval\b|atob|base64|Buffer\.from|fromCharCode|\bnet\b|exec(?:Sync)?\(|urllib|requests|socket/.test(
      script,
    );
  const severity: Severity = hides ? 'critical' : inline ? 'warn' : 'info';
  return [
    {
      rule: 'install-script',
      severity,
      confidence: 'high',
      message: `Runs ${snippet(script)} ${when}${hides ? ', code in one line that reaches out or starts programs' : ''}.`,
      steps: [{ file: path, pos: node.start, what }],
    },
  ];
}

/** Programs that people and the agent call; another one of the same name would be run in their place. */
const COMMON = new Set(
  'ls cat cd cp mv rm mkdir chmod chown find grep sed awk curl wget ssh scp git node npm npx pnpm yarn bun deno python python3 pip pip3 sudo su sh bash zsh env which kill ps docker kubectl brew apt apt-get systemctl crontab gpg openssl tar zip unzip gh aws gcloud az openclaw clawdbot moltbot claude codex code vim nano less echo test op pass security'.split(
    ' ',
  ),
);

function judgePrograms(root: JsonNode, make: Make): readonly RawFinding[] {
  const out: RawFinding[] = [];
  const own = (textOf(field(root, 'name')) ?? '').replace(/^@[^/]*\//, '');
  const bin = field(root, 'bin');
  const entries: [string, JsonNode][] = bin?.fields
    ? [...bin.fields]
    : bin && typeof bin.value === 'string'
      ? [[own, bin]]
      : [];
  for (const [name, node] of entries) {
    const target = textOf(node);
    if (COMMON.has(name) && name !== own)
      out.push(
        make(
          node,
          'program-shadowing',
          'warn',
          `Installs a program under the name of the common command ${name}.`,
          'names a program',
        ),
      );
    if (target !== undefined && leaves(target))
      out.push(
        make(
          node,
          'path-escape',
          'warn',
          `Its program ${snippet(name)} is the file ${snippet(target)} outside of the package.`,
          'names a file outside',
        ),
      );
    if (/[\\/]/.test(name.replace(/^@[\w.-]+\//, '')) || name.startsWith('..'))
      out.push(
        make(node, 'path-escape', 'warn', `The name of its program ${snippet(name)} is a path.`, 'names a program'),
      );
  }
  return out;
}

/** Ids of what OpenClaw ships itself (2026.3.7 and 2026.9.6): another plugin of that id stands in its place. */
const OWN_IDS = new Set(
  'telegram whatsapp discord irc googlechat slack signal imessage line msteams matrix nostr mattermost bluebubbles zalo zalouser feishu twitch synology-chat nextcloud-talk tlon memory-core memory-lancedb device-pair llm-task lobster phone-control voice-call diagnostics-otel'.split(
    ' ',
  ),
);

function judgePlugin(path: string, root: JsonNode, text: string): readonly RawFinding[] {
  const make = maker(path);
  const out: RawFinding[] = [...hiddenUnicode(path, text)];
  if (!root.fields)
    return [
      make(
        root,
        'manifest-invalid',
        'info',
        'The plugin manifest is not an object; what it declares is not known.',
        'is not an object',
      ),
    ];
  const id = field(root, 'id');
  const name = textOf(id);
  if (id && name !== undefined) {
    if (/[\\/]|^\.|\s|[^\x20-\x7e]/.test(name) || name.length > 128)
      out.push(
        make(
          id,
          'manifest-oddity',
          'warn',
          `The plugin's id ${snippet(name)} is not a plain name: it can point outside of its directory or look like another one.`,
          'names itself',
        ),
      );
    if (OWN_IDS.has(name))
      out.push(
        make(
          id,
          'manifest-oddity',
          'info',
          `The plugin's id ${snippet(name)} is the one of a plugin that comes with OpenClaw, which it would replace.`,
          'names itself',
        ),
      );
  }
  for (const key of ['skills', 'extensions', 'hooks', 'entry', 'main']) {
    const node = field(root, key);
    const places = node?.items ?? (node ? [node] : []);
    for (const place of places) {
      const target = textOf(place);
      if (target !== undefined && leaves(target))
        out.push(
          make(
            place,
            'path-escape',
            'warn',
            `Its ${key} points to ${snippet(target)}, outside of the plugin.`,
            'names a place outside',
          ),
        );
    }
  }
  return [...out, ...riskyDefaults(root, make)];
}

/** Settings of OpenClaw that loosen a guard, as defaults of a plugin's own options. */
function riskyDefaults(root: JsonNode, make: Make): readonly RawFinding[] {
  const out: RawFinding[] = [];
  const stack: { node: JsonNode; key: string }[] = [{ node: root, key: '' }];
  for (let visited = 0; stack.length > 0 && visited < 5000; visited++) {
    const { node, key } = stack.pop()!;
    if (
      /^dangerously|^(?:disableSandbox|skipApprovals?|bypassApprovals?|autoApprove|allowAll)$/i.test(key) &&
      (node.value === true || field(node, 'default')?.value === true)
    ) {
      out.push(
        make(
          node,
          'manifest-oddity',
          'warn',
          `Sets ${snippet(key)} unless it is told otherwise.`,
          'a default that loosens a guard',
        ),
      );
    }
    for (const [name, inner] of node.fields ?? []) stack.push({ node: inner, key: name });
    for (const inner of node.items ?? []) stack.push({ node: inner, key });
  }
  return out;
}
