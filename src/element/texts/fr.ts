import type { Texts } from './texts.js';

export const texts: Texts = {
  'endpoint-unreachable': 'La vidéo est inaccessible pour le moment. Vérifiez votre connexion.',
  'endpoint-refused':
    'Ce site n’a pas autorisé la lecture de la vidéo. Vous devez peut-être vous connecter.',
  'endpoint-malformed': 'Ce site n’a pas donné d’autorisation valable pour lire la vidéo.',
  'endpoint-stale': 'L’autorisation de lire cette vidéo a pris fin et n’a pas été renouvelée.',
  'token-missing': 'Cette vidéo demande une autorisation que cette page ne donne pas.',
  'token-malformed': 'L’autorisation de lire cette vidéo est illisible.',
  'token-expired': 'L’autorisation de lire cette vidéo a pris fin.',
  'token-not-yet-valid': 'Cette vidéo n’a pas encore commencé.',
  'token-wrong-video': 'L’autorisation concerne une autre vidéo.',
  'playback-forbidden': 'Vous n’êtes pas autorisé à regarder cette vidéo d’ici.',
  'video-not-found': 'Cette vidéo n’existe pas ou n’est pas encore prête.',
  'sdk-unavailable': 'Le lecteur n’a pas pu être chargé.',
  'engine-unsupported': 'Ce navigateur ne peut pas lire la vidéo.',
  'media-failed': 'La vidéo n’a pas pu être lue.',
  'network-failed': 'La vidéo ne peut pas être chargée pour le moment. Vérifiez votre connexion.',
  'option-invalid': 'Cette page n’indique pas correctement où se trouve la vidéo.',
  busy: 'Ce site est très sollicité. La vidéo reprendra dès qu’il répondra.',
  'starts-at': 'Début de cette vidéo : {time}.',
  'try-again': 'Réessayer',
  video: 'Vidéo',
};
