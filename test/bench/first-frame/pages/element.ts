import '../../../../src/index.js';
