import { graveAssetCheck } from '../_families/exposure-path.ts';

export default graveAssetCheck({
  asset: 'credentials',
  title: 'Somebody who should not can read keys and tokens',
  why: 'Keys work from anywhere, and go on working until they are replaced.',
});
