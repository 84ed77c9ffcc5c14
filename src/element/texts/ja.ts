import type { Texts } from './texts.js';

export const texts: Texts = {
  'endpoint-unreachable': '現在、動画に接続できません。通信状態を確認してください。',
  'endpoint-refused':
    'このサイトは動画の再生を許可しませんでした。ログインが必要な場合があります。',
  'endpoint-malformed': 'このサイトから動画を再生するための有効な許可が得られませんでした。',
  'endpoint-stale': 'この動画を再生する許可の期限が切れ、更新されませんでした。',
  'token-missing': 'この動画の再生に必要な許可が、このページにはありません。',
  'token-malformed': 'この動画を再生する許可を読み取れません。',
  'token-expired': 'この動画を再生する許可の期限が切れました。',
  'token-not-yet-valid': 'この動画はまだ始まっていません。',
  'token-wrong-video': 'この許可は別の動画のものです。',
  'playback-forbidden': 'ここからこの動画を視聴することは許可されていません。',
  'video-not-found': 'この動画は存在しないか、まだ準備ができていません。',
  'sdk-unavailable': 'プレーヤーを読み込めませんでした。',
  'engine-unsupported': 'このブラウザーでは動画を再生できません。',
  'media-failed': '動画を再生できませんでした。',
  'network-failed': '現在、動画を読み込めません。通信状態を確認してください。',
  'option-invalid': 'このページでは動画の場所が正しく指定されていません。',
  busy: 'このサイトは混み合っています。応答があり次第、動画の再生を続けます。',
  'starts-at': 'この動画は {time} に始まります。',
  'try-again': 'もう一度試す',
  video: '動画',
};
