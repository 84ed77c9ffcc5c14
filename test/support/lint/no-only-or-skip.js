/** A test that is committed runs: no `.only`, `.skip`, `.fixme` or `.todo` on any runner's functions. */
export const noOnlyOrSkip = {
  meta: {
    type: 'problem',
    messages: { switched: 'Do not commit .{{name}}: it switches tests off.' },
    schema: [],
  },
  create(context) {
    return {
      MemberExpression(node) {
        const { name } = node.property;
        if (SWITCHES.has(name) && RUNNERS.has(rootOf(node))) {
          context.report({ node: node.property, messageId: 'switched', data: { name } });
        }
      },
    };
  },
};

const SWITCHES = new Set(['only', 'skip', 'skipIf', 'runIf', 'fixme', 'todo', 'fails', 'fail']);
const RUNNERS = new Set(['it', 'test', 'describe', 'suite']);

function rootOf(node) {
  let object = node.object;
  while (object.type === 'MemberExpression') object = object.object;
  return object.name;
}
