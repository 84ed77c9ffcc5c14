// As a page that hydrates has it: before anything of Lit.
import '@lit-labs/ssr-client/lit-element-hydrate-support.js';
import '../../../src/index.js';
