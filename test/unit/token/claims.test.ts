import { describe, expect, it } from 'vitest';
import { parseToken } from '../../../src/token/claims.js';
import { isTokenShaped } from '../../../src/token/token-shape.js';
import { fakeToken, VIDEO_ID } from '../../support/fake-token.js';
import { codeOf, thrownBy } from '../../support/thrown.js';

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

describe('parseToken', () => {
  it('reads the claims of a token', () => {
    const text = fakeToken(
      { sub: VIDEO_ID, kid: 'key-1', exp: 1_604_416_100, nbf: 1_604_416_000, downloadable: true },
      { alg: 'RS256', kid: 'key-of-header' },
    );
    expect(parseToken(text)).toEqual({
      text,
      claims: {
        sub: VIDEO_ID,
        kid: 'key-1',
        expSeconds: 1_604_416_100,
        nbfSeconds: 1_604_416_000,
        downloadable: true,
      },
    });
  });

  it('leaves absent claims out', () => {
    expect(parseToken(fakeToken({ aud: 'all' })).claims).toEqual({
      sub: undefined,
      kid: undefined,
      expSeconds: undefined,
      nbfSeconds: undefined,
      downloadable: false,
    });
  });

  it.each([
    [1_604_416_100, 1_604_416_100],
    ['1604416100', 1_604_416_100],
    [' 1604416100 ', 1_604_416_100],
    ['1604416100.5', 1_604_416_100.5],
    [1_604_416_100.25, 1_604_416_100.25],
    [0, 0],
    ['0', 0],
    [null, undefined],
    [undefined, undefined],
  ])('reads %j as the time %j', (exp, seconds) => {
    const { claims } = parseToken(fakeToken({ sub: VIDEO_ID, exp, nbf: exp }));
    expect([claims.expSeconds, claims.nbfSeconds]).toEqual([seconds, seconds]);
  });

  it.each(['', 'soon', '1e9', '-5', -5, true, {}, [], '2030-01-01', '9'.repeat(16)])(
    'refuses %j as a time',
    (exp) => {
      expect(codeOf(() => parseToken(fakeToken({ exp })))).toBe('token-malformed');
      expect(codeOf(() => parseToken(fakeToken({ nbf: exp })))).toBe('token-malformed');
    },
  );

  it('refuses a time beyond all numbers', () => {
    const payload = base64url('{"exp":1e999}');
    expect(codeOf(() => parseToken(`${base64url('{"alg":"RS256"}')}.${payload}.s`))).toBe(
      'token-malformed',
    );
  });

  it.each([
    ['a kid of the payload', { kid: 'payload' }, { kid: 'header' }, 'payload'],
    ['a kid of the header alone', {}, { kid: 'header' }, 'header'],
    ['the header where the payload has nonsense', { kid: 7 }, { kid: 'header' }, 'header'],
  ])('takes %s', (_, claims, header, kid) => {
    expect(
      parseToken(fakeToken({ sub: VIDEO_ID, ...claims }, { alg: 'RS256', ...header })).claims.kid,
    ).toBe(kid);
  });

  it('takes only a plain true for downloadable', () => {
    expect(parseToken(fakeToken({ downloadable: 'true' })).claims.downloadable).toBe(false);
  });

  it('ignores a sub that is no text', () => {
    expect(parseToken(fakeToken({ sub: 5 })).claims.sub).toBeUndefined();
  });

  it('reads letters beyond ASCII', () => {
    expect(parseToken(fakeToken({ sub: 'vidéo-日本' })).claims.sub).toBe('vidéo-日本');
  });

  it('trims what stands around a token', () => {
    const text = fakeToken({ sub: VIDEO_ID });
    expect(parseToken(`\n ${text} \n`).text).toBe(text);
  });

  const head = base64url('{"alg":"RS256"}');
  it.each([
    ['nothing', ''],
    ['a word', 'token'],
    ['two parts', `${head}.${head}`],
    ['four parts', `${head}.${head}.s.s`],
    ['an empty signature', `${head}.${head}.`],
    ['a header that is no JSON', `eyJx.${head}.s`],
    ['a payload that is no JSON', `${head}.eyJx.s`],
    ['a payload that is cut off', `${head}.${base64url('{"sub":"x"').slice(0, -1)}.s`],
    [
      'a payload that is not UTF-8',
      `${head}.${Buffer.from('{"a":"\xff"}', 'latin1').toString('base64url')}.s`,
    ],
    ['a header without an algorithm', `${base64url('{"typ":"JWT"}')}.${head}.s`],
    ['padding', `${head}=.${head}.s`],
    ['a line break within', `${head}.\n${head}.s`],
    ['more text than a URL takes', `${head}.${head}.${'s'.repeat(8192)}`],
  ])('refuses %s', (_, text) => {
    expect(codeOf(() => parseToken(text))).toBe('token-malformed');
  });

  it('quotes nothing of what it could not read', () => {
    const secret = base64url('{"secret-in-token');
    const error = thrownBy(() => parseToken(`${head}.${secret}.signature`));
    expect([error.message, error.cause]).toEqual([
      expect.not.stringMatching(/secret|eyJ|signature/),
      undefined,
    ]);
  });
});

describe('isTokenShaped', () => {
  it.each([
    [fakeToken({ sub: VIDEO_ID }), true],
    ['eyJ.eyJ.x', false],
    ['eyJh.eyJ.x', true],
    ['abc.def.ghi', false],
    ['eyJh.eyJ.x/y', false],
    ['eyJh.eyJ.x y', false],
    ['', false],
  ])('says of %j: %s', (text, shaped) => {
    expect(isTokenShaped(text)).toBe(shaped);
  });
});
