import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { audit, collect, type Format, type Report, render } from '../../src/index.ts';
import { UNSAFE_HOME } from '../kit/program.ts';

const FIRST: Record<Format, RegExp> = {
  text: /^OpenClaw security audit of /,
  json: /^\{\n {2}"schemaVersion": 1/,
  sarif: /^\{\n {2}"\$schema": /,
  markdown: /^## OpenClaw security audit\n/,
  junit: /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /,
  github: /^::error file=\w+\.json5?,line=\d+/,
  prometheus: /^# HELP openclaw_security_info /,
  html: /^<!doctype html>\n/,
};
const FORMATS = Object.keys(FIRST) as Format[];
const baseDir = join(UNSAFE_HOME, '.openclaw');
const options = { env: {}, cwd: '/', osHomeDir: UNSAFE_HOME };

describe('the library', () => {
  it.each(FORMATS)('renders %s', async (format) => {
    const snapshot = await collect(options);
    const report: Report = await audit(snapshot);
    expect(await render(report, format, { baseDir, snapshot })).toMatch(FIRST[format]);
  });

  it('gives text and JSON at once, text in the width that is asked for', async () => {
    const report = await audit(await collect(options));
    const text: string = render(report, 'text', { columns: 50 });
    const json: string = render(report, 'json');
    expect(
      Math.max(
        ...text
          .split('\n')
          .filter((l) => !l.includes('|'))
          .map((l) => l.length),
      ),
    ).toBeGreaterThan(40);
    expect(text).not.toBe(render(report, 'text'));
    expect(JSON.parse(json)).toEqual(report);
  });

  it('offers fixes as edits only with the snapshot behind the report', async () => {
    const snapshot = await collect(options);
    const report = await audit(snapshot);
    expect(await render(report, 'sarif')).not.toContain('"deletedRegion"');
    expect(await render(report, 'sarif', { snapshot })).toContain('"deletedRegion"');
  });

  it('does the same as it is built', () => {
    const program = `
      import { audit, collect, render } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../dist/index.js')).href)};
      const snapshot = await collect(${JSON.stringify(options)});
      const report = await audit(snapshot);
      const all = {};
      for (const format of ${JSON.stringify(FORMATS)})
        all[format] = (await render(report, format, { baseDir: ${JSON.stringify(baseDir)}, snapshot })).slice(0, 120);
      console.log(JSON.stringify(all));`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', cwd: '/' });
    expect(run.stderr).toBe('');
    const all = JSON.parse(run.stdout) as Record<Format, string>;
    for (const format of FORMATS) expect(all[format]).toMatch(FIRST[format]);
  });
});
