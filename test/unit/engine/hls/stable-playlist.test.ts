import { describe, expect, it } from 'vitest';
import { stabilizePlaylist } from '../../../../src/engine/hls/stable-playlist.js';

describe('stabilizePlaylist', () => {
  it('gives every path the first token, and leaves all else alone', () => {
    const text = [
      '#EXTM3U',
      '#EXT-X-MAP:URI="/new/init.mp4?s=new",BYTERANGE="1@0"',
      '#EXT-X-KEY:METHOD=AES-128,URI="../../new/key",IV=0x1',
      '#EXT-X-NOTE:/new/x',
      '#EXTINF:4,new',
      '../../new/seg_1.mp4?p=/new/&s=new',
      'https://v.test/new/seg_2.mp4\r',
      '/other/seg_3.mp4',
      '',
    ].join('\n');
    expect(stabilizePlaylist(text, 'new', 'first').split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-MAP:URI="/first/init.mp4?s=new",BYTERANGE="1@0"',
      '#EXT-X-KEY:METHOD=AES-128,URI="../../first/key",IV=0x1',
      '#EXT-X-NOTE:/new/x',
      '#EXTINF:4,new',
      '../../first/seg_1.mp4?p=/new/&s=new',
      'https://v.test/first/seg_2.mp4\r',
      '/other/seg_3.mp4',
      '',
    ]);
  });

  it('is the same text with the first token', () => {
    const text = '#EXTM3U\n/first/seg_1.mp4';
    expect(stabilizePlaylist(text, 'first', 'first')).toBe(text);
  });
});
