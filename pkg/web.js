// Pages and bundlers: the wasm is fetched from beside this file.
import init, * as glue from './wasm/runtime.js';
import { admitted, policiesBytes } from './load.js';
import { Tactful, TactfulError } from './runtime.js';
import { started } from './start.js';

const start = started(glue, () => init({ module_or_path: new URL('./wasm/runtime_bg.wasm', import.meta.url) }));

/**
 * Loads a policy (compiled bytes, a URL or Response of them, or policy JSON), or of several versions the
 * one in force. Live ones are verified.
 */
export async function load(policy, options) {
  const [wasm, bytes] = await Promise.all([start(), policiesBytes(policy, () => import('./studio.js'))]);
  return admitted(wasm, bytes, options);
}

export { offsets as zoneOffsets } from './zone.js';
export { Tactful, TactfulError };
