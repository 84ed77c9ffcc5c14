/**
 * Makes the local Stream's media, all of it synthetic. Runs by hand only, where ffmpeg and the DejaVu
 * fonts are installed: `npx tsx demo/stream/media/make-media.ts [step…]`. What it makes is committed.
 *
 * The picture is made so that a jump, a repeated frame or a change of quality is seen: a timecode with
 * tenths, the frame's and the segment's number, a ring that goes round once per segment, the rendition's
 * size. The sound is a beep each second over a quiet chord, so that a gap is heard. Bit rates are steady,
 * for the tests count on which rendition passes a slow link.
 */
import { rmSync } from 'node:fs';
import { makeCaptions, makeDownload, makeThumbnails } from './make/extras.js';
import { workFolder } from './make/ffmpeg.js';
import { writeManifest } from './make/manifest.js';
import { makeVideo } from './make/picture.js';
import { makeAudio } from './make/sound.js';

const steps = new Map([
  ['video', makeVideo],
  ['audio', makeAudio],
  ['downloads', makeDownload],
  ['thumbnails', makeThumbnails],
  ['captions', makeCaptions],
  ['manifest', writeManifest],
]);

const wanted = process.argv.slice(2);
try {
  for (const [name, step] of steps) {
    if (wanted.length === 0 || wanted.includes(name)) step();
  }
} finally {
  rmSync(workFolder, { recursive: true, force: true });
}
