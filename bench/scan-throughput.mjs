// How fast the code scan goes over real code: every package in node_modules by itself, on one core.
//
//   node bench/scan-throughput.mjs [--packages 25] [--max-mb 8]
//
// Prints megabytes and files for each second of CPU, over everything and over what was followed value by value, and what was
// reported at warn or above, since all of it is code that people use.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { importSources } from './bundle.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: { packages: { type: 'string', default: '25' }, 'max-mb': { type: 'string', default: '8' } },
});
const { scanPackage, loadScriptParser } = await importSources('bench-throughput', [
  "export { scanPackage } from './src/scan/scan.ts';",
  "export { loadScriptParser } from './src/scan/parsers/load.ts';",
]);
const { parse } = await loadScriptParser();

const modules = path.join(root, 'node_modules');
const names = fs
  .readdirSync(modules)
  .flatMap((n) => (n.startsWith('@') ? fs.readdirSync(path.join(modules, n)).map((m) => `${n}/${m}`) : [n]))
  .filter((n) => fs.existsSync(path.join(modules, n, 'package.json')))
  .sort();
const total = { ms: 0, bytes: 0, files: 0, followed: 0, alarms: 0, packages: 0 };
for (const name of names) {
  if (total.packages >= Number(values.packages)) break;
  const files = read(fs.realpathSync(path.join(modules, name)), '');
  const bytes = files.reduce((n, f) => n + f.bytes, 0);
  if (bytes === 0 || bytes > Number(values['max-mb']) * 1024 * 1024) continue;
  const before = process.cpuUsage();
  const result = scanPackage({ kind: 'package', name, files }, parse);
  const used = process.cpuUsage(before);
  const ms = (used.user + used.system) / 1000;
  total.packages++;
  total.ms += ms;
  total.bytes += bytes;
  total.files += files.length;
  total.followed += result.counts.parsed;
  const alarms = result.findings.filter((f) => f.severity !== 'info');
  total.alarms += alarms.length;
  console.log(`${name}: ${result.verdict}, ${files.length} files, ${mb(bytes)} MB, ${ms.toFixed(0)} ms`);
  for (const f of alarms)
    console.log(`  ${f.severity} ${f.rule} ${f.steps.at(-1).file}:${f.steps.at(-1).line} ${f.message}`);
  for (const limit of result.limits.slice(0, 3)) console.log(`  ${limit}`);
}
const seconds = total.ms / 1000;
console.log(
  `\n${total.packages} packages, ${total.files} files, ${mb(total.bytes)} MB in ${seconds.toFixed(1)} s of CPU`,
);
console.log(`${(total.bytes / 1e6 / seconds).toFixed(2)} MB/s, ${(total.files / seconds).toFixed(0)} files/s`);
console.log(
  `${total.followed} files followed; ${total.alarms} findings at warn or above; peak ${mb(process.resourceUsage().maxRSS * 1024)} MB`,
);

function mb(bytes) {
  return (bytes / 1e6).toFixed(1);
}

function read(dir, base) {
  return fs.readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const name = base === '' ? entry.name : `${base}/${entry.name}`;
    const place = path.join(dir, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : read(place, name);
    if (!entry.isFile() || fs.statSync(place).size > 2_500_000) return [];
    const bytes = fs.readFileSync(place);
    return bytes.subarray(0, 8000).includes(0)
      ? [{ path: name, bytes: bytes.length, binary: true }]
      : [{ path: name, bytes: bytes.length, text: bytes.toString('utf8') }];
  });
}
