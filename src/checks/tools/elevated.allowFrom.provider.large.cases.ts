import { cases } from '../../core/cases.ts';

const list = (count: number) =>
  `{ tools: { elevated: { allowFrom: { telegram: [${Array.from({ length: count }, (_, i) => `'${1000 + i}'`).join(', ')}] } } } }`;

export default cases('tools.elevated.allowFrom.<provider>.large', {
  fail: [
    {
      name: '26 people',
      config: list(26),
      expect: [{ variant: 'large', id: 'tools.elevated.allowFrom.telegram.large' }],
    },
  ],
  pass: [{ name: 'two people', config: list(2) }],
  near: [{ name: '25 people', config: list(25) }],
  unknown: [{ name: 'an entry is unset', config: "{ tools: { elevated: { allowFrom: { telegram: ['${ID}'] } } } }" }],
});
