import { cases } from '../../core/cases.ts';

export default cases('mcp.apps.enabled', {
  fail: [
    { name: 'on', config: '{ mcp: { apps: { enabled: true } } }', expect: [{ variant: 'on', at: 'mcp.apps.enabled' }] },
  ],
  pass: [{ name: 'off is the default', config: '{}' }],
  near: [{ name: 'written, and off', config: '{ mcp: { apps: { enabled: false } } }' }],
  unknown: [{ name: 'a word where a switch belongs', config: `{ mcp: { apps: { enabled: 'no' } } }` }],
});
