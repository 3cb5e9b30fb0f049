import type { Check } from '../../core/check.ts';
import type { InstallRecord } from '../../core/snapshot.ts';
import type { Model } from '../../model/model.ts';
import type { PlacedRecord } from '../../model/plugins.ts';
import { notApplicable } from '../../core/check.ts';
import { defineCheck } from '../define.ts';

export interface InstallCheck {
  readonly id: string;
  readonly kind: InstallRecord['kind'];
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  /** What is wrong with a record, as it is shown behind its id; undefined when nothing is. */
  readonly wrong: (record: PlacedRecord) => string | undefined;
}

/** A check over npm install records of plugins or hooks; one finding for all of them. */
export function installCheck(of: InstallCheck): Check<Model, 'records'> {
  return defineCheck({
    id: of.id,
    title: of.title,
    why: of.why,
    remedy: of.remedy,
    since: '0.1.0',
    confidence: 'high',
    needs: ['config', 'plugins'],
    variants: { records: { severity: 'warn', text: '{records}.' } },
    *run({ plugins }, hit) {
      const records = plugins.records.filter((r) => r.kind === of.kind && r.source === 'npm');
      if (records.length === 0) return yield notApplicable(`no ${of.kind} was installed from npm`);
      const bad = records.flatMap((record) => {
        const text = of.wrong(record);
        return text === undefined ? [] : [{ at: record.at, text: `${record.id}: ${text}` }];
      });
      const first = bad[0];
      if (first) yield hit('records', { at: first, also: bad.slice(1), args: { records: bad.map((b) => b.text) } });
    },
  });
}
