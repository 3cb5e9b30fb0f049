import { fileRef } from '../../core/ref.ts';
import { formatMode } from '../../core/text.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'fs.parent_dir.writable',
  title: 'A directory above the state directory is writable by others',
  why: 'Whoever may write there renames your state directory away and puts one of their own in its place, whatever its own mode.',
  remedy: 'Take the right away: `chmod go-w {path}`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['files'],
  variants: { loose: { severity: 'critical', text: '{path} has mode {mode} and lies above the state directory.' } },
  *run({ files }, hit) {
    for (const dir of files.of('parent-dir')) {
      if (dir.kind !== 'directory') continue;
      // In a sticky directory such as /tmp others cannot rename what is not theirs.
      if ((dir.mode & 0o1000) !== 0 || (dir.mode & 0o022) === 0) continue;
      // Group-writable by the user's own private group (home directories of some distributions) is no door.
      const privateGroup = (dir.mode & 0o002) === 0 && dir.gid !== undefined && dir.gid === dir.uid;
      if (privateGroup) continue;
      yield hit('loose', { at: fileRef(dir.path), args: { path: dir.path, mode: formatMode(dir.mode) } });
    }
  },
});
