import { graveAssetCheck } from '../_families/exposure-path.ts';

export default graveAssetCheck({
  asset: 'host-files',
  title: 'Somebody who should not can change files of the host',
  why: 'Who writes files writes start-up scripts, skills and the config: it is a shell that comes a little later.',
});
