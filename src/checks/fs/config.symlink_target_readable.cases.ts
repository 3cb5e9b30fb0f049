import { cases } from '../../core/cases.ts';

const link = (mode: number, real = '/srv/openclaw.json') => ({
  config: '{}',
  files: { '~state/openclaw.json': { role: 'config' as const, mode, link: { target: real, real } } },
});

export default cases('fs.config.symlink_target_readable', {
  fail: [{ name: '0644 behind the link', ...link(0o644), expect: [{ variant: 'loose', at: '~state/openclaw.json' }] }],
  pass: [{ name: 'private behind the link', ...link(0o600) }],
  near: [
    {
      name: 'no link, which is another finding',
      config: '{}',
      files: { '~state/openclaw.json': { role: 'config', mode: 0o644 } },
    },
    { name: 'the Nix store is readable by design', ...link(0o444, '/nix/store/abc-openclaw.json') },
    { name: 'writable is another finding', ...link(0o666) },
  ],
});
