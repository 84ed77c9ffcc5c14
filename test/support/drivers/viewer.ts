import type { TestRunnerConfig } from '@web/test-runner';
import { VIEWER_PATH } from '../../browser/support/viewer-path.js';
import type { DriverLauncher } from './driver-launcher.js';

/** Does for a page under test what only a viewer can do: a click at a place in it. */
export function createViewer(
  launcher: DriverLauncher,
): NonNullable<TestRunnerConfig['middleware']>[number] {
  return async (context, next) => {
    if (context.path !== VIEWER_PATH) return next();
    const { searchParams } = context.URL;
    const [x, y] = ['x', 'y'].map((name) => Number(searchParams.get(name)));
    await launcher.page(searchParams.get('session') ?? '').click(x ?? 0, y ?? 0);
    context.status = 204;
  };
}
