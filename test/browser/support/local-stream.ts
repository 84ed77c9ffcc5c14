import { LOCAL_STREAM_ELEMENT_ID, type LocalStreamInfo } from './local-stream-info.js';

function readLocalStream(): LocalStreamInfo {
  const text = document.getElementById(LOCAL_STREAM_ELEMENT_ID)?.textContent;
  if (!text) throw new Error('This page was not made by the browser test runner.');
  return JSON.parse(text);
}

/** The local Stream of this test run; all files share it, one after the other. */
export const localStream = readLocalStream();
