import { ffmpeg, freshFolder, segment, words } from './ffmpeg.js';
import { durationSeconds, sounds, type Sound } from './plan.js';

const sampleRate = 48_000;
const samplesPerFrame = 1024;

export function makeAudio(): void {
  for (const sound of sounds) makeSound(sound);
}

/** A beep each second over a quiet chord; each ten seconds have a pitch of their own. */
function makeSound({ name, fileLanguage, kilobits, pitch }: Sound): void {
  // The encoder puts a frame of its own before the sound, so the sound starts that much later in itself.
  const t = `(t+${samplesPerFrame}/${sampleRate})`;
  const samples = [
    `st(0,mod(floor(${t}/10),8))`,
    `st(1,${440 * pitch}*pow(2,(ld(0)*2+gt(ld(0),2)+gt(ld(0),4))/12))`,
    `st(2,mod(${t},1))`,
    `st(3,if(lt(mod(${t},10),1),0.35,0.09))`,
    `0.35*sin(2*PI*ld(1)*${t})*lt(ld(2),ld(3))*min(1,ld(2)*200)*min(1,(ld(3)-ld(2))*60)` +
      `+0.018*sin(PI*ld(1)/2*${t})+0.014*sin(PI*ld(1)*0.75*${t})+0.010*sin(PI*ld(1)*1.25*${t})`,
  ].join(';');
  // ADTS has no edit list: the segments' decode times begin at zero, as the video's do.
  ffmpeg(words`-f lavfi -i ${`aevalsrc='${samples}':s=${sampleRate}:d=${durationSeconds}`} -ac 1
    -c:a aac -b:a ${`${kilobits}k`} -frames:a ${(durationSeconds * sampleRate) / samplesPerFrame}
    ${`${name}.aac`}`);
  const options = words`-bsf:a aac_adtstoasc -metadata:s:a:0 ${`language=${fileLanguage}`}`;
  segment(`${name}.aac`, freshFolder('audio', name), options);
}
