import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const WORKER = 'worker.js';
/** The worker itself is asked for anew by the browser; licences and maps are nobody's page. */
const LEFT_OUT = new Set([WORKER]);

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
        const copied = readdirSync(publicDir).map((name) => ({ url: name, revision: digest(readFileSync(join(publicDir, name))) }));
        const files = [...built, ...copied].filter(({ url }) => !LEFT_OUT.has(url)).sort((a, b) => (a.url < b.url ? -1 : 1));
        const worker = bundle[WORKER];
        if (!worker?.code.includes('self.__FILES')) this.error(`${WORKER} has no place for the list of files`);
        worker.code = worker.code.replace('self.__FILES', () => JSON.stringify(files));
      },
    },
  };
};
