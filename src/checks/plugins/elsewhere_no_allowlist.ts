import { notApplicable } from '../../core/check.ts';
import { fileRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'plugins.elsewhere_no_allowlist',
  title: 'Plugin code is loaded from places that are easy to overlook',
  why: 'OpenClaw also loads plugins from workspaces, load paths, single files and through links; an agent may write to some of these, and what lies there runs inside the gateway.',
  remedy: 'List the plugins you want in plugins.allow, and remove {path} if you do not know it.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['config', 'plugins'],
  variants: { unlisted: { severity: 'warn', text: 'plugins.allow is empty, and code is loaded from {places}.' } },
  *run({ plugins }, hit) {
    const { elsewhere, allow } = plugins;
    const first = elsewhere[0];
    if (!first) return yield notApplicable('no plugin lies elsewhere');
    if (allow) return;
    yield hit('unlisted', {
      at: fileRef(first.path),
      also: elsewhere.slice(1).map((d) => fileRef(d.path)),
      args: { places: elsewhere.map((d) => `${d.path} (${PLACES[d.from]})`), path: first.path },
    });
  },
});

const PLACES = {
  'state-extensions': 'a file or link in the extensions directory',
  'workspace-extensions': 'a workspace, where agents write',
  'load-path': 'plugins.load.paths',
  'npm-projects': 'installed from npm',
  git: 'installed from git',
  bundled: 'part of OpenClaw',
};
