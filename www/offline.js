import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const WORKER = 'worker.js';
const digest = (content) => createHash('sha256').update(content).digest('hex').slice(0, 16);

/**
 * Writes the list of all files of the site into the service worker. Names of the build carry their
 * content already; the others get a revision.
 */
export const offlineFiles = () => {
  let publicDir;
  return {
    name: 'offline-files',
    configResolved: (config) => {
      publicDir = config.publicDir;
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const built = Object.values(bundle).map(({ fileName, code, source }) => ({
          url: fileName,
          revision: fileName.startsWith('assets/') ? null : digest(code ?? source),
        }));
        const copied = readdirSync(publicDir, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((path) => ({ url: relative(publicDir, path).replaceAll('\\', '/'), revision: digest(readFileSync(path)) }));
        // The worker itself is asked for anew by the browser.
        const files = [...built, ...copied].filter(({ url }) => url !== WORKER).sort((a, b) => (a.url < b.url ? -1 : 1));
        const worker = bundle[WORKER];
        if (!worker?.code.includes('self.__FILES')) this.error(`${WORKER} has no place for the list of files`);
        worker.code = worker.code.replace('self.__FILES', () => JSON.stringify(files));
      },
    },
  };
};
