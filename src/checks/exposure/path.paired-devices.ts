import { graveAssetCheck } from '../_families/exposure-path.ts';

export default graveAssetCheck({
  asset: 'paired-devices',
  title: 'Somebody who should not can send commands to paired devices',
  why: 'Cameras, screens, messages and location of phones and computers are behind those commands.',
});
