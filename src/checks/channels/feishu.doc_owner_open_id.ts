import { notApplicable } from '../../core/check.ts';
import { type KeyPath, keyRef } from '../../core/ref.ts';
import type { Settings } from '../../model/settings.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'channels.feishu.doc_owner_open_id',
  title: 'The Feishu document tool may give documents to anybody',
  why: 'A prompt can name the new owner of a document the bot makes, and so move what it writes out of your hands.',
  remedy: 'Run `openclaw config set channels.feishu.tools.doc false` unless it is used.',
  since: '0.1.0',
  confidence: 'medium',
  needs: ['config'],
  variants: { on: { severity: 'warn', text: 'The document tool is on for {scopes}.' } },
  *run({ settings }, hit) {
    const base: KeyPath = ['channels', 'feishu'];
    if (!settings.object(...base)) return yield notApplicable('Feishu is not configured');
    if (settings.boolean([...base, 'enabled'], true).value === false) return yield notApplicable('Feishu is off');
    const accounts = settings.keys(...base, 'accounts');
    const scopes: KeyPath[] = accounts.length > 0 ? accounts.map((a) => [...base, 'accounts', a]) : [base];
    const on = scopes.filter((scope) => documentToolOn(settings, scope, base));
    const first = on[0];
    if (first)
      yield hit('on', {
        at: keyRef(...first, 'tools', 'doc'),
        also: on.slice(1).map((s) => keyRef(...s)),
        args: { scopes: on.map((s) => s.slice(1).join('.')) },
      });
  },
});

/** Credentials of the account or the channel, and a `tools` object (the account's replaces the channel's) without doc: false. */
function documentToolOn(settings: Settings, scope: KeyPath, base: KeyPath): boolean {
  if (settings.boolean([...scope, 'enabled'], true).value === false) return false;
  const tools = settings.has(...scope, 'tools') ? [...scope, 'tools'] : [...base, 'tools'];
  if (settings.boolean([...tools, 'doc'], true).value === false) return false;
  const appId = [scope, base].some((s) => (settings.string([...s, 'appId'], '').value ?? '').trim() !== '');
  const secret = [scope, base].some((s) => {
    const { state } = settings.secret(...s, 'appSecret');
    return state === 'value' || state === 'reference' || state === 'unresolved';
  });
  return appId && secret;
}
