import { fileRef } from '../../core/ref.ts';
import { formatMode } from '../../core/text.ts';
import { accessOf, inNixStore } from '../../model/files.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'fs.config.symlink_target_readable',
  title: 'The file behind the config link is readable by others',
  why: 'The link may be private; what counts is the file it leads to, and the config holds tokens or says where they are.',
  remedy: '`chmod 600 {target}`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['files'],
  variants: { loose: { severity: 'warn', text: 'Config {path} leads to {target}, which has mode {mode}.' } },
  *run({ files }, hit) {
    const file = files.config;
    if (!file?.link?.real || inNixStore(file)) return;
    const access = accessOf(file.mode);
    if (access.worldWrite || access.groupWrite || !(access.worldRead || access.groupRead)) return;
    yield hit('loose', {
      at: fileRef(file.path),
      also: [fileRef(file.link.real)],
      args: { path: file.path, target: file.link.real, mode: formatMode(file.mode & 0o777) },
    });
  },
});
