/** What is made: lengths, renditions, captions. */
export const durationSeconds = 128;
export const segmentSeconds = 4;
export const frameRate = 25;
export const segmentNumbers = Array.from(
  { length: durationSeconds / segmentSeconds },
  (_, index) => index + 1,
);

export interface Rendition {
  name: string;
  width: number;
  height: number;
  kilobits: number;
  profile: string;
  level: string;
  codecs: string;
}

export const renditions: readonly Rendition[] = [
  {
    name: '1280',
    width: 1280,
    height: 720,
    kilobits: 310,
    profile: 'high',
    level: '3.1',
    codecs: 'avc1.64001f',
  },
  {
    name: '640',
    width: 640,
    height: 360,
    kilobits: 98,
    profile: 'main',
    level: '3.0',
    codecs: 'avc1.4d401e',
  },
];

export interface Sound {
  name: string;
  label: string;
  language: string;
  /** ISO 639-2, as it stands in the file. */
  fileLanguage: string;
  kilobits: number;
  /** How high it sounds. */
  pitch: number;
}

/** The first is the film's own. */
export const sounds: readonly Sound[] = [
  {
    name: 'audio',
    label: 'original',
    language: 'en',
    fileLanguage: 'eng',
    kilobits: 48,
    pitch: 1,
  },
  {
    name: 'dubbed',
    label: 'Deutsch',
    language: 'de',
    fileLanguage: 'deu',
    kilobits: 16,
    pitch: 0.5,
  },
];

/** Smallest first. */
export const thumbnailHeights = [180, 360];

function inWords(seconds: number, minuteWord: string, secondWord: string, plural: string): string {
  const count = (value: number, word: string): string =>
    `${value} ${word}${value === 1 ? '' : plural}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return count(seconds, secondWord);
  return `${count(minutes, minuteWord)} ${count(seconds % 60, secondWord)}`;
}

export const captions = [
  {
    language: 'en',
    label: 'English',
    cue: (seconds: number) => `${inWords(seconds, 'minute', 'second', 's')} in.`,
  },
  {
    language: 'de',
    label: 'Deutsch',
    cue: (seconds: number) => `Nach ${inWords(seconds, 'Minute', 'Sekunde', 'n')}.`,
  },
];
