import type { Texts } from './texts.js';

export const texts: Texts = {
  'endpoint-unreachable':
    'Das Video ist im Moment nicht erreichbar. Bitte prüfen Sie Ihre Verbindung.',
  'endpoint-refused':
    'Diese Website hat die Wiedergabe nicht erlaubt. Vielleicht müssen Sie sich anmelden.',
  'endpoint-malformed': 'Diese Website hat keine gültige Erlaubnis zur Wiedergabe gegeben.',
  'endpoint-stale': 'Die Erlaubnis für dieses Video ist abgelaufen und wurde nicht erneuert.',
  'token-missing': 'Dieses Video braucht eine Erlaubnis, die diese Seite nicht gibt.',
  'token-malformed': 'Die Erlaubnis für dieses Video ist nicht lesbar.',
  'token-expired': 'Die Erlaubnis für dieses Video ist abgelaufen.',
  'token-not-yet-valid': 'Dieses Video hat noch nicht begonnen.',
  'token-wrong-video': 'Die Erlaubnis gilt für ein anderes Video.',
  'playback-forbidden': 'Von hier aus dürfen Sie dieses Video nicht ansehen.',
  'video-not-found': 'Dieses Video gibt es nicht, oder es ist noch nicht bereit.',
  'sdk-unavailable': 'Der Player konnte nicht geladen werden.',
  'engine-unsupported': 'Dieser Browser kann das Video nicht abspielen.',
  'media-failed': 'Das Video konnte nicht abgespielt werden.',
  'network-failed':
    'Das Video kann im Moment nicht geladen werden. Bitte prüfen Sie Ihre Verbindung.',
  'option-invalid': 'Diese Seite gibt nicht richtig an, wo das Video ist.',
  busy: 'Diese Website ist ausgelastet. Das Video geht weiter, sobald sie antwortet.',
  'starts-at': 'Beginn dieses Videos: {time}.',
  'try-again': 'Noch einmal versuchen',
  video: 'Video',
};
