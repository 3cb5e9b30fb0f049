import { lengthClass, type SecretFact, type SecretOrigin } from '../core/secret.ts';
import { placeholderOf, weaknessOf } from './secret-quality.ts';

const LABEL_WORDS = 4;

/**
 * Names the secrets of one run so that they can be compared: each distinct text gets a label drawn at random, which says
 * nothing about it. The texts cannot be read back, printed or serialised.
 */
export class SecretKey {
  readonly #labels = new Map<string, string>();

  /** Equal for equal texts, 32 hexadecimal digits, another one in every run. */
  fingerprint(text: string): string {
    let label = this.#labels.get(text);
    if (label === undefined) {
      label = Array.from({ length: LABEL_WORDS }, randomWord).join('');
      this.#labels.set(text, label);
    }
    return label;
  }
}

/** 32 random bits in hexadecimal. They only have to differ, so that no cryptography is loaded for them. */
function randomWord(): string {
  return Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
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
