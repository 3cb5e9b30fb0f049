import { cases } from '../../core/cases.ts';

export default cases('tools.exec.safe_bins_unlisted_interpreter', {
  fail: [
    {
      name: 'env starts anything',
      config: `{ tools: { exec: { safeBins: ['/usr/bin/env', 'xargs'] } } }`,
      expect: [{ variant: 'listed', at: 'tools.exec.safeBins' }],
    },
  ],
  pass: [{ name: 'plain tools', config: `{ tools: { exec: { safeBins: ['cut', 'head', 'wc'] } } }` }],
  near: [
    { name: 'with a profile', config: `{ tools: { exec: { safeBins: ['find'], safeBinProfiles: { find: {} } } } }` },
    { name: 'a listed interpreter is another finding', config: `{ tools: { exec: { safeBins: ['bash'] } } }` },
  ],
  unknown: [{ name: 'an entry is unset', config: "{ tools: { exec: { safeBins: ['${BIN}'] } } }" }],
});
