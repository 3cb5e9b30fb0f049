import { cases } from '../../core/cases.ts';

const dirs = (...list: string[]) => `{ tools: { exec: { safeBinTrustedDirs: ${JSON.stringify(list)} } } }`;

export default cases('tools.exec.safe_bin_trusted_dirs_risky', {
  fail: [
    {
      name: 'a temporary directory',
      config: dirs('/usr/bin', '/TMP/x'),
      expect: [{ variant: 'risky', at: 'tools.exec.safeBinTrustedDirs' }],
    },
    { name: 'of a package manager', config: dirs('/opt/homebrew/bin/'), expect: [{ variant: 'risky' }] },
    { name: 'relative', config: dirs('~/bin'), expect: [{ variant: 'risky' }] },
    { name: 'up and into a home', config: dirs('/srv/../home/u/tools'), expect: [{ variant: 'risky' }] },
  ],
  pass: [{ name: 'directories of the system', config: dirs('/usr/bin', '/bin') }],
  near: [
    { name: 'a name that only begins like one', config: dirs('/tmpx', '/opt/homebrew/sbin') },
    { name: 'the Nix store', config: dirs('/nix/store/abc/bin') },
  ],
  unknown: [{ name: 'an entry is unset', config: "{ tools: { exec: { safeBinTrustedDirs: ['${DIR}'] } } }" }],
});
