import { installCheck } from '../_families/installs.ts';

export default installCheck({
  id: 'hooks.installs_version_drift',
  kind: 'hook',
  title: 'A hook on disk is not the version that was installed',
  why: 'The files were changed past the installer; what runs is not what was recorded and checked.',
  remedy: 'Find out who changed it, then install it again: `openclaw hooks install <name>@<version>`.',
  wrong: (r) => {
    const recorded = r.resolvedVersion ?? r.version;
    if (!recorded || !r.installedVersion || recorded === r.installedVersion) return undefined;
    return `${recorded} was installed, ${r.installedVersion} is there`;
  },
});
