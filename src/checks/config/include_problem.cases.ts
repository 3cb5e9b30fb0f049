import { cases } from '../../core/cases.ts';

export default cases('config.include_problem', {
  fail: [
    { name: 'a missing file', config: `{ channels: { $include: './gone.json5' } }`, expect: [{ variant: 'broken' }] },
    {
      name: 'a cycle',
      config: `{ channels: { $include: './a.json5' } }`,
      include: { 'a.json5': `{ $include: './a.json5' }` },
      expect: [{ variant: 'broken' }],
    },
    { name: 'not a path', config: '{ channels: { $include: 5 } }', expect: [{ variant: 'broken' }] },
  ],
  pass: [
    { name: 'a file', config: `{ channels: { $include: './c.json5' } }`, include: { 'c.json5': '{ telegram: {} }' } },
  ],
  near: [
    {
      name: 'the same file twice, side by side',
      config: `{ a: { $include: './c.json5' }, b: { $include: './c.json5' } }`,
      include: { 'c.json5': '{}' },
    },
    { name: 'nothing included', config: '{}' },
  ],
});
