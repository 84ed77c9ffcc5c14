import { importDirection } from './import-direction.js';
import { noAmbient } from './no-ambient.js';
import { noOnlyOrSkip } from './no-only-or-skip.js';

/** The project's own lint rules, loaded by oxlint. */
export default {
  meta: { name: 'house' },
  rules: {
    'import-direction': importDirection,
    'no-ambient': noAmbient,
    'no-only-or-skip': noOnlyOrSkip,
  },
};
