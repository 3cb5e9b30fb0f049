import { notApplicable, unknown } from '../../core/check.ts';
import { trustedDirRisk } from '../../model/data/trusted-dirs.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'tools.exec.safe_bin_trusted_dirs_risky',
  title: 'Safe programs are looked for where others may put them',
  why: 'A file with the right name in such a directory runs without approval.',
  remedy: 'Keep only directories of the system, such as /usr/bin and /bin, in safeBinTrustedDirs.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config'],
  variants: { risky: { severity: 'warn', text: '{dirs}.' } },
  *run({ execScopes }, hit) {
    const risky = [];
    let any = false;
    for (const { trustedDirs, label } of execScopes) {
      if (!trustedDirs.known) return yield unknown(trustedDirs);
      for (const dir of trustedDirs.value ?? []) {
        any = true;
        const risk = trustedDirRisk(dir);
        if (risk) risky.push({ at: trustedDirs.at, text: `${label} trusts ${dir}: ${risk}` });
      }
    }
    if (!any) return yield notApplicable('no directory is named');
    const first = risky[0];
    if (first) yield hit('risky', { at: first, also: risky.slice(1), args: { dirs: risky.map((r) => r.text) } });
  },
});
