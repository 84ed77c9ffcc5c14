import type { Texts } from './texts.js';

export const texts: Texts = {
  'endpoint-unreachable': 'No se puede acceder al vídeo en este momento. Compruebe su conexión.',
  'endpoint-refused':
    'Este sitio no ha permitido reproducir el vídeo. Puede que tenga que iniciar sesión.',
  'endpoint-malformed': 'Este sitio no ha dado un permiso válido para reproducir el vídeo.',
  'endpoint-stale': 'El permiso para reproducir este vídeo ha terminado y no se ha renovado.',
  'token-missing': 'Este vídeo necesita un permiso que esta página no da.',
  'token-malformed': 'El permiso para reproducir este vídeo no se puede leer.',
  'token-expired': 'El permiso para reproducir este vídeo ha terminado.',
  'token-not-yet-valid': 'Este vídeo todavía no ha empezado.',
  'token-wrong-video': 'El permiso es para otro vídeo.',
  'playback-forbidden': 'No tiene permiso para ver este vídeo desde aquí.',
  'video-not-found': 'Este vídeo no existe o todavía no está listo.',
  'sdk-unavailable': 'No se ha podido cargar el reproductor.',
  'engine-unsupported': 'Este navegador no puede reproducir el vídeo.',
  'media-failed': 'No se ha podido reproducir el vídeo.',
  'network-failed': 'No se puede cargar el vídeo en este momento. Compruebe su conexión.',
  'option-invalid': 'Esta página no indica correctamente dónde está el vídeo.',
  busy: 'Este sitio está saturado. El vídeo continuará en cuanto responda.',
  'starts-at': 'Inicio de este vídeo: {time}.',
  'try-again': 'Intentar de nuevo',
  video: 'Vídeo',
};
