import { codeSafetyCheck } from '../_families/code-safety.ts';

export default codeSafetyCheck({
  id: 'skills.code_safety',
  kind: 'skill',
  title: 'The code of a skill does something dangerous',
  why: 'The agent runs the scripts of a skill with its own rights, on the word of the skill’s text.',
  remedy: 'Read the places named, and remove the directory of the skill unless you know why it does so.',
});
