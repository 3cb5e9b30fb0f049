import { unknown } from '../../core/check.ts';
import { fileRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'fs.owner.foreign',
  title: 'Another user owns a file that decides what the bot is',
  why: 'The owner may change a file and its mode at any time, however private it looks.',
  remedy: '`sudo chown {owner} {path}`, or find out why it belongs to somebody else.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['files'],
  variants: {
    foreign: { severity: 'warn', text: '{path} belongs to user id {uid}, the state directory to user id {owner}.' },
  },
  *run({ files }, hit) {
    const dir = files.stateDir;
    if (dir?.kind !== 'directory') return;
    if (dir.uid === undefined)
      return yield unknown({ known: false, reason: 'owners are not known', at: fileRef(dir.path) });
    const roles = [
      'config',
      'config-include',
      'dotenv',
      'credentials-dir',
      'credential',
      'auth-profiles',
      'sqlite',
      'exec-approvals',
    ] as const;
    for (const file of files.of(...roles)) {
      // Root may change everything anyway.
      if (file.uid === undefined || file.uid === dir.uid || file.uid === 0) continue;
      yield hit('foreign', { at: fileRef(file.path), args: { path: file.path, uid: file.uid, owner: dir.uid } });
    }
  },
});
