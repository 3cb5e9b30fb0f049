import { isUnlistedInterpreter } from '../../model/data/interpreters.ts';
import { safeBinsCheck } from '../_families/safe-bins.ts';

export default safeBinsCheck({
  id: 'tools.exec.safe_bins_unlisted_interpreter',
  title: 'A program that can start others is on the list of safe ones',
  why: 'Safe bins run without approval; this program evaluates text or starts other programs, though the built-in list of interpreters leaves it out.',
  isRisky: isUnlistedInterpreter,
});
