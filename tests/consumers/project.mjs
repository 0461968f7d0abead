// A project that has installed the package as it is packed, away from everything that could be found by accident.
import { execFile } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const execute = promisify(execFile);

/**
 * A project of that name, with a copy of a folder if there is one: where it is, how a command is run in it, and,
 * once it is installed, the package as it was packed.
 */
export function project(name) {
  const folder = `${root}target/${name}/`;
  const run = async (command, args, options) => (await execute(command, args, { cwd: folder, maxBuffer: 1 << 26, ...options })).stdout.trim();
  const install = async (from) => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    if (from) await cp(from, folder, { recursive: true });
    const [{ filename }] = JSON.parse(await run('npm', ['pack', `${root}pkg`, '--json', '--loglevel=error']));
    await writeFile(`${folder}package.json`, JSON.stringify({ name, private: true, type: 'module', dependencies: { tactful: `file:${filename}` } }));
    await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error']);
    return folder + filename;
  };
  return { folder, run, install };
}

/** The `worker.js` of a folder as a host with these conditions bundles it: modules copied beside the code. */
export async function bundled(folder, conditions, more) {
  const { build } = await import('esbuild');
  const out = `${folder}out-${conditions[0]}/`;
  await build({
    entryPoints: [`${folder}worker.js`], outfile: `${out}worker.mjs`, bundle: true, format: 'esm', conditions, logLevel: 'error',
    loader: { '.wasm': 'copy', '.tactful': 'copy' }, assetNames: '[name]', ...more,
  });
  return out;
}

/** What a bundled Worker with the starter policy answers on workerd. */
export async function answered(out) {
  const { Miniflare } = await import('miniflare');
  const host = new Miniflare({
    modulesRoot: out, compatibilityDate: '2026-07-01', telemetry: { enabled: false },
    modules: [
      { type: 'ESModule', path: `${out}worker.mjs` },
      { type: 'CompiledWasm', path: `${out}runtime_bg.wasm` },
      { type: 'Data', path: `${out}starter.tactful` },
    ],
  });
  try {
    return await (await host.dispatchFetch('http://edge/')).text();
  } finally {
    await host.dispose();
  }
}
