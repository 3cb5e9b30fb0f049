import { cases } from '../../core/cases.ts';

export default cases('tools.exec.safe_bins_interpreter_unprofiled', {
  fail: [
    {
      name: 'python by path',
      config: `{ tools: { exec: { safeBins: ['grep', '/usr/bin/Python3'] } } }`,
      expect: [{ variant: 'listed', at: 'tools.exec.safeBins' }],
    },
    {
      name: 'a versioned name of one agent',
      config: `{ agents: { list: [{ id: 'a', tools: { exec: { safeBins: ['python3.12'] } } }] } }`,
      expect: [{ variant: 'listed', at: 'agents.list[0].tools.exec.safeBins' }],
    },
    {
      name: 'a Windows path',
      config: String.raw`{ tools: { exec: { safeBins: ['C:\\x\\node'] } } }`,
      expect: [{ variant: 'listed' }],
    },
    {
      name: 'awk in 2026.9.6',
      version: '2026.9.6',
      config: `{ tools: { exec: { safeBins: ['awk'] } } }`,
      expect: [{ variant: 'listed' }],
    },
  ],
  pass: [{ name: 'plain tools', config: `{ tools: { exec: { safeBins: ['cut', 'head', 'wc'] } } }` }],
  near: [
    {
      name: 'with a profile',
      config: `{ tools: { exec: { safeBins: ['python3'], safeBinProfiles: { ' Python3 ': {} } } } }`,
    },
    { name: 'a name that only contains one', config: `{ tools: { exec: { safeBins: ['bashful', 'nodemon'] } } }` },
    {
      name: 'awk before 2026.8.1 is another finding',
      version: '2026.3.7',
      config: `{ tools: { exec: { safeBins: ['awk'] } } }`,
    },
  ],
  unknown: [{ name: 'an entry is unset', config: "{ tools: { exec: { safeBins: ['${BIN}'] } } }" }],
});
