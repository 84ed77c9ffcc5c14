import 'media-chrome';
import 'media-chrome/menu';
import '../../../src/index.js';
