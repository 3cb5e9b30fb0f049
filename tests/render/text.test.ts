import { describe, expect, test } from 'vitest';
import { renderText } from '../../src/render/text.ts';
import { smallExposure } from './exposures.ts';
import { emptyReport } from './reports.ts';

const options = { columns: 80, color: false };

describe('text', () => {
  test('names the number of critical paths where they were looked for, and nothing of them elsewhere', () => {
    expect(renderText({ ...emptyReport(), exposure: smallExposure() }, options)).toContain(
      '\n5 critical attack paths; see each with: openclaw-security paths\n',
    );
    expect(renderText(emptyReport(), options)).not.toContain('path');
  });
});
