import { isInterpreter } from '../../model/data/interpreters.ts';
import { safeBinsCheck } from '../_families/safe-bins.ts';

export default safeBinsCheck({
  id: 'tools.exec.safe_bins_interpreter_unprofiled',
  title: 'A program that runs anything is on the list of safe ones',
  why: 'Safe bins run without approval; an interpreter among them makes every command safe.',
  isRisky: isInterpreter,
});
