import { cases } from '../../core/cases.ts';

export default cases('fs.state_dir.symlink', {
  fail: [
    {
      name: 'a link',
      config: '{}',
      files: {
        '~state': {
          role: 'state-dir',
          kind: 'directory',
          mode: 0o700,
          link: { target: '/srv/state', real: '/srv/state' },
        },
      },
      expect: [{ variant: 'link', at: '~state' }],
    },
    {
      name: 'a broken link',
      config: '{}',
      files: { '~state': { role: 'state-dir', kind: 'symlink', mode: 0o777, link: { target: '/gone' } } },
      expect: [{ variant: 'link' }],
    },
  ],
  pass: [
    { name: 'a directory', config: '{}', files: { '~state': { role: 'state-dir', kind: 'directory', mode: 0o700 } } },
  ],
  near: [
    {
      name: 'the config is the link',
      config: '{}',
      files: {
        '~state': { role: 'state-dir', kind: 'directory', mode: 0o700 },
        '~state/openclaw.json': { role: 'config', link: { target: '/srv/c.json' } },
      },
    },
  ],
});
