import { lesserAssetCheck } from '../_families/exposure-path.ts';

export default lesserAssetCheck({
  asset: 'lan',
  title: 'Somebody who should not can open pages of the local network',
  why: 'Routers, printers and services at home trust whoever comes from inside.',
});
