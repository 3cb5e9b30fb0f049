// `npm run new-check <id>`: scaffolds a check and its cases. The id follows the path: <area>.<name>.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const id = process.argv[2] ?? '';
if (!/^[a-z]+(\.(<[a-z]+>|[A-Za-z0-9_-]+))+$/.test(id)) {
  console.error('Give an id of an area and a name: npm run new-check gateway.my_new_check');
  process.exit(2);
}
const [area, ...rest] = id.split('.');
const file = path.join(root, 'src', 'checks', area, rest.join('.').replaceAll(/[<>]/g, ''));
if (fs.existsSync(`${file}.ts`)) {
  console.error(`${path.relative(root, file)}.ts exists`);
  process.exit(1);
}
fs.mkdirSync(path.dirname(file), { recursive: true });
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
fs.writeFileSync(
  `${file}.ts`,
  `import { unknown } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: '${id}',
  title: 'What is wrong, in a few words',
  why: 'What an attacker or an accident does with it.',
  remedy: 'The exact next step: \`openclaw config set some.key value\`.',
  since: '${version}',
  confidence: 'high',
  needs: ['config'],
  variants: { on: { severity: 'warn', text: 'some.key is on.' } },
  *run({ settings }, hit) {
    const fact = settings.boolean(['some', 'key'], false);
    if (!fact.known) return yield unknown(fact);
    if (fact.value) yield hit('on', { at: fact });
  },
});
`,
);
fs.writeFileSync(
  `${file}.cases.ts`,
  `import { cases } from '../../core/cases.ts';

export default cases('${id}', {
  fail: [{ name: 'on', config: '{ some: { key: true } }', expect: [{ variant: 'on', at: 'some.key' }] }],
  pass: [{ name: 'off is the default', config: '{}' }],
  near: [{ name: 'written, and off', config: '{ some: { key: false } }' }],
  unknown: [{ name: 'a word where a switch belongs', config: "{ some: { key: 'yes' } }" }],
});
`,
);
console.log(`wrote ${path.relative(root, file)}.ts and .cases.ts; next: npm run generate, npx vitest run tests/kit`);
