/**
 * Time, timers, network and randomness are passed in, not taken from the surroundings. Forbidden
 * are the global names given as options, also as members of the global object, the reading (not
 * the parsing) of `Date`, `Math.random` and `AbortSignal.timeout`. A type such as `typeof fetch`
 * is no use of it.
 */
export const noAmbient = {
  meta: {
    type: 'problem',
    messages: { ambient: '{{name}} is taken from the surroundings here: have it passed in.' },
    schema: [{ type: 'array', items: { type: 'string' } }],
  },
  create(context) {
    const forbidden = new Set(context.options[0]);

    const checkReference = ({ identifier }) => {
      const use = toUse(identifier);
      if (use === undefined) return;
      const [owner, member] = use.name.split('.');
      if (
        forbidden.has(owner) ||
        FORBIDDEN_MEMBERS.has(use.name) ||
        (owner === 'Date' && readsClock(use.node, member))
      ) {
        context.report({ node: identifier, messageId: 'ambient', data: { name: use.name } });
      }
    };

    return {
      Program(node) {
        const { through, variables } = context.sourceCode.getScope(node);
        const builtIn = variables.filter(({ defs }) => defs.length === 0);
        for (const reference of [...through, ...builtIn.flatMap(({ references }) => references)]) {
          checkReference(reference);
        }
      },
    };
  },
};

const FORBIDDEN_MEMBERS = new Set(['Math.random', 'AbortSignal.timeout', 'Date.now']);
const GLOBAL_OBJECTS = new Set(['globalThis', 'self', 'window']);

/** The global that a reference ends at and its member, `Math.random` also for `window.Math.random`. */
function toUse(identifier) {
  let node = identifier;
  if (node.parent.type === 'TSTypeQuery' || node.parent.type === 'TSQualifiedName')
    return undefined;
  let path = [node.name];
  while (node.parent.type === 'MemberExpression' && node.parent.object === node) {
    const { property, computed } = node.parent;
    const name = computed ? property.value : property.name;
    if (typeof name !== 'string' || path.length === 2) break;
    path = GLOBAL_OBJECTS.has(path[0]) ? [name] : [...path, name];
    node = node.parent;
  }
  return { name: path.join('.'), node };
}

function readsClock(node, member) {
  if (member !== undefined) return false;
  const { parent } = node;
  if (parent.type === 'NewExpression') return parent.callee === node && !parent.arguments.length;
  if (parent.type === 'BinaryExpression') return false;
  return !parent.type.startsWith('TS');
}
