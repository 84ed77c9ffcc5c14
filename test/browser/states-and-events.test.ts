import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import {
  SignedStreamError,
  SignedStreamErrorEvent,
  TokenChangeEvent,
  TokenErrorEvent,
  type SignedStreamElement,
} from '../../src/index.js';
import { createElement, nextEvent } from './support/create-element.js';
import { localStream } from './support/local-stream.js';
import { until } from './support/until.js';

const UID = SAMPLE_UIDS.pathToken;
const STATES = ['loading', 'ready', 'renewing', 'paused', 'expired', 'failed'];

const EVENTS = [
  ...['canplay', 'emptied', 'error', 'loadeddata', 'loadedmetadata', 'loadstart', 'pause', 'play'],
  ...['playing', 'seeked', 'seeking', 'timeupdate', 'tokenchange', 'tokenerror', 'waiting'],
];

function statesOf(element: Element): string[] {
  return STATES.filter((state) => element.matches(`:state(${state})`));
}

describe('states and events of <signed-stream>', function () {
  this.timeout(60_000);
  let element: SignedStreamElement;

  const open = (attributes: Readonly<Record<string, string>>): void => {
    element = createElement(UID, { player: 'hls', muted: '', autoplay: '', ...attributes });
    document.body.append(element);
  };

  afterEach(() => element.remove());

  it('is in one state at a time', async () => {
    element = createElement(UID, { player: 'hls', muted: '', preload: 'auto' });
    const odd: string[][] = [];
    const passed: string[] = [];
    const look = (): void => {
      const states = statesOf(element);
      if (states.length !== 1) odd.push(states);
      if (passed.at(-1) !== states[0]) passed.push(states[0] ?? '');
    };
    for (const type of EVENTS) element.addEventListener(type, look);
    document.body.append(element);
    await element.updateComplete;
    look();
    await until(() => element.matches(':state(paused)'), 'it could play');
    look();
    await element.play();
    await until(() => element.matches(':state(ready)'), 'it plays');
    look();
    const renewed = element.renewToken();
    await until(() => element.matches(':state(ready)'), 'it plays on');
    await renewed;
    element.pause();
    await until(() => element.matches(':state(paused)'), 'it is paused');
    look();
    element.deliveryOrigin = 'ftp://nowhere';
    await until(() => element.matches(':state(failed)'), 'it has failed');
    look();
    expect(odd).to.deep.equal([]);
    expect(passed.filter((state) => state !== 'renewing').slice(0, 2)).to.deep.equal([
      'loading',
      'paused',
    ]);
    expect(passed.at(-1)).to.equal('failed');
  });

  it('tells of a token what a page may know', async () => {
    open({});
    expect(element.tokenState).to.equal('none');
    expect(element.claims).to.equal(null);
    expect(element.expiresAt).to.equal(null);
    expect(element.downloadUrl).to.equal(null);
    const event = await nextEvent(element, 'tokenchange');
    expect(event).to.be.instanceOf(TokenChangeEvent).and.to.be.instanceOf(Event);
    expect(event).to.include({ reason: 'initial', bubbles: false, composed: true });
    expect(Reflect.get(event, 'expiresAt')).to.deep.equal(element.expiresAt);
    expect(element.expiresAt).to.be.instanceOf(Date);
    expect(element.tokenState).to.equal('valid');
    expect(element.claims).to.include({ sub: UID, downloadable: false });
    expect(element.downloadUrl).to.equal(null);
  });

  it('tells of a failure what failed, how often, and whether it is tried again', async () => {
    open({ 'token-endpoint': `${localStream.tokenEndpoint}?fault=status-500` });
    const event = await nextEvent(element, 'tokenerror');
    expect(event).to.be.instanceOf(TokenErrorEvent).and.to.be.instanceOf(Event);
    expect(event).to.include({ attempt: 1, willRetry: true, bubbles: false, composed: true });
    expect(Reflect.get(event, 'error')).to.be.instanceOf(SignedStreamError);
    expect(Reflect.get(event, 'error')).to.include({ code: 'endpoint-refused', status: 500 });
  });

  it('tells when there is nothing to play, as an event and as a MediaError', async () => {
    open({ 'token-endpoint': '' });
    const event = await nextEvent(element, 'error');
    expect(event).to.be.instanceOf(SignedStreamErrorEvent).and.to.be.instanceOf(Event);
    expect(event).to.include({ bubbles: false, composed: true });
    const error: unknown = Reflect.get(event, 'error');
    expect(error).to.be.instanceOf(SignedStreamError).and.to.include({ code: 'token-missing' });
    expect(element.error).to.include({ code: 2, cause: error });
    expect(element.error?.message).to.be.a('string');
  });
});
