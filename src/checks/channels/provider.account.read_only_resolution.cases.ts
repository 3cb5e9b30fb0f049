import { cases } from '../../core/cases.ts';

const home = (accounts: string) => `{ channels: { telegram: { accounts: ${accounts} } } }`;

export default cases('channels.<provider>.account.read_only_resolution', {
  fail: [
    {
      name: 'a blank in the name',
      config: home(`{ 'My Bot': { botToken: 't' } }`),
      expect: [
        {
          variant: 'spelling',
          id: 'channels.telegram.account.read_only_resolution',
          at: 'channels.telegram.accounts["My Bot"]',
        },
      ],
    },
    { name: 'no object', config: home('{ a: 5 }'), expect: [{ variant: 'shape' }] },
  ],
  pass: [{ name: 'a plain name', config: home(`{ work: { botToken: 't' } }`) }],
  near: [{ name: 'capital letters are found', config: home(`{ Work: { botToken: 't' } }`) }],
});
