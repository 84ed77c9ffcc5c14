import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalStream, type LocalStream } from '../../../demo/stream/start.js';
import {
  checkRestrictions,
  createSigningKeyIssuer,
  decideAccess,
  IssuerError,
  type AccessRule,
  type SigningKeyIssuer,
} from '../../../src/issuer/index.js';
import {
  restrictionsArbitrary,
  viewerArbitrary,
  type RestrictionsCase,
  type Viewer,
} from './support/restrictions-arbitrary.js';

const NOW = 1_604_416_038;
const DAY = 86_400;

/** The vendor's sentence, taken word by word: first to last, the first match decides, else allowed. */
function isAllowedNaively({ rules }: RestrictionsCase, viewer: Viewer): boolean {
  for (const rule of rules) {
    if (rule.matches(viewer)) return rule.action === 'allow';
  }
  return true;
}

describe('restrictions', () => {
  let stream: LocalStream;
  let issuer: SigningKeyIssuer;

  beforeAll(async () => {
    stream = await startLocalStream();
    const { id: keyId, pem } = await stream.createKey();
    issuer = createSigningKeyIssuer({ keyId, pem });
  });
  afterAll(() => stream.close());

  it('are refused with a reason, or mean at Stream what they say', async () => {
    const videoId = stream.videos[0]?.uid ?? '';
    const laterSeconds = fc.oneof(
      { arbitrary: fc.integer({ min: 0, max: 3_600 }), weight: 3 },
      { arbitrary: fc.integer({ min: -DAY, max: DAY + 3_600 }), weight: 1 },
    );
    const path = fc.constantFrom('manifest/video.m3u8', 'downloads/default.mp4');
    const property = fc.asyncProperty(
      restrictionsArbitrary,
      viewerArbitrary,
      laterSeconds,
      path,
      async (restrictions, viewer, later, file) => {
        const input = restrictions.build(Math.floor(Date.now() / 1000));
        let token: string;
        try {
          token = await issuer.issue(videoId, input);
        } catch (error) {
          expect(restrictions.isValid).toBe(false);
          expect(error).toBeInstanceOf(IssuerError);
          const { faults } = error as IssuerError;
          expect(faults.length).toBeGreaterThan(0);
          expect(faults.every(({ message }) => message !== '')).toBe(true);
          return;
        }
        expect(restrictions.isValid).toBe(true);
        // A server whose clock is so far behind that the token would live for more than a day refuses.
        const { expiresAfter, startsAfter } = restrictions;
        const from = Math.max(startsAfter, expiresAfter - DAY);
        // The moments themselves are left out: the clock runs on while the request does.
        fc.pre(Math.abs(later - expiresAfter) > 10 && Math.abs(later - from) > 10);
        stream.serverClock.skewMs = later * 1000;
        Object.assign(stream.viewer, { country: viewer.country, ip: viewer.ip });
        const address = `${stream.origins.delivery}/${token}/${file}`;
        const { status } = await fetch(address, { method: 'GET', redirect: 'manual' });
        const isInTime = later > from && later < expiresAfter;
        const isAllowed = isAllowedNaively(restrictions, viewer);
        const isDownload = file.startsWith('downloads');
        const mayHaveFile = isAllowed && (!isDownload || restrictions.downloadable === true);
        expect(status).toBe(isInTime ? (mayHaveFile ? (isDownload ? 302 : 200) : 403) : 401);
      },
    );
    await fc.assert(property, { numRuns: 400 });
  });

  it('decide as they are read, also without a server', () => {
    const property = fc.property(restrictionsArbitrary, viewerArbitrary, (restrictions, viewer) => {
      fc.pre(restrictions.isValid);
      const rules = restrictions.rules.map(({ rule }) => rule) as AccessRule[];
      const { action, ruleIndex } = decideAccess(rules, {
        ip: viewer.ip,
        country: viewer.country ?? '',
      });
      expect(action).toBe(isAllowedNaively(restrictions, viewer) ? 'allow' : 'block');
      const first = restrictions.rules.findIndex((rule) => rule.matches(viewer));
      expect(ruleIndex).toBe(first === -1 ? undefined : first);
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  it('are warned of as unreachable only where no viewer meets them first', () => {
    const property = fc.property(restrictionsArbitrary, viewerArbitrary, (restrictions, viewer) => {
      const { warnings } = checkRestrictions(restrictions.build(NOW), NOW);
      const first = restrictions.rules.findIndex((rule) => rule.matches(viewer));
      const unreachable = warnings
        .filter(({ code, path }) => code === 'unreachable-rule' && /^accessRules\[\d\]$/.test(path))
        .map(({ path }) => path);
      expect(unreachable).not.toContain(`accessRules[${first}]`);
      const codes = warnings.map(({ code }) => code);
      if (codes.includes('allows-everybody'))
        expect(isAllowedNaively(restrictions, viewer)).toBe(true);
      if (codes.includes('blocks-everybody'))
        expect(isAllowedNaively(restrictions, viewer)).toBe(false);
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  it('are judged whatever they are, and never by an exception', () => {
    const property = fc.property(fc.anything(), (input) => {
      const { restrictions, faults } = checkRestrictions(input, NOW);
      expect(restrictions === undefined).toBe(faults.length > 0);
    });
    fc.assert(property, { numRuns: 2_000 });
  });
});
