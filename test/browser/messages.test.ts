import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { setTexts, SignedStreamError, type SignedStreamElement } from '../../src/index.js';
import { createElement } from './support/create-element.js';
import { localStream } from './support/local-stream.js';
import { until } from './support/until.js';
import { clickOn } from './support/viewer.js';

describe('the message in the place of a video', function () {
  this.timeout(60_000);
  let box: HTMLElement;
  let element: SignedStreamElement;

  const NO_TOKENS = `${localStream.tokenEndpoint}?fault=html`;

  const find = (selector: string): HTMLElement | null =>
    element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  const read = (): string => find('.problem p')?.textContent ?? '';

  /** Puts an element into a part of the page with these attributes, whose endpoint gives no token. */
  const open = async (
    boxAttributes: Readonly<Record<string, string>>,
    attributes: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    element = createElement(SAMPLE_UIDS.pathToken, {
      player: 'hls',
      muted: '',
      'token-endpoint': NO_TOKENS,
      ...attributes,
    });
    for (const [name, value] of Object.entries(boxAttributes)) box.setAttribute(name, value);
    box.append(element);
    await until(() => find('[role=alert]') !== null, 'a message came');
  };

  /** The same for a site that asks for a log-in; the function returned is the log-in. */
  const openRefused = async (): Promise<() => void> => {
    let isAllowed = false;
    element = createElement(SAMPLE_UIDS.pathToken, { player: 'hls', muted: '' });
    element.tokenProvider = async ({ videoId }) => {
      if (!isAllowed) throw new SignedStreamError('endpoint-refused', 'Not logged in.');
      const url = `${localStream.tokenEndpoint}?lifetime=600&video-id=${videoId}`;
      return (await fetch(url)).text();
    };
    box.append(element);
    await until(() => find('[role=alert]') !== null, 'a message came');
    return () => {
      isAllowed = true;
    };
  };

  beforeEach(() => {
    box = document.createElement('section');
    document.body.append(box);
  });

  afterEach(() => box.remove());

  it('is in the language of where it stands', async () => {
    await open({ lang: 'de-CH' });
    await until(() => read().startsWith('Diese Website'), 'it is in German');
    expect(find('[part=retry]')?.textContent).to.equal('Noch einmal versuchen');
    expect(find('[role=alert]')?.lang).to.equal('de-CH');
  });

  it('follows a language that the element is given later', async () => {
    await open({ lang: 'en' });
    expect(read()).to.match(/^This site/);
    element.lang = 'ja';
    await element.updateComplete;
    element.load();
    await until(() => read().startsWith('このサイト'), 'it is in Japanese');
  });

  it('is in English, and says so, where the language is not known', async () => {
    await open({ lang: 'tlh' });
    expect(read()).to.match(/^This site/);
    expect(find('[role=alert]')?.lang).to.equal('en');
  });

  it('is what the page has said instead', async () => {
    setTexts('cy', { 'endpoint-malformed': 'Dim mynediad.', 'try-again': 'Eto' });
    await open({ lang: 'cy' });
    expect(read()).to.equal('Dim mynediad.');
    expect(find('[part=retry]')?.textContent).to.equal('Eto');
  });

  it("may be the page's own, with a button of its own", async () => {
    const own = document.createElement('p');
    own.slot = 'error';
    own.textContent = 'Members only.';
    const button = document.createElement('button');
    button.slot = 'retry';
    button.textContent = 'I have logged in';
    const allow = await openRefused();
    element.append(own, button);
    expect(own.checkVisibility()).to.equal(true);
    expect(find('.problem p')?.checkVisibility()).to.equal(false);
    expect(find('[part=retry]')?.checkVisibility()).to.equal(false);
    allow();
    await clickOn(button);
    await until(() => find('[role=alert]') === null, 'the message went');
    expect(own.checkVisibility()).to.equal(false);
  });

  it('leaves the focus in the player when its button has been pressed', async () => {
    const allow = await openRefused();
    const button = find('[part=retry]');
    button?.focus();
    expect(document.activeElement).to.equal(element);
    allow();
    button?.click();
    await until(() => find('[role=alert]') === null, 'the message went');
    expect(document.activeElement).to.equal(element);
    expect(element.shadowRoot?.activeElement).to.equal(find('.player'));
  });

  it('takes the focus from nobody when it goes', async () => {
    const other = document.createElement('input');
    const allow = await openRefused();
    box.append(other);
    other.focus();
    allow();
    find('[part=retry]')?.click();
    await until(() => find('[role=alert]') === null, 'the message went');
    expect(document.activeElement).to.equal(other);
  });
});
