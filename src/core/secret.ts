/** Where a secret stands. */
export type SecretOrigin = 'config' | 'process-env' | 'state-dotenv' | 'config-env' | 'file';

/** Length in characters after trimming, in classes, so that a report never narrows a guess to one length. */
export type LengthClass = '0' | '1-7' | '8-15' | '16-23' | '24-31' | '32+';

/**
 * What is left of a secret once it leaves `collect/`. Two secrets are the same exactly when their fingerprints are:
 * these are labels drawn at random in each run, so that nothing of the secret is in them.
 */
export interface SecretFact {
  readonly origin: SecretOrigin;
  readonly lengthClass: LengthClass;
  readonly fingerprint: string;
  /** Set when the value is no secret at all: blank, the words `undefined` / `null`, or a value printed in public documentation. */
  readonly placeholder?: 'empty' | 'undefined' | 'null' | 'example';
  /** Set when the value is easy to guess whatever its length. */
  readonly weakness?: 'one-character' | 'few-characters' | 'sequence' | 'common-word';
}

const LENGTH_CLASSES: readonly (readonly [number, LengthClass])[] = [
  [32, '32+'],
  [24, '24-31'],
  [16, '16-23'],
  [8, '8-15'],
  [1, '1-7'],
];

/** The class of a trimmed length. */
export function lengthClass(length: number): LengthClass {
  return LENGTH_CLASSES.find(([min]) => length >= min)?.[1] ?? '0';
}

/** True when the secret is shorter than 24 characters, the bound of OpenClaw's audit for tokens and passwords. */
export function isShortSecret(secret: SecretFact): boolean {
  return secret.lengthClass !== '24-31' && secret.lengthClass !== '32+';
}
