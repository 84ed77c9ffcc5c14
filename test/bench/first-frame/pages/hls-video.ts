import 'hls-video-element';
import { fetchManifestUrl, find, readPageData } from './fetch-token.js';

find('hls-video').src = await fetchManifestUrl(readPageData());
