import { cases } from '../../core/cases.ts';

const dir = (stateDir: string) => ({
  config: '{}',
  snapshot: {
    home: {
      found: true,
      stateDir,
      stateDirSource: 'OPENCLAW_STATE_DIR',
      configPath: `${stateDir}/openclaw.json`,
      configPathSource: 'state directory',
      credentialsDir: `${stateDir}/credentials`,
      credentialsDirSource: 'state directory',
    },
  },
});

export default cases('fs.synced_dir', {
  fail: [
    {
      name: 'Dropbox',
      ...dir('/home/u/My DropBox/.openclaw'),
      expect: [{ variant: 'synced', at: '/home/u/My DropBox/.openclaw' }],
    },
    {
      name: 'the real path of iCloud Drive',
      ...dir('/Users/u/Library/Mobile Documents/com~apple~CloudDocs/.openclaw'),
      expect: [{ variant: 'synced' }],
    },
    { name: 'Nextcloud', ...dir('/home/u/Nextcloud/.openclaw'), expect: [{ variant: 'synced' }] },
    {
      name: 'a link into Dropbox',
      config: '{}',
      files: {
        '~state': {
          role: 'state-dir',
          kind: 'directory',
          mode: 0o700,
          link: { target: '../Dropbox/oc', real: '/home/u/Dropbox/oc' },
        },
      },
      expect: [{ variant: 'synced', at: '~state' }],
    },
  ],
  pass: [{ name: 'a plain home', ...dir('/home/u/.openclaw') }],
  near: [{ name: 'a name that only begins like one', ...dir('/home/u/nextcloudy-notes/.openclaw') }],
});
