import { LOOKS, type Curve, type Look, type Mark, type Scene } from './scene.js';

export interface Palette {
  readonly looks: Readonly<Record<Look, string>>;
  readonly ground: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  readonly font: string;
}

/** The colours of the legend beside it, as the scheme and the system have them now. */
export function readPalette(panel: HTMLElement): Palette {
  const probe = (name: string): string => {
    const swatch = panel.querySelector(`[data-look="${name}"]`);
    return swatch ? getComputedStyle(swatch).backgroundColor : 'gray';
  };
  const looks = Object.fromEntries(LOOKS.map((look) => [look, probe(look)]));
  const { color, fontFamily } = getComputedStyle(panel);
  return {
    looks: looks as Record<Look, string>,
    ground: getComputedStyle(panel).backgroundColor,
    line: getComputedStyle(panel).borderTopColor,
    text: color,
    muted: getComputedStyle(panel.querySelector('.hint') ?? panel).color,
    font: fontFamily,
  };
}

/** Paints a scene; `chosen` is shown as such. */
export function paint(
  context: CanvasRenderingContext2D,
  scene: Scene,
  palette: Palette,
  chosen?: Mark,
): void {
  const { width, height, plotLeft, plotBottom } = scene;
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, width, height);
  for (const { x, kind } of scene.uprights) {
    context.beginPath();
    context.setLineDash(kind === 'deed' ? [3, 3] : []);
    context.lineWidth = 1;
    context.strokeStyle = { grid: palette.line, now: palette.muted, deed: palette.looks.deed }[
      kind
    ];
    context.moveTo(Math.round(x) + 0.5, kind === 'deed' ? 0 : 10);
    context.lineTo(Math.round(x) + 0.5, plotBottom + 2);
    context.stroke();
  }
  context.setLineDash([]);
  context.save();
  context.beginPath();
  context.rect(plotLeft, 0, width - plotLeft, plotBottom + 2);
  context.clip();
  for (const curve of scene.curves) paintCurve(context, curve, palette);
  for (const mark of scene.marks) paintMark(context, mark, palette);
  if (chosen) {
    context.lineWidth = 2;
    context.strokeStyle = palette.text;
    context.strokeRect(chosen.x - 3, chosen.y - 3, chosen.width + 6, chosen.height + 6);
  }
  context.restore();
  context.textBaseline = 'middle';
  for (const { x, y, text, isStrong, align } of scene.labels) {
    context.font = `${isStrong ? 600 : 400} ${isStrong ? 12.5 : 11.5}px ${palette.font}`;
    context.fillStyle = isStrong ? palette.text : palette.muted;
    context.textAlign = align;
    // A line that crosses a word does not strike it through.
    context.lineWidth = 4;
    context.strokeStyle = palette.ground;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}

function paintCurve(
  context: CanvasRenderingContext2D,
  { look, points, isFilled }: Curve,
  { looks }: Palette,
): void {
  context.beginPath();
  for (const { x, y } of points) context.lineTo(x, y);
  if (isFilled) {
    context.fillStyle = looks[look];
    context.fill();
    return;
  }
  context.lineWidth = 2;
  context.lineJoin = 'round';
  context.strokeStyle = looks[look];
  context.stroke();
}

function paintMark(
  context: CanvasRenderingContext2D,
  { x, y, width, height, look, shape }: Mark,
  { looks, ground }: Palette,
): void {
  // The playhead is a curve already; its marks are only there to be pointed at.
  if (look === 'playhead') return;
  context.fillStyle = looks[look];
  context.beginPath();
  if (shape === 'diamond') {
    const [middleX, middleY] = [x + width / 2, y + height / 2];
    context.moveTo(middleX, y);
    context.lineTo(x + width, middleY);
    context.lineTo(middleX, y + height);
    context.lineTo(x, middleY);
    context.closePath();
    context.lineWidth = 3;
    context.strokeStyle = ground;
    context.stroke();
    context.fill();
    return;
  }
  if (shape === 'frame') {
    context.lineWidth = 1.5;
    context.strokeStyle = looks[look];
    context.strokeRect(x + 0.75, y + 0.75, Math.max(1, width - 1.5), height - 1.5);
    return;
  }
  context.roundRect(x, y, width, height, Math.min(2, width / 2));
  context.fill();
}
