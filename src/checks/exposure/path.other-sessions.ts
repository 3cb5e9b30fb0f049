import { graveAssetCheck } from '../_families/exposure-path.ts';

export default graveAssetCheck({
  asset: 'other-sessions',
  title: 'Somebody who should not can follow the conversations of others',
  why: 'What the owner told the bot in confidence is read, and can be steered, by people who write to it.',
});
