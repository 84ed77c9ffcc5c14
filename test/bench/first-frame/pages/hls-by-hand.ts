import Hls from 'hls.js';
import { fetchManifestUrl, find, readPageData } from './fetch-token.js';

const hls = new Hls();
hls.loadSource(await fetchManifestUrl(readPageData()));
hls.attachMedia(find('video'));
