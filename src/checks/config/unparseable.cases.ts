import { cases } from '../../core/cases.ts';

export default cases('config.unparseable', {
  fail: [
    { name: 'the text breaks off', config: '{\n  gateway: { bind: "lan",\n', expect: [{ variant: 'syntax' }] },
    { name: 'a list at the top', config: '[1, 2]', expect: [{ variant: 'shape' }] },
    {
      name: 'in an included file',
      config: `{ channels: { $include: './c.json5' } }`,
      include: { 'c.json5': '{ telegram: ' },
      expect: [{ variant: 'syntax' }],
    },
    {
      name: 'not readable',
      snapshot: {},
      configError: 'not-a-file',
      expect: [{ variant: 'unreadable', at: '~state/openclaw.json' }],
    },
  ],
  pass: [{ name: 'JSON5 with comments', config: '{ // fine\n}' }],
  near: [{ name: 'no config at all' }],
});
