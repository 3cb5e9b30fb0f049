import { describe, expect, it } from 'vitest';
import { type Endpoint, endpoints, judge } from '../../../src/collect/gateway/surfaces.ts';

const answer = (status: number, mediaType: string) => ({ status, mediaType, body: '', truncated: false });

describe('what an HTTP status means', () => {
  it.each<[how: Endpoint['how'], status: number, mediaType: string, verdict: string]>([
    ['get', 200, 'application/json', 'open'],
    ['get', 200, 'text/html', 'absent'],
    ['get', 200, 'text/plain', 'unknown'],
    ['get', 401, 'application/json', 'protected'],
    ['get', 403, 'application/json', 'protected'],
    ['get', 404, 'text/plain', 'absent'],
    ['get', 405, 'application/json', 'open'],
    ['get', 410, 'text/html', 'absent'],
    ['get', 429, 'application/json', 'unknown'],
    ['get', 503, 'application/json', 'unknown'],
    ['get', 302, '', 'unknown'],
    ['page', 200, 'text/html', 'open'],
    ['page', 200, 'application/json', 'unknown'],
    ['page', 401, 'application/json', 'protected'],
    ['post', 400, 'application/json', 'open'],
    ['post', 200, 'application/json', 'open'],
    ['post', 401, 'application/json', 'protected'],
    ['post', 200, 'text/html', 'absent'],
    ['post', 404, 'text/plain', 'absent'],
    ['post', 500, 'application/json', 'unknown'],
    ['post', 415, 'text/plain', 'unknown'],
  ])('%s %i %s: %s', (how, status, mediaType, verdict) => {
    const judged = judge(how, answer(status, mediaType));
    expect(judged.verdict).toBe(verdict);
    expect(judged.reason === undefined).toBe(verdict !== 'unknown');
  });
});

describe('the endpoints', () => {
  it('are few, and leave out those where a request does something', () => {
    const paths = endpoints('').map((e) => e.path);
    expect(paths.length).toBeLessThanOrEqual(16);
    expect(paths.join(' ')).not.toMatch(/hooks|sessions|kill|token=|channels/);
    expect(
      endpoints('')
        .filter((e) => e.how === 'post')
        .map((e) => e.path),
    ).toEqual(['/v1/embeddings', '/v1/chat/completions', '/v1/responses', '/tools/invoke']);
  });

  it('follow the base path of the control interface', () => {
    expect(endpoints('/claw').map((e) => e.path)).toContain('/claw/__openclaw/control-ui-config.json');
  });
});
