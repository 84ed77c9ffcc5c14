import type { Texts } from './texts.js';

export const texts: Texts = {
  'endpoint-unreachable': 'Não é possível aceder ao vídeo neste momento. Verifique a sua ligação.',
  'endpoint-refused':
    'Este site não permitiu a reprodução do vídeo. Talvez seja preciso iniciar sessão.',
  'endpoint-malformed': 'Este site não deu uma permissão válida para reproduzir o vídeo.',
  'endpoint-stale': 'A permissão para reproduzir este vídeo terminou e não foi renovada.',
  'token-missing': 'Este vídeo precisa de uma permissão que esta página não dá.',
  'token-malformed': 'A permissão para reproduzir este vídeo não pode ser lida.',
  'token-expired': 'A permissão para reproduzir este vídeo terminou.',
  'token-not-yet-valid': 'Este vídeo ainda não começou.',
  'token-wrong-video': 'A permissão é para outro vídeo.',
  'playback-forbidden': 'Não tem permissão para ver este vídeo a partir daqui.',
  'video-not-found': 'Este vídeo não existe ou ainda não está pronto.',
  'sdk-unavailable': 'Não foi possível carregar o leitor.',
  'engine-unsupported': 'Este navegador não consegue reproduzir o vídeo.',
  'media-failed': 'Não foi possível reproduzir o vídeo.',
  'network-failed': 'Não é possível carregar o vídeo neste momento. Verifique a sua ligação.',
  'option-invalid': 'Esta página não indica corretamente onde está o vídeo.',
  busy: 'Este site está sobrecarregado. O vídeo continua assim que ele responder.',
  'starts-at': 'Início deste vídeo: {time}.',
  'try-again': 'Tentar novamente',
  video: 'Vídeo',
};
