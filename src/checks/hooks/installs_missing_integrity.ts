import { installCheck } from '../_families/installs.ts';

export default installCheck({
  id: 'hooks.installs_missing_integrity',
  kind: 'hook',
  title: 'A hook is installed without a checksum of its package',
  why: 'Nobody can tell later whether the installed code is what the publisher released.',
  remedy:
    'Install it again with a current version, which records the checksum: `openclaw hooks install <name>@<version>`.',
  wrong: (r) => (r.integrity?.trim() ? undefined : 'no checksum is recorded'),
});
