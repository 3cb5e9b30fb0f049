import { type HitStep, unknown } from '../../core/check.ts';
import { unknownFact } from '../../core/fact.ts';
import { fileRef, type Ref } from '../../core/ref.ts';
import type { CodeFinding, CodeScan } from '../../core/snapshot.ts';
import { plural } from '../../core/text.ts';
import { defineCheck } from '../define.ts';

interface Words {
  readonly id: string;
  readonly kind: 'plugin' | 'skill';
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
}

const SHOWN = 5;
/** The three ways to fail; the lesser two are named for what they are. */
function variantsOf(kind: Words['kind']) {
  const text = '{kind} "{name}": {findings}.';
  return {
    critical: { severity: 'critical', text },
    warn: { severity: 'warn', text, title: `The code of a ${kind} does something suspicious` },
    info: {
      severity: 'info',
      text,
      title: `The code of a ${kind} reaches outside of itself`,
      remedy: `Nothing, if that is what the ${kind} is for.`,
    },
  } as const;
}

/** A check over the verdicts of the code scan: one finding for each plugin or skill, as bad as the worst in it. */
export function codeSafetyCheck({ kind, ...words }: Words) {
  return defineCheck({
    ...words,
    since: '0.1.0',
    confidence: 'medium',
    needs: ['code'],
    variants: variantsOf(kind),
    *run({ snapshot }, hit) {
      for (const scan of (snapshot.code ?? []).filter((s) => s.kind === kind)) {
        const severity = (['critical', 'warn', 'info'] as const).find((s) =>
          scan.findings.some((f) => f.severity === s),
        );
        if (severity) {
          const worst = scan.findings.filter((f) => f.severity === severity);
          const [first = fileRef(scan.path), ...also] = distinct(worst.slice(0, SHOWN).flatMap((f) => refsOf(scan, f)));
          yield hit(severity, {
            at: first,
            also,
            args: { kind: kind === 'plugin' ? 'Plugin' : 'Skill', name: scan.name, findings: shown(scan, worst) },
            ...flowsOf(scan, worst.slice(0, SHOWN)),
          });
        }
        if (scan.verdict === undefined || scan.verdict === 'incomplete') {
          const reason = scan.limits[0] ?? scan.failures[0]?.reason ?? 'it was not scanned';
          yield unknown(unknownFact(`${kind} "${scan.name}" was not scanned whole: ${reason}`, fileRef(scan.path)));
        }
      }
    },
  });
}

/** The place where it happens first, then the way there. */
function refsOf(scan: CodeScan, finding: CodeFinding): Ref[] {
  return [...finding.steps].reverse().map((step) => refOf(scan, step));
}

/** The ways of values through the code, from where one comes from to where it does harm. */
function flowsOf(scan: CodeScan, findings: readonly CodeFinding[]): { flows?: HitStep[][] } {
  const flows = findings
    .filter((f) => f.steps.length > 1)
    .map((f) => f.steps.map((step) => ({ at: refOf(scan, step), text: step.what })));
  return flows.length > 0 ? { flows } : {};
}

function refOf(scan: CodeScan, { file, line, column }: CodeFinding['steps'][number]): Ref {
  return { kind: 'line', path: scan.oneFile ? scan.path : `${scan.path}/${file}`, line, column };
}

function distinct(refs: readonly Ref[]): Ref[] {
  return [...new Map(refs.map((ref) => [JSON.stringify(ref), ref])).values()];
}

function shown(scan: CodeScan, findings: readonly CodeFinding[]): string[] {
  const list = findings.slice(0, SHOWN).map((f) => {
    const last = f.steps[f.steps.length - 1];
    const where = last ? `${last.file}:${last.line}` : 'somewhere';
    const kind = f.class === 'shipped' ? '' : `, ${f.class}`;
    return `${f.message.replace(/\.$/, '')} (${f.rule}, ${f.confidence} confidence, ${where}${kind})`;
  });
  const more = findings.length - list.length + (scan.moreFindings ?? 0);
  return more > 0 ? [...list, plural(more, 'more finding')] : list;
}

/** A check over what could not be read or scanned: one finding for each plugin or skill. */
export function scanFailedCheck({ kind, ...words }: Words) {
  return defineCheck({
    ...words,
    since: '0.1.0',
    confidence: 'high',
    needs: ['code'],
    variants: {
      unread: { severity: 'warn', text: '{kind} "{name}" was not scanned whole: {places}.' },
    },
    *run({ snapshot }, hit) {
      for (const scan of (snapshot.code ?? []).filter((s) => s.kind === kind && s.failures.length > 0)) {
        yield hit('unread', {
          at: fileRef(scan.path),
          args: {
            kind: kind === 'plugin' ? 'Plugin' : 'Skill',
            name: scan.name,
            places: scan.failures.map(({ what, reason }) => (what === '.' ? reason : `${what}: ${reason}`)),
          },
        });
      }
    },
  });
}
