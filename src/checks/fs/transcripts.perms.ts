import { fileRef } from '../../core/ref.ts';
import { plural } from '../../core/text.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'fs.transcripts.perms',
  title: 'Conversation transcripts are open to others',
  why: 'They hold everything that was said to the bot and everything its tools returned, secrets included.',
  remedy: '`chmod 700 {dir}` and `chmod 600 {dir}/*.jsonl`.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['files'],
  variants: { loose: { severity: 'warn', text: '{count} can be {access} by others, for example {example}.' } },
  *run({ files }, hit) {
    for (const group of files.loose('transcript')) {
      const example = group.examples[0];
      if (!example) continue;
      yield hit('loose', {
        at: fileRef(example),
        args: {
          count: plural(group.count, 'transcript'),
          access: group.access.endsWith('write') ? 'changed' : 'read',
          example,
          dir: example.replace(/\/[^/]*$/, ''),
        },
      });
    }
  },
});
