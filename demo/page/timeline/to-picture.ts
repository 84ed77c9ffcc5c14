import { paint, type Palette } from './paint.js';
import type { Look, Scene } from './scene.js';

export interface LegendEntry {
  readonly look: Look;
  readonly text: string;
}

/** The timeline as a PNG, with what its colours mean below. */
export async function toPicture(
  scene: Scene,
  palette: Palette,
  legend: readonly LegendEntry[],
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser paints nothing');
  context.font = `${FONT_PX}px ${palette.font}`;
  const places = placeLegend(legend, scene.width, (text) => context.measureText(text).width);
  const rows = (places.at(-1)?.row ?? 0) + 1;
  const height = scene.height + rows * ROW_PX + MARGIN_PX;
  canvas.width = (scene.width + 2 * MARGIN_PX) * DENSITY;
  canvas.height = (height + MARGIN_PX) * DENSITY;
  context.scale(DENSITY, DENSITY);
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(MARGIN_PX, MARGIN_PX);
  paint(context, scene, palette);
  context.font = `${FONT_PX}px ${palette.font}`;
  context.textAlign = 'start';
  for (const { look, text, x, row } of places) {
    const y = scene.height + MARGIN_PX / 2 + row * ROW_PX;
    context.fillStyle = palette.looks[look];
    context.fillRect(x, y, SWATCH_PX, SWATCH_PX);
    context.fillStyle = palette.text;
    context.fillText(text, x + SWATCH_PX + 5, y + SWATCH_PX / 2);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('The picture could not be made'));
    });
  });
}

interface PlacedEntry extends LegendEntry {
  readonly x: number;
  readonly row: number;
}

/** From left to right, in as many rows as it takes. */
function placeLegend(
  legend: readonly LegendEntry[],
  width: number,
  measure: (text: string) => number,
): PlacedEntry[] {
  let [x, row] = [0, 0];
  return legend.map((entry) => {
    const entryWidth = SWATCH_PX + 5 + measure(entry.text) + 18;
    if (x > 0 && x + entryWidth > width) [x, row] = [0, row + 1];
    const placed = { ...entry, x, row };
    x += entryWidth;
    return placed;
  });
}

const DENSITY = 2;
const FONT_PX = 12;
const SWATCH_PX = 11;
const ROW_PX = 20;
const MARGIN_PX = 16;
