import '@mux/mux-player';
import { fetchManifestUrl, find, readPageData } from './fetch-token.js';

find('mux-player').src = await fetchManifestUrl(readPageData());
