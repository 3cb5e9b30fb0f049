import { cases } from '../../core/cases.ts';

const home = (network: string) =>
  `{ agents: { defaults: { sandbox: { browser: { enabled: true, network: '${network}' } } } } }`;

export default cases('sandbox.browser_network_mode', {
  fail: [
    {
      name: 'the network of another container',
      config: home('container:proxy'),
      expect: [{ variant: 'set', at: 'agents.defaults.sandbox.browser.network' }],
    },
  ],
  pass: [{ name: 'the default', config: '{ agents: { defaults: { sandbox: { browser: { enabled: true } } } } }' }],
  near: [{ name: 'a bridge is another finding', config: home('bridge') }],
});
