// Built from the package as it is published.
import '../../../../src/index.js';
