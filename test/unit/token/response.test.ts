import { describe, expect, it } from 'vitest';
import { parseTokenResponse } from '../../../src/token/response.js';
import { fakeToken } from '../../support/fake-token.js';
import { codeOf, thrownBy } from '../../support/thrown.js';

const TOKEN = fakeToken({ sub: 'video' });

describe('parseTokenResponse', () => {
  it.each([
    [
      "the Stream API's envelope",
      { result: { token: TOKEN }, success: true, errors: [], messages: [] },
    ],
    ['an envelope without success', { result: { token: TOKEN } }],
    ['an object with a token', { token: TOKEN }],
    ['an object with a token and more', { expires: 5, token: ` ${TOKEN} ` }],
    ['a JSON string', TOKEN],
  ])('finds the token in %s', (_, answer) => {
    expect(parseTokenResponse(JSON.stringify(answer))).toBe(TOKEN);
  });

  it.each([
    ['the bare token', TOKEN],
    ['a token and a line break', `${TOKEN}\r\n`],
    ['JSON with a byte order mark', `\uFEFF{"token":"${TOKEN}"}`],
  ])('finds the token in %s', (_, body) => {
    expect(parseTokenResponse(body)).toBe(TOKEN);
  });

  it.each([
    ['an empty body', ''],
    ['white space', ' \n '],
    ['a web page', '<!doctype html><title>Log in</title>'],
    ['a page after white space', '\n  <html></html>'],
    ['a plain sentence', 'Not logged in'],
    ['JSON without a token', '{"result":{"id":5}}'],
    ['null', 'null'],
    ['a number', '12'],
    ['an array', `["${TOKEN}"]`],
    ['an empty envelope', '{"result":null,"success":true}'],
    ['a token that is a number', '{"token":5}'],
    ['a token that is none', '{"token":"hello"}'],
    ['a string that is none', '"hello"'],
    ['two tokens', `${TOKEN}\n${TOKEN}`],
  ])('calls %s malformed', (_, body) => {
    expect(codeOf(() => parseTokenResponse(body))).toBe('endpoint-malformed');
  });

  it.each([
    ['with a code', { success: false, errors: [{ code: 10005, message: 'x' }] }, ' (codes 10005)'],
    ['with codes', { success: false, errors: [{ code: 1 }, { code: 2 }] }, ' (codes 1, 2)'],
    ['with codes that are texts', { success: false, errors: [{ code: TOKEN }] }, ''],
    ['with no list of errors', { success: false, errors: TOKEN }, ''],
    ['with nothing', { success: false }, ''],
    ['although it has a token', { success: false, result: { token: TOKEN } }, ''],
  ])('calls a failed envelope %s refused', (_, answer, codes) => {
    const { code, message } = thrownBy(() => parseTokenResponse(JSON.stringify(answer)));
    expect([code, message]).toEqual([
      'endpoint-refused',
      `The token endpoint answered "success": false${codes}.`,
    ]);
  });

  it('calls a failed envelope a refusal that time does not mend', () => {
    expect(thrownBy(() => parseTokenResponse('{"success":false}')).retryable).toBe(false);
  });

  it('calls an answer nested without end malformed', () => {
    const deep = '{"result":'.repeat(100_000) + '1' + '}'.repeat(100_000);
    expect(codeOf(() => parseTokenResponse(deep))).toBe('endpoint-malformed');
  });

  it('quotes nothing of the answer', () => {
    expect(thrownBy(() => parseTokenResponse(`<p>${TOKEN}`)).message).not.toContain('eyJ');
  });
});
