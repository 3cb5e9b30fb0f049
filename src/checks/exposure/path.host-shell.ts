import { graveAssetCheck } from '../_families/exposure-path.ts';

export default graveAssetCheck({
  asset: 'host-shell',
  title: 'Somebody who should not can run commands on the host',
  why: 'With a shell they read every key, change the bot itself, and go on to whatever this machine reaches.',
});
