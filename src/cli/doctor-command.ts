import { Option, type Command } from 'commander';
import type { CliContext } from './cli-context.js';
import { usageError } from './cli-error.js';
import { readDeliveryOrigin, type DeliveryOptions } from './doctor/delivery-origin.js';
import { examine, type Examination } from './doctor/examine.js';
import type { Step } from './doctor/step.js';
import { EXIT_CODE, type ExitCode } from './exit-code.js';
import type { Output } from './output.js';
import { parseVideoId } from './video-id-argument.js';
import { addViewerOptions, readViewer, type ViewerOptions } from './viewer-options.js';

interface DoctorOptions extends ViewerOptions, DeliveryOptions {
  readonly endpoint: string;
  readonly method: 'get' | 'post';
  readonly origin?: string;
  readonly credentials: 'same-origin' | 'include' | 'omit';
}

/** `doctor <uid> --endpoint <url>`: which step from the page to the video fails, and why. */
export function addDoctorCommand(
  program: Command,
  context: CliContext,
  getOutput: () => Output,
  finish: (exitCode: ExitCode) => void,
): void {
  const command = program
    .command('doctor')
    .description('ask a token endpoint as a page does, and try its token')
    .argument('<uid>', 'the video or live input', parseVideoId)
    .requiredOption('--endpoint <url>', "the page's token endpoint; {video-id} in it is replaced")
    .addOption(
      new Option('--method <method>', 'token-method').choices(['get', 'post']).default('get'),
    )
    .addOption(
      new Option('--credentials <mode>', 'token-credentials')
        .choices(['same-origin', 'include', 'omit'])
        .default('same-origin'),
    )
    .option('--origin <origin>', "the page's origin: https://www.example.com")
    .option('--customer-code <code>', 'of customer-<code>.cloudflarestream.com')
    .option('--delivery-origin <origin>', 'another origin that delivers, such as your own domain')
    .addHelpText('after', HELP);
  addViewerOptions(command).action(async (uid: string, options: DoctorOptions) => {
    const steps: Step[] = [];
    for await (const step of examine(toExamination(uid, options, context), context)) {
      steps.push(step);
    }
    const ok = steps.every(({ status }) => status !== 'failed');
    const output = getOutput();
    output.result(steps.map((step) => formatStep(step, output)).join('\n'), { ok, steps });
    finish(ok ? EXIT_CODE.ok : EXIT_CODE.no);
  });
}

const HELP = `
To ask as somebody who is logged in, set SIGNED_STREAM_COOKIE to what the browser has as Cookie, or
SIGNED_STREAM_AUTHORIZATION to what the page adds as Authorization (tokenHeaders). The cookie is sent
where a browser sends it: to another origin than --origin only with --credentials include.
With CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN set, and the official SDK installed, keys and allowed
origins are looked up where the token is refused.
Exit code 0: everything works; 1: a step fails.

Examples:
  $ signed-stream doctor <uid> --endpoint https://www.example.com/api/stream-token
  $ signed-stream doctor <uid> --endpoint https://api.example.com/token --method post \\
      --origin https://www.example.com --credentials include --customer-code f33zs165nr7gyfy4`;

function toExamination(videoId: string, options: DoctorOptions, { env }: CliContext): Examination {
  const { endpoint, method, credentials } = options;
  if (!URL.canParse(endpoint))
    throw usageError('--endpoint takes a whole address, with its scheme.');
  return {
    videoId,
    endpoint,
    method,
    credentials,
    login: {
      cookie: env['SIGNED_STREAM_COOKIE'] || undefined,
      authorization: env['SIGNED_STREAM_AUTHORIZATION'] || undefined,
    },
    origin: options.origin === undefined ? undefined : readOrigin(options.origin),
    deliveryOrigin: readDeliveryOrigin(options),
    viewer: readViewer(options),
  };
}

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && url.pathname === '/' && url.origin !== 'null') return url.origin;
  throw usageError('--origin takes an origin, such as https://www.example.com.');
}

function formatStep({ name, status, message, hints = [] }: Step, output: Output): string {
  const lines = hints.map((hint) => `\n             ${hint}`);
  return `${output.mark(status)} ${name.padEnd(9)}  ${message}${lines.join('')}`;
}
