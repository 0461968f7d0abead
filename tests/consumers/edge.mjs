// The example Worker on workerd, bundled as it would be deployed.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { cookieOf } from '../../examples/worker/src/identity.js';

const example = fileURLToPath(new URL('../../examples/worker/', import.meta.url));
export const TOKENS = { WEBHOOK_TOKEN: 'in', EXPORT_TOKEN: 'out', COOKIE_KEY: 'only for tests' };
/** What a login would set. */
export const cookie = (person) => cookieOf(person, TOKENS.COOKIE_KEY);

/** The Worker as one module, and what it imports beside it. */
export async function bundle(out, entry = `${example}src/worker.js`) {
  await mkdir(out, { recursive: true });
  await build({
    entryPoints: [entry], outfile: `${out}/worker.mjs`, bundle: true, format: 'esm', conditions: ['workerd', 'worker'], logLevel: 'error',
    nodePaths: [fileURLToPath(new URL('../package/node_modules', import.meta.url))],
    external: ['cloudflare:*'], loader: { '.wasm': 'copy', '.tactful': 'copy' }, assetNames: '[name]',
  });
  return out;
}

/** An object of another kind in the place of the ledger: what it does when it is asked. */
export const inPlaceOfLedger = (decide) => ({
  ledger: { className: 'Other', scriptName: 'other' },
  workers: [{
    name: 'other', compatibilityDate: '2026-07-01', durableObjects: { SELF: { className: 'Other' } },
    modules: [{ type: 'ESModule', path: 'other.mjs', contents: `import { DurableObject } from 'cloudflare:workers'; export class Other extends DurableObject { async decide() { ${decide} } } export default {};` }],
  }],
});

/** A host with everything the Worker is bound to. `bindings` are its variables, `LEDGER` may be another object. */
export function host(out, { persist, bindings = {}, records = true, ledger = { className: 'Ledger', useSQLite: true }, workers = [], ...more } = {}) {
  return new Miniflare({
    telemetry: { enabled: false },
    ...(persist && { durableObjectsPersist: `${persist}/objects`, r2Persist: `${persist}/r2` }),
    workers: [
      {
        name: 'help-center', modulesRoot: out, compatibilityDate: '2026-07-01',
        modules: [
          { type: 'ESModule', path: `${out}/worker.mjs` },
          { type: 'CompiledWasm', path: `${out}/runtime_bg.wasm` },
          { type: 'Data', path: `${out}/policy.tactful` },
        ],
        assets: { directory: `${example}site`, binding: 'ASSETS', routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: true } },
        bindings: { ...TOKENS, ...bindings },
        durableObjects: { LEDGER: ledger },
        ...(records && { queueProducers: { RECORDS: 'decision-records' } }),
        queueConsumers: { 'decision-records': { maxBatchSize: 100, maxBatchTimeout: 1 } },
        r2Buckets: ['ARCHIVE'],
      },
      ...workers,
    ],
    ...more,
  });
}
