import { cases } from '../../core/cases.ts';

export default cases('fs.config.symlink', {
  fail: [
    {
      name: 'a link',
      config: '{}',
      files: {
        '~state/openclaw.json': { role: 'config', link: { target: '/srv/openclaw.json', real: '/srv/openclaw.json' } },
      },
      expect: [{ variant: 'link', at: '~state/openclaw.json' }],
    },
  ],
  pass: [{ name: 'a file', config: '{}', files: { '~state/openclaw.json': { role: 'config' } } }],
  near: [
    {
      name: 'the state directory is the link',
      config: '{}',
      files: {
        '~state': { role: 'state-dir', kind: 'directory', mode: 0o700, link: { target: '/srv/state' } },
        '~state/openclaw.json': { role: 'config' },
      },
    },
  ],
});
