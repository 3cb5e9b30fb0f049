import type { AssetKind, PrincipalKind } from '../../src/core/exposure.ts';
import type { Case } from '../../src/core/cases.ts';

/** `anyone-dm host-shell open`: who, what, and how sure. */
export type PathLine = `${PrincipalKind} ${AssetKind} ${'open' | 'possible'}`;

/** A home and who can reach what in it. */
export interface ExposureCase extends Case {
  /** The critical and warning paths, each kind once, in any order. Nothing else may be there. */
  readonly paths: readonly PathLine[];
  /** Notes that must be there. */
  readonly notes?: readonly PathLine[];
  /** Titles of the edits of the smallest cut. */
  readonly cut?: readonly string[];
  /** `14/16`: critical paths that the cut closes, and all. */
  readonly closes?: `${number}/${number}`;
  /** Beginning of a sentence about what could not be followed. */
  readonly gap?: string;
}

/** Cases of one idea. */
export function exposureCases(...cases: readonly ExposureCase[]): readonly ExposureCase[] {
  return cases;
}

/** A Telegram account that runs, with more settings. */
export function telegram(more: string): string {
  return `channels: { telegram: { botToken: '1:x', ${more} } }`;
}

/** A gateway with a secret nobody guesses. */
export const SAFE_GATEWAY = `gateway: { auth: { token: 'Gq2mVb9Lw4Rz8Kc1Np5Ty3Hd6Js0Fa' } }`;
