import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { draftConfig } from '../../src/collect/config.ts';
import { includeReader, readConfigFile } from '../../src/collect/include-reader.ts';
import { plainValue } from '../../src/config/value.ts';
import { runCommand } from '../kit/command-line.ts';
import { type LaidOutHome, materialize, type RecordedHome } from '../kit/materialize.ts';
import { modesBelow, stateBelow } from '../kit/tree-state.ts';

interface RecordedFix extends RecordedHome {
  readonly about: string;
  readonly reference: string;
  readonly fix: {
    readonly ok: boolean;
    readonly configWritten: boolean;
    readonly changes: number;
    readonly errors: number;
  };
  readonly configAfter: 'unchanged' | Plain;
  readonly modesBefore: Readonly<Record<string, string>>;
  readonly modesAfter: Readonly<Record<string, string>>;
}

type Plain = { readonly [key: string]: unknown };

const here = import.meta.dirname;
const readJson = (file: string) => JSON.parse(readFileSync(join(here, file), 'utf8'));
const deviations = readJson('fix-deviations.json') as {
  readonly everywhere: Readonly<Record<string, string>>;
  readonly cases: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** What the reference writes besides its changes, where the config says nothing: key by last parts, value. */
const MATERIALISED: readonly (readonly [RegExp, unknown])[] = [
  [/^meta$/, { lastTouchedVersion: '2026.3.7' }],
  [/^commands$/, { native: 'auto', nativeSkills: 'auto', restart: true, ownerDisplay: 'raw' }],
  [/^channels\.\w+(?:\.accounts\.\w+)?\.dmPolicy$/, 'pairing'],
  [/^channels\.\w+(?:\.accounts\.\w+)?\.groupPolicy$/, 'allowlist'],
  [/^channels\.(?:telegram|slack)(?:\.accounts\.\w+)?\.streaming$/, 'partial'],
  [/^channels\.discord(?:\.accounts\.\w+)?\.streaming$/, 'off'],
  [/^channels\.whatsapp(?:\.accounts\.\w+)?\.debounceMs$/, 0],
  [/^channels\.whatsapp\.mediaMaxMb$/, 50],
  [/^channels\.slack\.mode$/, 'socket'],
  [/^channels\.slack\.webhookPath$/, '/slack/events'],
  [/^channels\.slack\.userTokenReadOnly$/, true],
  [/^channels\.slack\.nativeStreaming$/, true],
];

/** The recorded values without what was only materialised. */
function withoutDefaults(value: Plain, original: Plain, prefix = ''): Plain {
  const out: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    const written = Object.hasOwn(original, key);
    if (!written && MATERIALISED.some(([p, v]) => p.test(path) && JSON.stringify(v) === JSON.stringify(child)))
      continue;
    const isObject = typeof child === 'object' && child !== null && !Array.isArray(child);
    out[key] = isObject ? withoutDefaults(child as Plain, (original[key] ?? {}) as Plain, path) : child;
  }
  return out;
}

function leaves(value: unknown, prefix = ''): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { [prefix]: JSON.stringify(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, child]) => leaves(child, prefix === '' ? key : `${prefix}.${key}`)),
  );
}

function configValues({ configPath }: LaidOutHome): Plain {
  const { document } = draftConfig(readConfigFile(configPath), includeReader(configPath));
  return document.root ? (plainValue(document.root) as Plain) : {};
}

function differing(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]);
}

const scratch = mkdtempSync(join(tmpdir(), 'openclaw-security-fix-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const areas = ['config', 'modes'] as const;

describe.each(areas)('recorded fixes: %s', (area) => {
  const recorded = readJson(`fix-cases/${area}.json`) as Record<string, RecordedFix>;
  it.each(Object.entries(recorded))('%s', async (name, c) => {
    const home = materialize(c, join(scratch, area, name));
    const env = { ...home.env, XDG_STATE_HOME: join(home.root, 'journal') };
    expect(modesBelow(home.home)).toEqual(c.modesBefore);
    const original = configValues(home);
    const before = stateBelow(home.home);

    const ran = await runCommand(['audit', '--fix', '--json', '--openclaw-version', c.reference], env, home.cwd);
    expect(ran.err).toBe('');
    expect(ran.code).toBe(0);
    const { fix, report } = JSON.parse(ran.out);
    const listed = Object.keys(deviations.cases[`${area}/${name}`] ?? {});

    const wanted = c.configAfter === 'unchanged' ? leaves(original) : leaves(withoutDefaults(c.configAfter, original));
    const values = differing(leaves(configValues(home)), wanted);
    const fileModes = differing(modesBelow(home.home), c.modesAfter).filter(
      (path) => !Object.hasOwn(deviations.everywhere, path),
    );
    expect([...values, ...fileModes].sort(), c.about).toEqual([...listed].sort());

    const keysListed = listed.filter((l) => l.startsWith('channels.')).length;
    expect({
      ok: fix.ok,
      configWritten: fix.configWritten,
      errors: fix.errors.length,
      changes: fix.changes.length,
    }).toEqual({ ...c.fix, changes: c.fix.changes - keysListed });
    for (const action of fix.actions) expect(action).toMatchObject({ kind: 'chmod', path: expect.any(String) });
    expect(report.target.configPath).toBe(home.configPath);

    const again = await runCommand(['audit', '--fix', '--json', '--openclaw-version', c.reference], env, home.cwd);
    const second = JSON.parse(again.out).fix;
    expect({ written: second.configWritten, changes: second.changes, id: second.id }).toEqual({
      written: false,
      changes: [],
      id: undefined,
    });
    expect(second.actions.filter((a: { ok: boolean }) => a.ok)).toEqual([]);

    if (fix.id !== undefined) {
      const undone = await runCommand(['undo', '--json'], env, home.cwd);
      expect(undone.code, undone.err).toBe(0);
    }
    expect(stateBelow(home.home)).toEqual(before);
  });
});

describe('the list of deviations of the fix', () => {
  it('argues each in a sentence, and names recorded cases only', () => {
    const reasons = [deviations.everywhere, ...Object.values(deviations.cases)].flatMap((d) => Object.values(d));
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].{30,}\.$/);
    const names = areas.flatMap((area) => Object.keys(readJson(`fix-cases/${area}.json`)).map((n) => `${area}/${n}`));
    expect(Object.keys(deviations.cases).filter((name) => !names.includes(name))).toEqual([]);
  });
});
