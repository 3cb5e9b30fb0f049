import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { maskText } from '../config/secrets.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { visible } from '../core/text.ts';
import { type FixPlan, plannedConfig } from '../fix/plan.ts';
import { type Io, UsageError } from './io.ts';

const TIME_LIMIT_MS = 60_000;
const OUTPUT_LIMIT = 64 * 1024;

/**
 * Lets the installed OpenClaw judge the planned config with its own `config validate`, in a private home that is removed
 * afterwards. Runs a program, so it is only done on request. Returns why the plan is refused.
 */
export async function verifyWithOpenClaw(snapshot: Snapshot, plan: FixPlan, io: Io): Promise<string | undefined> {
  const entry = entryOf(snapshot.openclaw.installedPath);
  if (!entry) throw new UsageError('--verify-with-openclaw: no installed OpenClaw was found; nothing was changed');
  if (plan.files.length === 0) return undefined;
  const { configPath } = snapshot.home;
  const root = dirname(configPath);
  const home = mkdtempSync(join(tmpdir(), 'openclaw-security-'));
  try {
    const state = join(home, '.openclaw');
    mkdirSync(state, { mode: 0o700 });
    for (const file of plannedConfig(snapshot, plan).files) {
      const way = relative(root, file.path);
      if (file.error || way.startsWith('..') || isAbsolute(way)) continue;
      const to = join(state, way);
      mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
      writeFileSync(to, file.text, { mode: 0o600 });
    }
    const env = {
      ...io.env,
      HOME: home,
      OPENCLAW_HOME: home,
      OPENCLAW_STATE_DIR: state,
      OPENCLAW_CONFIG_PATH: join(state, relative(root, configPath)),
      OPENCLAW_NO_RESPAWN: '1',
      NO_COLOR: '1',
    };
    const { out, err } = await run(process.execPath, [entry, 'config', 'validate', '--json'], env, home);
    const name = `OpenClaw ${snapshot.openclaw.installed ?? ''}`.trim();
    const shown = (text: string) => maskText(visible(text.replaceAll(home, '~').trim(), 600));
    const answer = answerIn(out);
    if (answer?.valid === true) return undefined;
    if (answer?.valid === false)
      return `${name} would refuse the new config: ${shown(JSON.stringify(answer.issues ?? answer.error ?? null))}. Nothing was changed.`;
    return `${name} could not be asked: ${shown(err || out) || 'it did not answer in time'}. Nothing was changed.`;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** The program of an installed package, from its own package.json. */
function entryOf(installed: string | undefined): string | undefined {
  if (installed === undefined) return undefined;
  const dir = installed.endsWith('package.json') ? dirname(installed) : installed;
  try {
    const { bin } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as { bin?: unknown };
    const name = typeof bin === 'string' ? bin : (bin as Record<string, unknown> | undefined)?.openclaw;
    const entry = typeof name === 'string' ? join(dir, name) : undefined;
    return entry !== undefined && existsSync(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** The JSON document in what it printed. */
function answerIn(out: string): { valid?: unknown; issues?: unknown; error?: unknown } | undefined {
  try {
    return JSON.parse(out.slice(Math.max(0, out.indexOf('{'))));
  } catch {
    return undefined;
  }
}

function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
): Promise<{ out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed = { out: '', err: '' };
    const timer = setTimeout(() => child.kill('SIGKILL'), TIME_LIMIT_MS);
    const gather = (stream: NodeJS.ReadableStream, to: 'out' | 'err') =>
      stream.on('data', (chunk: Buffer) => {
        if (printed[to].length < OUTPUT_LIMIT) printed[to] += chunk.toString();
      });
    gather(child.stdout, 'out');
    gather(child.stderr, 'err');
    child.on('error', (error) => {
      printed.err += error.message;
      clearTimeout(timer);
      resolve(printed);
    });
    child.on('close', () => {
      clearTimeout(timer);
      resolve(printed);
    });
  });
}
