import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { localStream } from './support/local-stream.js';

const MANIFEST = 'manifest/video.m3u8';

async function askToken(query: string): Promise<string> {
  const response = await fetch(`${localStream.tokenEndpoint}?${query}`);
  const answer: { result: { token: string } } = await response.json();
  return answer.result.token;
}

describe('the local Stream, seen from a page', () => {
  it('gives a private video to a token and refuses the bare id, both readably', async () => {
    const token = await askToken(`video-id=${SAMPLE_UIDS.pathToken}&lifetime=60`);
    const { delivery } = localStream.origins;
    const allowed = await fetch(`${delivery}/${token}/${MANIFEST}`);
    expect(await allowed.text()).to.match(/^#EXTM3U/);
    const refused = await fetch(`${delivery}/${SAMPLE_UIDS.pathToken}/${MANIFEST}`);
    expect(refused.status).to.equal(401);
  });

  it('can be made to fail by a page', async () => {
    const response = await fetch(`${localStream.tokenEndpoint}?video-id=x&fault=status-429`);
    expect(response.status).to.equal(429);
    const control = await fetch(localStream.controlUrl);
    expect(control.ok).to.equal(true);
  });
});
