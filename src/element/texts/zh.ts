import type { Texts } from './texts.js';

export const texts: Texts = {
  'endpoint-unreachable': '目前无法连接到视频。请检查您的网络连接。',
  'endpoint-refused': '此网站未允许播放该视频。您可能需要登录。',
  'endpoint-malformed': '此网站没有给出播放该视频的有效许可。',
  'endpoint-stale': '播放此视频的许可已到期，且未能续期。',
  'token-missing': '播放此视频需要许可，而此页面没有提供。',
  'token-malformed': '无法读取播放此视频的许可。',
  'token-expired': '播放此视频的许可已到期。',
  'token-not-yet-valid': '此视频尚未开始。',
  'token-wrong-video': '该许可属于另一个视频。',
  'playback-forbidden': '您无权在此处观看该视频。',
  'video-not-found': '此视频不存在或尚未准备好。',
  'sdk-unavailable': '无法加载播放器。',
  'engine-unsupported': '此浏览器无法播放该视频。',
  'media-failed': '无法播放该视频。',
  'network-failed': '目前无法加载视频。请检查您的网络连接。',
  'option-invalid': '此页面没有正确指定视频的位置。',
  busy: '此网站正忙。一有响应，视频就会继续播放。',
  'starts-at': '此视频将于 {time} 开始。',
  'try-again': '重试',
  video: '视频',
};
