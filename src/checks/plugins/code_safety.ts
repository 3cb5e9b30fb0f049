import { codeSafetyCheck } from '../_families/code-safety.ts';

export default codeSafetyCheck({
  id: 'plugins.code_safety',
  kind: 'plugin',
  title: 'The code of a plugin does something dangerous',
  why: 'A plugin runs inside the gateway with all its rights: files, secrets, network and every channel.',
  remedy:
    'Read the places named, and remove the plugin unless you know why it does so (`openclaw plugins uninstall <name>`).',
});
