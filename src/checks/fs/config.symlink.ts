import { fileRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'fs.config.symlink',
  title: 'Config is a symbolic link',
  why: 'Who may change the target, or the directory it lies in, decides what the bot is; the link hides where that is.',
  remedy: 'Check that you trust {target} and its directory, or put the file itself in the place of the link.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['files'],
  variants: { link: { severity: 'warn', text: 'Config {path} is a link to {target}.' } },
  *run({ files }, hit) {
    const file = files.config;
    if (!file?.link) return;
    yield hit('link', {
      at: fileRef(file.path),
      args: { path: file.path, target: file.link.real ?? file.link.target },
    });
  },
});
