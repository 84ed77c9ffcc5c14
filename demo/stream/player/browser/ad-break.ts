interface AdBreakOptions {
  /** Where the VAST document is; empty for no ads. */
  readonly url: () => string;
  readonly onEvent: (name: 'stream-adstart' | 'stream-adend' | 'stream-adtimeout') => void;
}

const AD_TIMEOUT_MS = 5000;

/** Shows one ad before the video's first play. */
export class AdBreak {
  readonly #video: HTMLVideoElement;
  readonly #options: AdBreakOptions;
  #isDue = true;

  constructor(video: HTMLVideoElement, options: AdBreakOptions) {
    this.#video = video;
    this.#options = options;
    video.addEventListener('play', () => {
      if (!this.#isDue || options.url() === '') return;
      this.#isDue = false;
      void this.#run(options.url());
    });
  }

  /** The next video has an ad of its own. */
  reset(): void {
    this.#isDue = true;
  }

  async #run(url: string): Promise<void> {
    this.#video.pause();
    try {
      const mediaUrl = await fetchMediaUrl(url);
      await this.#show(mediaUrl);
      this.#options.onEvent('stream-adend');
    } catch {
      this.#options.onEvent('stream-adtimeout');
    }
    await this.#video.play().catch(() => undefined);
  }

  async #show(mediaUrl: string): Promise<void> {
    const ad = document.createElement('video');
    ad.src = mediaUrl;
    ad.muted = this.#video.muted;
    ad.volume = this.#video.volume;
    ad.playsInline = true;
    this.#video.after(ad);
    try {
      await ad.play();
      this.#options.onEvent('stream-adstart');
      await new Promise((resolve, reject) => {
        ad.addEventListener('ended', resolve, { once: true });
        ad.addEventListener('error', reject, { once: true });
      });
    } finally {
      ad.remove();
    }
  }
}

async function fetchMediaUrl(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(AD_TIMEOUT_MS) });
  const vast = new DOMParser().parseFromString(await response.text(), 'text/xml');
  const mediaUrl = vast.querySelector('MediaFile[type="video/mp4"]')?.textContent?.trim();
  if (!response.ok || !mediaUrl) throw new Error('There is no ad');
  return mediaUrl;
}
