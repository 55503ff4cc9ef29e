import { describe, expect, it } from 'vitest';
import { toHttpAnswer } from '../../../lib/local/gateway/proxy-answer.ts';

function answerTo(payload: unknown) {
  const { status, headers, body } = toHttpAnswer({ ok: true, payload });
  return { status, headers, body: body.toString() };
}

describe('the answer of a function', () => {
  it('is taken as it says', () => {
    const payload = {
      statusCode: 201,
      headers: { 'Content-Type': 'application/json', 'X-Count': 2 },
      cookies: ['a=1', 'b=2'],
      body: '{"ok":true}',
    };
    expect(answerTo(payload)).toEqual({
      status: 201,
      headers: { 'content-type': 'application/json', 'x-count': '2', 'set-cookie': ['a=1', 'b=2'] },
      body: '{"ok":true}',
    });
  });

  it('is decoded when it says base64, and is text when it says nothing', () => {
    expect(answerTo({ statusCode: 200, body: 'YWJj', isBase64Encoded: true })).toEqual({
      status: 200,
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
      body: 'abc',
    });
  });

  it.each([
    [{ invoiceId: 'A' }, '{"invoiceId":"A"}'],
    [[1, 2], '[1,2]'],
    ['plain', 'plain'],
    [null, 'null'],
  ])('without a status code is a 200 with %j as JSON', (payload, body) => {
    expect(answerTo(payload)).toEqual({ status: 200, headers: { 'content-type': 'application/json' }, body });
  });

  it.each([
    [{ statusCode: 'fine' }],
    [{ statusCode: 99 }],
    [{ statusCode: 200, body: { not: 'text' } }],
    [{ statusCode: 200, headers: { nested: {} } }],
    [{ statusCode: 200, headers: [] }],
    [{ statusCode: 200, cookies: 'a=1' }],
  ])('that is malformed is a 500: %j', (payload) => {
    expect(answerTo(payload)).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
  });

  it('that is an error is a 500 which says nothing of it, or a 503 when it was throttled', () => {
    const error = { ok: false, errorMessage: 'secret' } as const;
    expect(toHttpAnswer({ ...error, errorType: 'Error' }).body.toString()).toBe('{"message":"Internal Server Error"}');
    expect(toHttpAnswer({ ...error, errorType: 'Lambda.TooManyRequestsException' }).status).toBe(503);
  });
});
