import { cases } from '../../core/cases.ts';

export default cases('summary.attack_surface', {
  unconditional: true,
  fail: [
    { name: 'a plain home', config: '{ channels: { telegram: {} } }', expect: [{ variant: 'surface' }] },
    { name: 'no config at all', expect: [{ variant: 'surface' }] },
  ],
});
