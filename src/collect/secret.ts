import { createHmac, randomBytes } from 'node:crypto';
import { lengthClass, type SecretFact, type SecretOrigin } from '../core/secret.ts';
import { placeholderOf, weaknessOf } from './secret-quality.ts';

/** Fingerprints keep this many hexadecimal digits: 128 bits, so that two secrets never share one. */
const FINGERPRINT_DIGITS = 32;

/** The key of one run under which secrets are compared. It cannot be read back, printed or serialised. */
export class SecretKey {
  readonly #bytes = randomBytes(32);

  /** Equal for equal texts, and tells nothing else about them. */
  fingerprint(text: string): string {
    return createHmac('sha256', this.#bytes).update(text, 'utf8').digest('hex').slice(0, FINGERPRINT_DIGITS);
  }
}

/** A new random key; one for each run. */
export function createSecretKey(): SecretKey {
  return new SecretKey();
}

/** What may be known of a secret outside `collect/`. Blanks around it do not count, as in OpenClaw. */
export function reduceSecret(value: string, origin: SecretOrigin, key: SecretKey): SecretFact {
  const secret = value.trim();
  const placeholder = placeholderOf(secret);
  const weakness = weaknessOf(secret);
  return {
    origin,
    lengthClass: lengthClass(secret.length),
    fingerprint: key.fingerprint(secret),
    ...(placeholder && { placeholder }),
    ...(weakness && { weakness }),
  };
}
