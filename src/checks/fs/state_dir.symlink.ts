import { fileRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'fs.state_dir.symlink',
  title: 'State directory is a symbolic link',
  why: 'Sessions, credentials and code lie wherever the link points; who controls that place controls the bot.',
  remedy: 'Check that you trust {target} and every directory above it, or move the directory itself to {path}.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['files'],
  variants: { link: { severity: 'warn', text: 'State directory {path} is a link to {target}.' } },
  *run({ files }, hit) {
    const dir = files.stateDir;
    if (!dir?.link) return;
    yield hit('link', { at: fileRef(dir.path), args: { path: dir.path, target: dir.link.real ?? dir.link.target } });
  },
});
