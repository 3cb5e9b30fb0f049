import { lesserAssetCheck } from '../_families/exposure-path.ts';

export default lesserAssetCheck({
  asset: 'outbound-messages',
  title: 'Somebody who should not can send messages in your name',
  why: 'Who knows the owner believes what the bot writes.',
});
