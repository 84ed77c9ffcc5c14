import { describe, expect, it } from 'vitest';
import type { AudioTrackChoice, EngineTracks, Rendition } from '../../../../src/engine/engine.js';
import { choose, findChoices, keepChoices } from '../../../../src/engine/hls/kept-choices.js';

function makeText(
  language: string,
  mode: TextTrackMode = 'disabled',
  kind = 'captions',
): TextTrack {
  return { kind, language, label: language, mode } as TextTrack;
}

function makeSound(language: string, kind: string, enabled = false): AudioTrackChoice {
  return { id: language, kind, label: language, language, enabled };
}

function makeSize(height: number, selected = false): Rendition {
  const unknown = { frameRate: undefined, codec: undefined };
  return { id: String(height), width: 0, height, bitrate: height * 1000, ...unknown, selected };
}

function makeTracks(tracks: Partial<EngineTracks> = {}): EngineTracks {
  return { text: [], audio: [], video: [], selectedRendition: -1, watch() {}, ...tracks };
}

/** Players of one element, each in its root. */
function makePlayer(root = {}): Node {
  return { getRootNode: () => root } as Node;
}

describe('choices', () => {
  it('are those of the player before, each of them once', () => {
    const player = makePlayer();
    keepChoices(
      player,
      makeTracks({
        text: [makeText('en'), makeText('de', 'showing')],
        audio: [makeSound('en', 'main'), makeSound('de', 'alternative', true)],
        video: [makeSize(360, true), makeSize(720)],
      }),
    );
    const choices = findChoices(player);
    if (choices === undefined) throw new Error('nothing was kept');
    const next = makeTracks({
      text: [makeText('en'), makeText('de')],
      audio: [makeSound('en', 'main', true), makeSound('de', 'alternative')],
      video: [makeSize(360), makeSize(720)],
    });
    for (const kind of ['text', 'audio', 'video'] as const) choose(kind, choices, next);
    expect(next.text.map(({ mode }) => mode)).toEqual(['disabled', 'showing']);
    expect(next.audio[1]?.enabled).toBe(true);
    expect(next.video.map(({ selected }) => selected)).toEqual([true, false]);

    const again = makeTracks({ text: [makeText('de')], audio: [makeSound('de', 'alternative')] });
    for (const kind of ['text', 'audio'] as const) choose(kind, choices, again);
    expect([again.text[0]?.mode, again.audio[0]?.enabled]).toEqual(['disabled', false]);
  });

  it('are kept for the one after a player that had not come to them', () => {
    const player = makePlayer();
    keepChoices(player, makeTracks({ text: [makeText('de', 'showing')] }));
    keepChoices(player, makeTracks());
    expect([...(findChoices(player)?.text ?? [])]).toEqual(['captions de de']);
  });

  it('are replaced by what was chosen since, where that was not to be had', () => {
    const player = makePlayer();
    keepChoices(player, makeTracks({ text: [makeText('de', 'showing')] }));
    keepChoices(player, makeTracks({ text: [makeText('fr', 'showing')] }));
    expect([...(findChoices(player)?.text ?? [])]).toEqual(['captions fr fr']);
  });

  it('are not what a player has chosen by itself, nor its pictures', () => {
    const player = makePlayer();
    keepChoices(
      player,
      makeTracks({
        text: [makeText('', 'showing', 'metadata')],
        audio: [makeSound('en', 'main', true)],
        video: [makeSize(360)],
      }),
    );
    expect(findChoices(player)).toEqual({ text: new Set(), audio: undefined, video: undefined });
  });

  it('are those of one element only', () => {
    keepChoices(makePlayer(), makeTracks({ text: [makeText('de', 'showing')] }));
    expect(findChoices(makePlayer())).toBeUndefined();
  });
});
