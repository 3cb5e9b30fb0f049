import { cases } from '../../core/cases.ts';

export default cases('env.moves_home', {
  fail: [
    {
      name: 'the config moves the state directory',
      config: `{ env: { vars: { OPENCLAW_STATE_DIR: '/tmp/elsewhere' } } }`,
      expect: [{ variant: 'effective', at: '$OPENCLAW_STATE_DIR' }],
    },
    {
      name: 'the .env does, and the environment overrules it',
      config: '{}',
      stateEnv: 'OPENCLAW_CONFIG_PATH=/tmp/other.json',
      env: { OPENCLAW_CONFIG_PATH: '/home/u/.openclaw/openclaw.json' },
      expect: [{ variant: 'overruled' }],
    },
  ],
  pass: [{ name: 'ordinary variables', config: `{ env: { vars: { TZ: 'UTC' } } }`, stateEnv: 'LOG_LEVEL=debug' }],
  near: [
    {
      name: 'the real environment may say where the home is',
      config: '{}',
      env: { OPENCLAW_STATE_DIR: '/home/u/.openclaw' },
    },
  ],
});
