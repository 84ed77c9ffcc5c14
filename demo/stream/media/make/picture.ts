import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ffmpeg, freshFolder, reproducible, segment, words, workFolder } from './ffmpeg.js';
import { durationSeconds, frameRate, renditions, segmentSeconds, type Rendition } from './plan.js';

const fonts = '/usr/share/fonts/truetype/dejavu';
const sans = `fontfile=${fonts}/DejaVuSans.ttf`;
const bold = `fontfile=${fonts}/DejaVuSans-Bold.ttf`;
const white = 'fontcolor=0xF4F7FF';
const muted = 'fontcolor=0x9FB0D8';

const ring = { x: 340, y: 330, radius: 150, box: 360 };
const bar = { x: 80, y: 590, width: 1120, height: 8 };

/** Text comes from files, so that its expansions need no second and third level of escaping. */
function drawText(name: string, text: string, style: string): string {
  writeFileSync(join(workFolder, `${name}.txt`), text);
  return `drawtext=textfile=${name}.txt:${style}`;
}

/** The background with the ring's track and the bar's marks, one per segment. */
function drawBackground(): void {
  const glow = `clip(1-hypot((X-${ring.x})/900,(Y-300)/620),0,1)`;
  const track = `clip(4-abs(hypot(X-${ring.x},Y-${ring.y})-${ring.radius}),0,1)`;
  const spacing = (bar.width * segmentSeconds) / durationSeconds;
  const mark = `lt(mod(X-${bar.x},${spacing}),1)*between(X,${bar.x},${bar.x + bar.width})*between(Y,604,610)`;
  const line = `(${track}*24+${mark}*36)`;
  const colours = `r='10+12*${glow}+${line}':g='14+16*${glow}+${line}':b='28+30*${glow}+1.5*${line}'`;
  ffmpeg(words`-f lavfi -i color=black:s=1280x720:r=25 -frames:v 1
    -vf ${`format=rgb24,geq=${colours}`} background.png`);
}

/** A bright head with a tail that fades behind it; it is turned once per segment. */
function drawSweep(): void {
  const centre = ring.box / 2;
  const radius = `hypot(X-${centre},Y-${centre})`;
  const behind = `mod(atan2(-(X-${centre}),${centre}-Y)+2*PI,2*PI)/(2*PI)`;
  const tail = `clip(5-abs(${radius}-${ring.radius}),0,1)*pow(1-${behind},1.6)`;
  const head = `clip(13-hypot(X-${centre},Y-${centre - ring.radius}),0,1)`;
  const colours = `r='92+150*${head}':g='160+85*${head}':b='255':a='255*max(${tail},${head})'`;
  ffmpeg(words`-f lavfi -i ${`color=black:s=${ring.box}x${ring.box}:r=25`} -frames:v 1
    -vf ${`format=rgba,geq=${colours}`} sweep.png`);
}

function texts(): string {
  // A hundredth of a frame more, so that no rounding shows a frame the tenth before its own.
  const seconds = `(n+0.01)/${frameRate}`;
  const minutes = `%{eif:floor(${seconds}/60):d:2}`;
  const timecode = `${minutes}:%{eif:mod(floor(${seconds}),60):d:2}.%{eif:mod(floor(10*${seconds}),10):d}`;
  const segmentNumber = `%{eif:floor(${seconds}/${segmentSeconds})+1:d}`;
  const inRing = `x=${ring.x}-tw/2`;
  const flash = `alpha='max(0,1-2.4*mod(n/${frameRate},1))'`;
  return [
    drawText('title', 'A private video', `${bold}:fontsize=30:fontcolor=0xDCE6FF:x=80:y=64`),
    drawText('timecode', timecode, `${bold}:fontsize=132:${white}:x=580:y=230`),
    drawText('frame', 'frame %{eif:n:d:4}', `${sans}:fontsize=34:${muted}:x=588:y=384`),
    drawText('beat', '●', `${sans}:fontsize=44:fontcolor=0x8FC2FF:x=1100:y=376:${flash}`),
    drawText('number', segmentNumber, `${bold}:fontsize=96:${white}:${inRing}:y=${ring.y - 58}`),
    drawText('caption', 'segment', `${sans}:fontsize=26:${muted}:${inRing}:y=${ring.y + 48}`),
  ].join(',');
}

/** The whole scene without loss, once; the renditions are made from it. */
function drawScene(): void {
  const turn = `rotate=a='2*PI*n/${frameRate * segmentSeconds}':c=none:bilinear=1`;
  const corner = `x=${ring.x - ring.box / 2}:y=${ring.y - ring.box / 2}`;
  const size = `s=${bar.width}x${bar.height}:r=${frameRate}`;
  const filled = `x='${bar.width}*(n/${durationSeconds * frameRate}-1)'`;
  const graph = [
    `[1:v]format=rgba,${turn},format=yuva444p,hue=h='40*floor(n/${10 * frameRate})'[sweep]`,
    '[0:v]format=yuv444p[background]',
    `[background][sweep]overlay=${corner}:format=yuv444[ring]`,
    `color=0x26304F:${size}[track]`,
    `color=0x7FB4FF:${size}[fill]`,
    `[track][fill]overlay=${filled}:format=yuv444[bar]`,
    `[ring][bar]overlay=x=${bar.x}:y=${bar.y}:format=yuv444,${texts()}[scene]`,
  ].join(';');
  writeFileSync(join(workFolder, 'scene.graph'), graph);
  ffmpeg(words`-loop 1 -framerate ${frameRate} -i background.png
    -loop 1 -framerate ${frameRate} -i sweep.png
    -filter_complex_script scene.graph -map [scene] -t ${durationSeconds}
    -c:v libx264 -preset ultrafast -qp 0 scene.mkv`);
}

function encode({ name, width, height, kilobits, profile, level }: Rendition): void {
  const scale = height / 720;
  const place = `fontsize=${30 * scale}:${muted}:x=w-tw-${80 * scale}:y=${64 * scale}`;
  const label = drawText(`size-${name}`, `${width} × ${height}`, `${sans}:${place}`);
  const keyframes = (frameRate * segmentSeconds) / 2;
  // No B-frames: decoding and showing agree in order, and each segment's first sample is at n × 4 s.
  const groups = `keyint=${keyframes}:min-keyint=${keyframes}:scenecut=0:open-gop=0:bframes=0`;
  const both = words`-i scene.mkv -an
    -vf ${`scale=${width}:${height}:flags=lanczos,${label},format=yuv420p`}
    -c:v libx264 -preset veryslow -profile:v ${profile} -level ${level} -x264-params ${groups}
    -b:v ${`${kilobits}k`} -maxrate ${`${Math.round(kilobits * 1.1)}k`} -bufsize ${`${kilobits}k`}
    -colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv
    ${reproducible} -passlogfile ${`pass-${name}`}`;
  ffmpeg(words`${both} -pass 1 -f null -`);
  ffmpeg(words`${both} -pass 2 ${`${name}.mp4`}`);
  segment(`${name}.mp4`, freshFolder('video', name));
}

export function makeVideo(): void {
  drawBackground();
  drawSweep();
  drawScene();
  for (const rendition of renditions) encode(rendition);
}
