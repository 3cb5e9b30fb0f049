import { cases } from '../../core/cases.ts';

export default cases('tools.elevated.allowFrom.<provider>.wildcard', {
  fail: [
    {
      name: 'a star',
      config: `{ tools: { elevated: { allowFrom: { Foo: [' * ', 1] } } } }`,
      expect: [
        { variant: 'wildcard', id: 'tools.elevated.allowFrom.Foo.wildcard', at: 'tools.elevated.allowFrom.Foo' },
      ],
    },
  ],
  pass: [{ name: 'two people', config: `{ tools: { elevated: { allowFrom: { telegram: ['1', '2'] } } } }` }],
  near: [
    { name: 'switched off', config: `{ tools: { elevated: { enabled: false, allowFrom: { telegram: ['*'] } } } }` },
  ],
  unknown: [{ name: 'not a list', config: `{ tools: { elevated: { allowFrom: { telegram: '*' } } } }` }],
});
