import { scanFailedCheck } from '../_families/code-safety.ts';

export default scanFailedCheck({
  id: 'plugins.code_safety.scan_failed',
  kind: 'plugin',
  title: 'Not all code of a plugin could be scanned',
  why: 'What cannot be read cannot be judged, and the gateway may run as a user who can read it.',
  remedy: 'Run the audit as the user of the gateway, or correct the permissions of the places named.',
});
