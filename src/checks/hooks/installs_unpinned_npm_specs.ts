import { isPinnedSpec } from '../../model/plugins.ts';
import { installCheck } from '../_families/installs.ts';

export default installCheck({
  id: 'hooks.installs_unpinned_npm_specs',
  kind: 'hook',
  title: 'A hook follows whatever its publisher releases next',
  why: 'It runs inside the gateway; the day its npm account is taken over, the next update is code of the attacker.',
  remedy: 'Install an exact version: `openclaw hooks install <name>@<version>`.',
  wrong: (r) => (r.spec !== undefined && !isPinnedSpec(r.spec) ? `"${r.spec}" names no exact version` : undefined),
});
