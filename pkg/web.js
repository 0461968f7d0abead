// Pages and bundlers: the wasm is fetched from beside this file.
import init, * as glue from './wasm/runtime.js';
import { Tactful, TactfulError, policyBytes } from './runtime.js';
import { started } from './start.js';

const start = started(glue, () => init({ module_or_path: new URL('./wasm/runtime_bg.wasm', import.meta.url) }));

/** Loads a policy: compiled bytes, a URL or Response of them, or policy JSON. */
export async function load(policy) {
  const [wasm, bytes] = await Promise.all([start(), policyBytes(policy, () => import('./studio.js'))]);
  return new Tactful(wasm, bytes);
}

export { offsets as zoneOffsets } from './zone.js';
export { Tactful, TactfulError };
