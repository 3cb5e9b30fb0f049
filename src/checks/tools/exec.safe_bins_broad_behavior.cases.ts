import { cases } from '../../core/cases.ts';

export default cases('tools.exec.safe_bins_broad_behavior', {
  fail: [
    {
      name: 'jq and awk',
      version: '2026.9.6',
      config: `{ tools: { exec: { safeBins: ['cut', '/usr/bin/jq', 'gawk'] } } }`,
      expect: [{ variant: 'broad', at: 'tools.exec.safeBins' }],
    },
  ],
  pass: [{ name: 'plain tools', version: '2026.9.6', config: `{ tools: { exec: { safeBins: ['cut', 'head'] } } }` }],
  near: [
    {
      name: 'a name that only contains one',
      version: '2026.9.6',
      config: `{ tools: { exec: { safeBins: ['jqplay', 'sedge'] } } }`,
    },
  ],
  unknown: [
    { name: 'an entry is unset', version: '2026.9.6', config: "{ tools: { exec: { safeBins: ['${BIN}'] } } }" },
  ],
});
