import { fetchToken, find, readPageData } from './fetch-token.js';

const data = readPageData();
const token = await fetchToken(data);
find('iframe').src = `${data.deliveryOrigin}/${token}/iframe?autoplay=true&muted=true`;
