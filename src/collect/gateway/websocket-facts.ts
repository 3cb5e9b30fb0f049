import { type LiveGateway, type Seen, seen, unseen } from '../../core/live.ts';
import type { Credential } from './credential.ts';
import { FOREIGN_ADDRESS, FOREIGN_ORIGIN } from './http-facts.ts';
import { openSession, type SessionOptions, type SessionResult } from './session.ts';

const NO_SECRET: Credential = { kind: 'none', reason: 'the question is what happens without one' };

/** What the options of a session are before these questions add theirs. */
export type SessionBase = Omit<SessionOptions, 'identity' | 'credential' | 'origin' | 'headers' | 'withhold'>;

/** Asks for a session without any secret, as the client that 2026.9.6 lets in so in mode `none`. */
export function anonymousSession(base: SessionBase): Promise<SessionResult> {
  return openSession({ ...base, identity: 'backend', credential: NO_SECRET });
}

/** Whether an anonymous session was let in. A refusal for reasons other than the missing secret says nothing. */
export function wasLetIn(result: SessionResult): Seen<boolean> {
  if (result.ok) return seen(true);
  return result.error.failure === 'no-credential' ? seen(false) : unseen(`no verdict: ${result.error.message}`);
}

/**
 * Whether a client with a foreign Origin gets past the Origin check, which both known versions make before they look at
 * the secret: any refusal but that of the Origin means yes. None of the questions carries a secret.
 */
export async function originFacts(
  base: SessionBase,
): Promise<Pick<LiveGateway, 'foreignOrigin' | 'foreignOriginForwarded'>> {
  const ask = async (headers?: Readonly<Record<string, string>>): Promise<Seen<boolean>> => {
    const result = await openSession({
      ...base,
      identity: 'cli',
      credential: NO_SECRET,
      origin: FOREIGN_ORIGIN,
      ...(headers && { headers }),
    });
    if (result.ok) result.socket.terminate();
    return pastOrigin(result);
  };
  const foreignOrigin = await ask();
  return { foreignOrigin, foreignOriginForwarded: await ask({ 'X-Forwarded-For': FOREIGN_ADDRESS }) };
}

function pastOrigin(result: SessionResult): Seen<boolean> {
  if (result.ok) return seen(true);
  const { error } = result;
  if (error.status === 401 || error.status === 403) return seen(false);
  // 2026.3.7 has no code for this refusal.
  if (error.code === 'CONTROL_UI_ORIGIN_NOT_ALLOWED' || error.message.startsWith('origin not allowed'))
    return seen(false);
  return error.failure === 'no-credential' ? seen(true) : unseen(`no verdict: ${error.message}`);
}
