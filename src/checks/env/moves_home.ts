import { envRef } from '../../core/ref.ts';
import { defineCheck } from '../define.ts';

export default defineCheck({
  id: 'env.moves_home',
  title: 'A file tries to move the gateway to another home',
  why: 'A program that may write the .env of the state directory or the config can point OpenClaw at another config, state directory or credentials of its choice.',
  remedy: 'Remove {name} from {where}; set it where the gateway is started, if you need it.',
  since: '0.1.0',
  confidence: 'high',
  needs: ['env', 'config'],
  variants: {
    effective: {
      severity: 'warn',
      text: '{name} is set in {where}, and OpenClaw follows it. This audit looked at the home you named instead.',
    },
    overruled: { severity: 'info', text: '{name} is set in {where}; the process environment overrules it.' },
  },
  *run({ snapshot }, hit) {
    for (const move of snapshot.env.attemptedMoves ?? []) {
      const inFile = move.source === 'state-dotenv';
      yield hit(move.effective ? 'effective' : 'overruled', {
        at: inFile ? { kind: 'line', path: snapshot.env.stateDotenv.path, line: move.line ?? 1 } : envRef(move.name),
        args: { name: move.name, where: inFile ? 'the .env of the state directory' : 'the env block of the config' },
      });
    }
  },
});
