import { find, onAction } from '../find.js';
import type { Recording } from '../recording/recording.js';
import { findAgain, findMarkAt, stepFrom, type Step } from './find-mark.js';
import { layOut } from './lay-out.js';
import { paint, readPalette, type Palette } from './paint.js';
import { LOOKS, type Mark, type Scene } from './scene.js';
import { save, toJson } from './export.js';
import { toPicture } from './to-picture.js';

/** The timeline: draws itself, and stands still while somebody looks at a part of it. */
export class TimelinePanel {
  readonly #recording: Recording;
  readonly #toLink: () => string;
  readonly #panel = find('#timeline', HTMLElement);
  readonly #view = find('[data-part="view"]', HTMLElement, this.#panel);
  readonly #canvas = find('canvas', HTMLCanvasElement, this.#panel);
  readonly #detail = find('[data-part="detail"]', HTMLElement, this.#panel);
  readonly #spans = find('form', HTMLFormElement, this.#panel);
  #scene: Scene | undefined;
  #chosen: Mark | undefined;
  /** The moment the timeline stands still at, while it does. */
  #heldMs: number | undefined;
  #isInView = false;
  /** What the height was made for; it is right before anybody scrolls there, and stays so. */
  #drawnLanes: string | undefined;
  #lastDrawnMs = -Infinity;

  /** `toLink` gives the address that shows the same. */
  constructor(recording: Recording, toLink: () => string) {
    this.#recording = recording;
    this.#toLink = toLink;
  }

  start(): void {
    this.#listen();
    new IntersectionObserver(([entry]) => {
      this.#isInView = entry?.isIntersecting ?? false;
    }).observe(this.#view);
    const animate = (nowMs: number): void => {
      if (
        (this.#isInView || this.#openLanes() !== this.#drawnLanes) &&
        nowMs - this.#lastDrawnMs >= FRAME_MS
      ) {
        this.#lastDrawnMs = nowMs;
        this.#draw();
      }
      requestAnimationFrame(animate);
    };
    requestAnimationFrame(animate);
  }

  #listen(): void {
    this.#view.addEventListener('pointermove', (event) => this.#pointAt(event));
    this.#view.addEventListener('pointerdown', (event) => this.#pointAt(event));
    this.#view.addEventListener('pointerleave', ({ pointerType }) => {
      // A finger that is lifted has left, and its mark is still to be read.
      if (pointerType === 'mouse') this.#letGo();
    });
    this.#view.addEventListener('blur', () => this.#letGo());
    this.#view.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#letGo();
      const step = STEPS[event.key];
      if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      this.#hold();
      this.#choose(stepFrom(this.#scene?.marks ?? [], this.#chosen, step));
    });
    this.#spans.addEventListener('change', () => this.#draw());
    onAction('save-json', () => {
      const json = toJson(this.#recording, {
        link: this.#toLink(),
        browser: navigator.userAgent,
        madeAt: new Date(),
      });
      save('signed-stream-timeline.json', new Blob([json], { type: 'application/json' }));
    });
    onAction('save-picture', () => {
      this.#draw();
      if (!this.#scene) return;
      void toPicture(this.#scene, this.#readPalette(), this.#readLegend()).then((picture) =>
        save('signed-stream-timeline.png', picture),
      );
    });
  }

  #pointAt({ clientX, clientY }: PointerEvent): void {
    const { left, top } = this.#canvas.getBoundingClientRect();
    this.#hold();
    const point = { x: clientX - left, y: clientY - top };
    this.#choose(findMarkAt(this.#scene?.marks ?? [], point));
  }

  #hold(): void {
    if (this.#heldMs !== undefined) return;
    this.#heldMs = performance.now();
    // Out of view it was not drawn; a key may come before it is again.
    this.#draw();
    this.#panel.classList.add('is-held');
  }

  #letGo(): void {
    this.#heldMs = undefined;
    this.#panel.classList.remove('is-held');
    this.#choose(undefined);
  }

  #choose(mark: Mark | undefined): void {
    this.#chosen = mark;
    const text = mark && `${(mark.atMs / 1000).toFixed(1)} s: ${mark.text}`;
    this.#detail.textContent = text ?? '';
    this.#view.setAttribute('aria-valuetext', text ?? 'Nothing chosen');
    this.#view.setAttribute('aria-valuenow', ((mark?.atMs ?? 0) / 1000).toFixed(1));
    this.#draw();
  }

  #draw(): void {
    const nowMs = performance.now();
    const atMs = this.#heldMs ?? nowMs;
    const width = this.#view.clientWidth;
    const context = this.#canvas.getContext('2d');
    if (!context || width === 0) return;
    const spanMs = Number(new FormData(this.#spans).get('span')) * 1000;
    const fromMs = Math.max(0, atMs - spanMs);
    const view = { width, fromMs, toMs: fromMs + spanMs * (1 + AHEAD), nowMs: atMs };
    const scene = layOut(this.#recording, view);
    this.#drawnLanes = this.#openLanes();
    this.#scene = scene;
    this.#resize(scene);
    const density = devicePixelRatio;
    context.setTransform(density, 0, 0, density, 0, 0);
    const chosen = this.#chosen && findAgain(scene.marks, this.#chosen);
    paint(context, scene, this.#readPalette(), chosen);
    this.#view.setAttribute('aria-valuemax', (atMs / 1000).toFixed(1));
  }

  #openLanes(): string {
    const open = this.#recording.lanes.filter(([, { isOpen }]) => isOpen);
    return open.map(([id]) => id).join();
  }

  #resize({ width, height }: Scene): void {
    const [wide, high] = [width, height].map((px) => Math.round(px * devicePixelRatio));
    if (this.#canvas.width !== wide) this.#canvas.width = wide ?? 0;
    if (this.#canvas.height !== high) this.#canvas.height = high ?? 0;
    this.#canvas.style.height = `${height}px`;
  }

  #readPalette(): Palette {
    return readPalette(this.#panel);
  }

  #readLegend() {
    return LOOKS.flatMap((look) => {
      const entry = this.#panel.querySelector(`[data-look="${look}"]`)?.parentElement;
      return entry ? [{ look, text: entry.textContent.trim() }] : [];
    });
  }
}

const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: 'back',
  ArrowRight: 'on',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

/** Often enough to look alive, and seldom enough to leave the time to the players. */
const FRAME_MS = 120;

/** How much is shown of what is still to come: a token's end lies there. */
const AHEAD = 0.15;
