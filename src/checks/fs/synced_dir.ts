import { fileRef } from '../../core/ref.ts';
import { syncedService } from '../../model/data/synced-folders.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'fs.synced_dir',
  title: 'OpenClaw state lies in a folder that is synced to a cloud',
  why: 'Credentials and conversations are copied to another company and to every device of the account, and deleted ones stay in its history.',
  remedy:
    'Move the state directory out of the synced folder, e.g. `mv {path} ~/.openclaw`, and start OpenClaw without OPENCLAW_STATE_DIR.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['files'],
  variants: { synced: { severity: 'warn', text: '{path} looks like a folder of {service}.' } },
  *run({ files, snapshot }, hit) {
    const { stateDir, configPath } = snapshot.home;
    const places = [
      [stateDir, files.stateDir?.link?.real],
      [configPath, files.config?.link?.real],
    ] as const;
    for (const [path, real] of places) {
      const service = syncedService(path) ?? (real ? syncedService(real) : undefined);
      if (!service) continue;
      return yield hit('synced', { at: fileRef(path), args: { path, service } });
    }
  },
});
