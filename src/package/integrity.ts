import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** The name of the file beside the scripts that has the hash of each of them. */
const FILE_NAME = 'integrity.json';

/** What the `integrity` attribute of a script says. */
export function toIntegrity(code: string): string {
  return `sha384-${createHash('sha384').update(code).digest('base64')}`;
}

/** Writes down the hash of each script of a build, and prints those that a page names itself. */
export function integrityPlugin(): Plugin {
  return {
    name: 'integrity',
    generateBundle(_options, bundle) {
      const hashes: Record<string, string> = {};
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        hashes[file.fileName] = toIntegrity(file.code);
        if (!file.isEntry) continue;
        this.environment.logger.info(`${file.fileName} ${hashes[file.fileName]}`);
      }
      const source = `${JSON.stringify(hashes, null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: FILE_NAME, source });
    },
  };
}
